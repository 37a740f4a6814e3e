//! What was measured, as a table to read and as JSON.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::measure::{Latencies, Measured};
use crate::targets::targets;
use crate::work::Work;
use crate::world::World;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// PostgreSQL alone: the limit.
    Pgbench,
    Rest,
    Grpc,
    /// The frame of REST alone.
    Axum,
    /// The frame of gRPC alone.
    Tonic,
}

impl Door {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Pgbench => "pgbench",
            Self::Rest => "REST",
            Self::Grpc => "gRPC",
            Self::Axum => "axum",
            Self::Tonic => "tonic",
        }
    }
}

/// What one kind of call came to with so many at once.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) work: Work,
    pub(crate) door: Door,
    pub(crate) connections: usize,
    pub(crate) measured: Measured,
}

/// How long something took, one call after the other.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) part: &'static str,
    pub(crate) name: String,
    pub(crate) latencies: Latencies,
    pub(crate) failures: u64,
    pub(crate) first_failure: Option<String>,
}

impl Line {
    pub(crate) fn new(part: &'static str, name: String, measured: Measured) -> Self {
        Self {
            part,
            name,
            latencies: measured.latencies,
            failures: measured.failures,
            first_failure: measured.first_failure,
        }
    }

    pub(crate) fn milliseconds_at(&self, quantile: f64) -> f64 {
        self.latencies.value_at_quantile(quantile) as f64 / 1000.0
    }
}

/// All that a run found out.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) world: World,
    pub(crate) rows: Vec<Row>,
    pub(crate) lines: Vec<Line>,
    pub(crate) warnings: Vec<String>,
}

/// Of all CPU time, so much may be used by others before it is told.
const OTHERS: f64 = 0.03;

impl Row {
    pub(crate) fn rate(&self) -> f64 {
        self.measured.rate() * self.work.units()
    }

    /// Of what the calls took together, the part of one of those that are counted.
    fn each(&self, all: f64) -> f64 {
        all / (self.measured.requests * self.work.units()).max(1.0)
    }

    fn microseconds(&self, time: Duration) -> f64 {
        self.each(time.as_secs_f64() * 1e6)
    }

    fn name(&self) -> String {
        format!("{} {} {}", self.work.name(), self.door.name(), self.connections)
    }
}

impl Report {
    pub(crate) fn row(&self, work: Work, door: Door, connections: usize) -> Option<&Row> {
        self.rows
            .iter()
            .find(|row| (row.work, row.door, row.connections) == (work, door, connections))
    }

    pub(crate) fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    /// The best rate of calls.
    pub(crate) fn best(&self, work: Work, door: Door) -> Option<f64> {
        let rows = self
            .rows
            .iter()
            .filter(|row| (row.work, row.door) == (work, door));
        rows.map(|row| row.measured.rate()).reduce(f64::max)
    }

    /// The best rate of PostgreSQL alone.
    pub(crate) fn limit(&self, work: Work) -> Option<f64> {
        self.best(work, Door::Pgbench)
    }

    /// What disturbed the measurement.
    fn disturbances(&self) -> Vec<String> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        let mut disturbances = self.warnings.clone();
        for row in &self.rows {
            let measured = &row.measured;
            let share = |time: Duration| time.as_secs_f64() / (measured.seconds * processors);
            let (others, stolen) = (share(measured.others), share(measured.stolen));
            if others > OTHERS {
                let percent = others * 100.0;
                disturbances.push(format!("{}: others used {percent:.0} % of the CPU", row.name()));
            }
            if stolen > OTHERS {
                let percent = stolen * 100.0;
                disturbances.push(format!("{}: the host took {percent:.0} % of the CPU", row.name()));
            }
            disturbances.extend(failed(
                &row.name(),
                measured.failures,
                measured.first_failure.as_deref(),
            ));
        }
        for line in &self.lines {
            disturbances.extend(failed(&line.name, line.failures, line.first_failure.as_deref()));
        }
        disturbances
    }

    /// To be read.
    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = self.write_table(&mut text);
        text
    }

    fn write_table(&self, out: &mut String) -> std::fmt::Result {
        if !self.rows.is_empty() {
            writeln!(
                out,
                "\n{:<7} {:<8} {:>5} {:>8} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
                "work",
                "door",
                "conns",
                "per s",
                "× best",
                "p50 ms",
                "p99 ms",
                "service",
                "postgres",
                "clients",
                "commits",
                "WAL B",
                "peak MiB"
            )?;
        }
        for row in &self.rows {
            let measured = &row.measured;
            let ratio = self.limit(row.work).map_or_else(
                || "-".to_owned(),
                |limit| format!("{:.2}", measured.rate() / limit),
            );
            writeln!(
                out,
                "{:<7} {:<8} {:>5} {:>8.0} {ratio:>7} {:>8.2} {:>8.2} {:>8.0} {:>8.0} {:>8.0} {:>8.2} {:>8.0} {:>8.1}",
                row.work.name(),
                row.door.name(),
                row.connections,
                row.rate(),
                measured.milliseconds_at(0.5),
                measured.milliseconds_at(0.99),
                row.microseconds(measured.service),
                row.microseconds(measured.postgres),
                row.microseconds(measured.callers),
                row.each(measured.transactions as f64),
                row.each(measured.wal_bytes as f64),
                measured.peak_memory as f64 / f64::from(1 << 20),
            )?;
        }
        if !self.rows.is_empty() {
            writeln!(
                out,
                "of a batch, people are counted; service, postgres and clients are microseconds of CPU each"
            )?;
        }
        if !self.lines.is_empty() {
            writeln!(
                out,
                "\n{:<7} {:<32} {:>8} {:>8} {:>8}",
                "part", "at one connection", "calls", "p50 ms", "p99 ms"
            )?;
        }
        for line in &self.lines {
            writeln!(
                out,
                "{:<7} {:<32} {:>8} {:>8.2} {:>8.2}",
                line.part,
                line.name,
                line.latencies.len(),
                line.milliseconds_at(0.5),
                line.milliseconds_at(0.99),
            )?;
        }
        writeln!(out)?;
        for target in targets(self) {
            let verdict = if target.holds() { "holds" } else { "SHORT" };
            writeln!(
                out,
                "{verdict}  {:>8.2} {} {:<6} {}",
                target.found,
                target.sign(),
                target.wanted,
                target.what
            )?;
        }
        for disturbance in self.disturbances() {
            writeln!(out, "warning: {disturbance}")?;
        }
        Ok(())
    }

    /// For programs.
    pub(crate) fn json(&self) -> Value {
        let row = |row: &Row| {
            let measured = &row.measured;
            json!({
                "work": row.work.name(),
                "door": row.door.name(),
                "connections": row.connections,
                "perSecond": row.rate(),
                "timesBestOfPgbench": self.limit(row.work).map(|limit| measured.rate() / limit),
                "p50Ms": measured.milliseconds_at(0.5),
                "p99Ms": measured.milliseconds_at(0.99),
                "serviceMicroseconds": row.microseconds(measured.service),
                "postgresMicroseconds": row.microseconds(measured.postgres),
                "clientMicroseconds": row.microseconds(measured.callers),
                "othersShare": measured.others.as_secs_f64() / measured.seconds,
                "commits": row.each(measured.transactions as f64),
                "walBytes": row.each(measured.wal_bytes as f64),
                "peakMemoryBytes": measured.peak_memory,
                "failures": measured.failures,
                "calls": measured.requests,
                "seconds": measured.seconds,
            })
        };
        let line = |line: &Line| {
            json!({
                "part": line.part,
                "name": line.name,
                "calls": line.latencies.len(),
                "p50Ms": line.milliseconds_at(0.5),
                "p99Ms": line.milliseconds_at(0.99),
                "failures": line.failures,
            })
        };
        let targets = targets(self);
        let target = targets.iter().map(|target| {
            json!({
                "what": target.what,
                "wanted": target.wanted,
                "sign": target.sign(),
                "found": target.found,
                "holds": target.holds(),
            })
        });
        json!({
            "people": self.world.people,
            "smallWorkspaces": self.world.small,
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
            "lines": self.lines.iter().map(line).collect::<Vec<_>>(),
            "targets": target.collect::<Vec<_>>(),
            "warnings": self.disturbances(),
        })
    }
}

fn failed(what: &str, failures: u64, first: Option<&str>) -> Option<String> {
    let first = first.unwrap_or_default();
    (failures > 0).then(|| format!("{what}: {failures} calls failed: {first}"))
}
