//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};

use crate::world::World;

/// The longest that one filter is measured.
const FILTER: Duration = Duration::from_secs(2);

/// Measures the service against what PostgreSQL itself can do on this machine.
#[derive(Debug, Parser)]
#[command(name = "bench", max_term_width = 100)]
pub(crate) struct Options {
    /// The program `people` that is measured
    #[arg(long, value_name = "PATH")]
    pub(crate) service_bin: PathBuf,
    /// People of the large workspace
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    pub(crate) people: i64,
    /// Workspaces of a hundred people beside it
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) small: i64,
    /// How long each figure is measured, in whole seconds
    #[arg(long, default_value_t = 9, value_name = "S", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) seconds: u64,
    /// Only these parts
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) only: Vec<Part>,
    /// A directory that keeps the loaded data for the next run; made if need be
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) keep: Option<PathBuf>,
    /// A setting of the service as in its environment; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub(crate) settings: Vec<String>,
    /// Where the figures go
    #[arg(long, default_value = "target/bench/result.json", value_name = "PATH")]
    pub(crate) json: PathBuf,
    /// Where the plot goes
    #[arg(long, default_value = "target/bench/result.svg", value_name = "PATH")]
    pub(crate) svg: PathBuf,
    /// Little data and little time: shows that everything works, and nothing else
    #[arg(long)]
    pub(crate) smoke: bool,
}

/// A part of the measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Creating one person
    Create,
    /// Reading one person
    Get,
    /// Reading a page of 20
    List,
    /// Creating 64 people at once
    Batch,
    /// Axum and tonic alone, beside reading one person
    Frames,
    /// The first page of what filters want
    Filters,
    /// A page deep in the list, beside the first
    Pages,
    /// A small workspace beside the large one, and alone
    Small,
}

impl Options {
    pub(crate) fn world(&self) -> World {
        if self.smoke {
            return World {
                people: 2000,
                small: 10,
            };
        }
        World {
            people: self.people,
            small: self.small,
        }
    }

    pub(crate) fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// How many clients pgbench has.
    pub(crate) const fn clients(&self) -> &'static [usize] {
        if self.smoke { &[1, 8] } else { &[1, 8, 32] }
    }

    /// How many connections the service gets.
    pub(crate) const fn connections(&self) -> &'static [usize] {
        if self.smoke { &[1, 8] } else { &[1, 8, 32, 64] }
    }

    /// How many connections the frames get.
    pub(crate) const fn frame_connections(&self) -> &'static [usize] {
        if self.smoke { &[1, 8] } else { &[1, 32] }
    }

    /// How long one filter is measured.
    pub(crate) fn filter_time(&self) -> Duration {
        if self.smoke {
            Duration::ZERO
        } else {
            FILTER.min(Duration::from_secs(self.seconds))
        }
    }

    /// How often each figure is measured, in turn with the others, and how many seconds each time: what disturbs the
    /// machine for a while then does not fall on one of them alone.
    pub(crate) fn rounds(&self) -> (u64, u64) {
        let seconds = if self.smoke { 1 } else { self.seconds };
        let rounds = (seconds / 2).max(1);
        (rounds, seconds / rounds)
    }
}
