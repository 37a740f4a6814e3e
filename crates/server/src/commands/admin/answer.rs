//! What a command answers: a sentence or a table for people, JSON for programs.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use prost_types::Timestamp;
use serde_json::{Value, json};

/// The answer in both forms.
pub(super) struct Answer {
    text: String,
    json: Value,
}

impl Answer {
    /// Something was done to one record.
    pub(super) fn done(text: String, json: Value) -> Self {
        Self {
            text: text + "\n",
            json,
        }
    }

    /// Records, each as a row under these headings and as JSON. Without any, `none` says what to do.
    pub(super) fn list<const N: usize>(
        headings: [&str; N],
        records: Vec<([String; N], Value)>,
        none: &str,
    ) -> Self {
        let (rows, json): (Vec<_>, Vec<_>) = records.into_iter().unzip();
        let text = if rows.is_empty() {
            format!("{none}\n")
        } else {
            table(headings, &rows)
        };
        Self {
            text,
            json: Value::Array(json),
        }
    }

    pub(super) fn into_text(self, as_json: bool) -> String {
        if as_json {
            format!("{:#}\n", self.json)
        } else {
            self.text
        }
    }
}

/// Rows in columns as wide as their widest cell.
fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = headings.map(|heading| heading.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    let headings = headings.map(str::to_owned);
    for row in std::iter::once(&headings).chain(rows) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            // Writing into a String cannot fail.
            let _ = write!(line, "{cell:width$}  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A moment as all answers write it.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The same of a message, or null.
pub(super) fn time_json(at: Option<&Timestamp>) -> Value {
    at.and_then(moment).map_or(Value::Null, |at| json!(time(at)))
}

pub(super) fn moment(at: &Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(at.seconds, u32::try_from(at.nanos).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_columns_and_no_trailing_space() {
        let rows = [
            ["1".to_owned(), "Äpfel".to_owned()],
            ["20".to_owned(), String::new()],
        ];
        assert_eq!(table(["ID", "NAME"], &rows), "ID  NAME\n1   Äpfel\n20\n");
    }

    #[test]
    fn programs_get_an_empty_list_where_people_are_told_what_to_do() {
        let none = || Answer::list::<1>(["ID"], Vec::new(), "make one");
        assert_eq!(none().into_text(false), "make one\n");
        assert_eq!(none().into_text(true), "[]\n");
    }
}
