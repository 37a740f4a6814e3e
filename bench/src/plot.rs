//! The figures as a picture: for each kind of call a bar for each door and number of connections.

use std::fmt::Write as _;

use crate::report::{Door, Report, Row};
use crate::work::Work;

const BAR: usize = 24;
const GAP: usize = 20;
const HEIGHT: f64 = 180.0;
const MARGIN: usize = 40;
/// A row of bars with all that is written around it.
const PANEL: usize = 270;

/// An SVG of all calls that were measured.
pub(crate) fn svg(report: &Report) -> String {
    let works = [Work::Create, Work::Get, Work::List, Work::Batch];
    let panels: Vec<Vec<&Row>> = works
        .iter()
        .map(|work| {
            report
                .rows
                .iter()
                .filter(|row| row.work == *work)
                .collect::<Vec<_>>()
        })
        .filter(|rows| !rows.is_empty())
        .collect();
    let width = panels
        .iter()
        .map(|rows| rows.len() * (BAR + GAP))
        .max()
        .unwrap_or(0)
        + 2 * MARGIN;
    let height = panels.len() * PANEL + MARGIN;
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = write(&mut out, &panels, width, height);
    out
}

fn write(out: &mut String, panels: &[Vec<&Row>], width: usize, height: usize) -> std::fmt::Result {
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="10">"#
    )?;
    writeln!(out, r#"<rect width="{width}" height="{height}" fill="white"/>"#)?;
    for (panel, rows) in panels.iter().enumerate() {
        let top = MARGIN + panel * PANEL;
        let highest = rows.iter().map(|row| row.rate()).fold(1.0, f64::max);
        let name = rows.first().map_or("", |row| row.work.name());
        writeln!(
            out,
            r#"<text x="{MARGIN}" y="{}" font-size="14">{name}, per second</text>"#,
            top - 20
        )?;
        for (place, row) in rows.iter().enumerate() {
            let x = MARGIN + place * (BAR + GAP);
            let tall = row.rate() / highest * HEIGHT;
            let y = top as f64 + HEIGHT - tall;
            let middle = x + BAR / 2;
            let below = top as f64 + HEIGHT;
            writeln!(
                out,
                r#"<rect x="{x}" y="{y:.1}" width="{BAR}" height="{tall:.1}" fill="{}"/>"#,
                color(row.door)
            )?;
            for (y, text) in [
                (y - 4.0, format!("{:.0}", row.rate())),
                (below + 12.0, row.door.name().to_owned()),
                (below + 24.0, format!("at {}", row.connections)),
            ] {
                writeln!(
                    out,
                    r#"<text x="{middle}" y="{y:.1}" text-anchor="middle">{text}</text>"#
                )?;
            }
        }
    }
    writeln!(out, "</svg>")
}

const fn color(door: Door) -> &'static str {
    match door {
        Door::Pgbench => "#9ca3af",
        Door::Rest => "#2563eb",
        Door::Grpc => "#16a34a",
        Door::Axum => "#93c5fd",
        Door::Tonic => "#86efac",
    }
}
