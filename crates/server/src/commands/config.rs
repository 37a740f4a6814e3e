//! `people config`.

use std::io::Write as _;

use clap::Args;

use super::Failure;
use crate::config::{Config, as_json, as_text};

/// Print the settings.
#[derive(Debug, Args)]
pub(super) struct ShowConfig {
    /// As JSON, for programs.
    #[arg(long)]
    json: bool,
}

impl ShowConfig {
    pub(super) fn run(&self, config: &Config) -> Result<(), Failure> {
        let settings = config.in_force();
        let text = if self.json {
            format!("{:#}\n", as_json(settings))
        } else {
            as_text(settings)
        };
        Ok(std::io::stdout().write_all(text.as_bytes())?)
    }
}
