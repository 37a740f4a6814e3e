//! What a statement is called where its text has no place.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Write};

/// The most tables of a name.
const MOST: usize = 8;

/// What it does and the tables that it does it to: `INSERT people changes`, `SELECT groups`, `BEGIN`. Made from the
/// words between which statements have no values, so it holds none; and there are only as many as there are statements.
pub(crate) fn statement_name(statement: impl Display) -> String {
    let mut text = Text::default();
    // It breaks off when it has what it wants.
    let _ = write!(text, "{statement}");
    let words = words(&text.0);
    let own: BTreeSet<&str> = words
        .windows(2)
        .filter(|pair| pair[1].eq_ignore_ascii_case("AS"))
        .map(|pair| pair[0])
        .collect();
    let mut written: Vec<(&str, &str)> = Vec::new();
    let mut read: Vec<&str> = Vec::new();
    for (index, three) in words.windows(3).enumerate() {
        let before = index.checked_sub(1).and_then(|index| words.get(index)).copied();
        match (
            three[0].to_ascii_uppercase().as_str(),
            three[1].to_ascii_uppercase().as_str(),
        ) {
            ("INSERT", "INTO") => written.push(("INSERT", three[2])),
            ("DELETE", "FROM") => written.push(("DELETE", three[2])),
            // Neither FOR UPDATE nor DO UPDATE.
            ("UPDATE", _) if !matches!(before, Some("FOR" | "DO")) => written.push(("UPDATE", three[1])),
            _ => {}
        }
    }
    for pair in words.windows(2) {
        if ["FROM", "JOIN"]
            .iter()
            .any(|word| pair[0].eq_ignore_ascii_case(word))
        {
            read.push(pair[1]);
        }
    }
    let (verb, tables) = match written.first() {
        Some((verb, _)) => (*verb, written.iter().map(|(_, table)| *table).collect()),
        None => (words.first().copied().unwrap_or_default(), read),
    };
    let mut name = match verb {
        "WITH" => "SELECT".to_owned(),
        verb => verb.to_ascii_uppercase(),
    };
    let mut seen = BTreeSet::new();
    let tables = tables
        .into_iter()
        .filter(|table| !own.contains(table) && seen.insert(*table));
    for table in tables.filter(|table| is_table(table)).take(MOST) {
        name.push(' ');
        name.push_str(table);
    }
    name
}

/// What Diesel writes of a statement before its values, which can be long, and are not looked at.
#[derive(Default)]
struct Text(String);

impl Write for Text {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        let (text, values) = match piece.split_once("-- binds:") {
            Some((text, _)) => (text, true),
            None => (piece, false),
        };
        self.0.push_str(text);
        if values { Err(fmt::Error) } else { Ok(()) }
    }
}

/// Words and names, the latter without their quotes and what follows a dot; neither comments nor texts. A function keeps
/// its bracket.
fn words(sql: &str) -> Vec<&str> {
    let lines = sql
        .lines()
        .map(|line| line.split("--").next().unwrap_or_default());
    // Every other piece is a text.
    let outside = lines.flat_map(|line| line.split('\'').step_by(2));
    outside
        .flat_map(|piece| piece.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')))
        .map(|word| {
            let word = word.trim_start_matches('(');
            word.split('.').next().unwrap_or_default().trim_matches('"')
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_table(word: &str) -> bool {
    word.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_even_written() {
        struct Values;
        impl fmt::Debug for Values {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                panic!("they are");
            }
        }
        let statement = format_args!("{} -- binds: {:?}", "DELETE FROM users", Values);
        assert_eq!(statement_name(statement), "DELETE users");
    }

    #[test]
    fn a_statement_is_called_by_what_it_does_to_which_tables() {
        for (sql, name) in [
            ("BEGIN; SET LOCAL people.workspace_id = '018f-secret'", "BEGIN"),
            (
                "SELECT \"users\".\"id\" FROM \"users\" WHERE \"users\".\"email\" = $1 -- binds: [\"FROM secret\"]",
                "SELECT users",
            ),
            (
                "-- Why.\nWITH input AS (SELECT $1 AS id), new AS MATERIALIZED (INSERT INTO people (id) SELECT id FROM input \
                 ON CONFLICT DO UPDATE SET id = 1)\nINSERT INTO changes SELECT 'from secret' FROM new",
                "INSERT people changes",
            ),
            (
                "SELECT p.id FROM wanted JOIN people p ON true, jsonb_each(p.x) WHERE x = 'FROM secret'",
                "SELECT wanted people",
            ),
            ("SELECT id FROM people WHERE id = $1 FOR UPDATE", "SELECT people"),
            (
                "UPDATE groups SET name = $1 WHERE id = $2 -- binds: [secret, secret]",
                "UPDATE groups",
            ),
            ("DELETE FROM companies WHERE id = $1", "DELETE companies"),
            ("", ""),
        ] {
            assert_eq!(statement_name(sql), name, "{sql}");
        }
    }
}
