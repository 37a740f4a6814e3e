//! What the figures should be, and what they are.

use crate::report::{Door, Report};
use crate::work::Work;

/// A figure that is wanted.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) what: String,
    pub(crate) wanted: f64,
    pub(crate) found: f64,
    /// Whether less is better.
    at_most: bool,
}

impl Target {
    pub(crate) fn holds(&self) -> bool {
        if self.at_most {
            self.found <= self.wanted
        } else {
            self.found >= self.wanted
        }
    }

    pub(crate) const fn sign(&self) -> &'static str {
        if self.at_most { "≤" } else { "≥" }
    }
}

/// How often a door may take what the frame of its protocol takes.
const FRAMES: f64 = 5.0;
/// The milliseconds that half and nearly all filters may take.
const FILTERS: [(f64, f64); 2] = [(0.5, 10.0), (0.99, 50.0)];
/// What costs the same may be so much slower by chance.
const SAME: f64 = 1.2;

/// Those of which there are figures.
pub(crate) fn targets(report: &Report) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut push = |what: String, wanted: f64, found: Option<f64>, at_most: bool| {
        if let Some(found) = found {
            targets.push(Target {
                what,
                wanted,
                found,
                at_most,
            });
        }
    };
    let rate = |work, door, connections| report.row(work, door, connections).map(|row| row.measured.rate());
    let of_best = |work, door, connections| Some(rate(work, door, connections)? / report.limit(work)?);

    for connections in [32, 64] {
        let found = of_best(Work::Create, Door::Rest, connections);
        push(
            format!("create, REST at {connections}, × pgbench's best"),
            1.3,
            found,
            false,
        );
        let same = rate(Work::Create, Door::Rest, connections)
            .zip(rate(Work::Create, Door::Pgbench, 32))
            .map(|(rest, pgbench)| rest / pgbench);
        push(
            format!("create, REST at {connections}, × pgbench at 32"),
            1.8,
            same,
            false,
        );
    }
    for connections in [32, 64] {
        let found = of_best(Work::Create, Door::Grpc, connections);
        push(
            format!("create, gRPC at {connections}, × pgbench's best"),
            1.2,
            found,
            false,
        );
    }
    for door in [Door::Rest, Door::Grpc] {
        let half = |door| {
            report
                .row(Work::Create, door, 1)
                .map(|row| row.measured.milliseconds_at(0.5))
        };
        let more = half(door)
            .zip(half(Door::Pgbench))
            .map(|(door, pgbench)| door - pgbench);
        push(
            format!("create, {} at 1, p50 ms more than pgbench", door.name()),
            0.4,
            more,
            true,
        );
    }
    for (work, door, wanted) in [
        (Work::Get, Door::Rest, 0.65),
        (Work::Get, Door::Grpc, 0.55),
        (Work::List, Door::Rest, 0.75),
        (Work::List, Door::Grpc, 0.75),
    ] {
        let what = format!("{}, {} at 32, × pgbench's best", work.name(), door.name());
        push(what, wanted, of_best(work, door, 32), false);
    }
    for door in [Door::Rest, Door::Grpc] {
        let best = report.best(Work::Batch, door).zip(report.limit(Work::Batch));
        let found = best.map(|(door, limit)| door / limit);
        push(
            format!("batch, {}, × pgbench's best", door.name()),
            0.8,
            found,
            false,
        );
    }
    for (door, frame) in [(Door::Rest, Door::Axum), (Door::Grpc, Door::Tonic)] {
        let cost = |door| {
            report
                .row(Work::Get, door, 32)
                .map(|row| row.measured.each(row.measured.service))
        };
        let found = cost(door)
            .zip(cost(frame))
            .map(|(service, frame)| service / frame);
        push(
            format!("get, CPU of the service, {}, × {}", door.name(), frame.name()),
            FRAMES,
            found,
            true,
        );
    }
    let peak = report
        .rows
        .iter()
        .filter(|row| row.connections == 64)
        .map(|row| row.measured.peak_memory);
    let peak = peak.max().map(|bytes| bytes as f64 / f64::from(1 << 20));
    push("peak memory at 64 connections, MiB".to_owned(), 64.0, peak, true);
    for (quantile, wanted) in FILTERS {
        let slowest = report
            .lines
            .iter()
            .filter(|line| line.part == "filter")
            .max_by_key(|line| line.latencies.value_at_quantile(quantile));
        let found = slowest.map(|line| (&line.name, line.milliseconds_at(quantile)));
        if let Some((name, found)) = found {
            let what = format!("slowest filter at p{}, ms: {name}", quantile * 100.0);
            push(what, wanted, Some(found), true);
        }
    }
    for (what, one, other) in [
        ("a deep page, × the first", "deep page", "first page"),
        (
            "get in a small workspace, × alone",
            "get beside the large one",
            "get alone",
        ),
        (
            "list in a small workspace, × alone",
            "list beside the large one",
            "list alone",
        ),
    ] {
        let half = |name| report.line(name).map(|line| line.milliseconds_at(0.5));
        let found = half(one).zip(half(other)).map(|(one, other)| one / other);
        push(format!("{what}, p50"), SAME, found, true);
    }
    targets
}
