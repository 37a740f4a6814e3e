//! Filters of people: by a table of examples, and by random ones against a plain evaluation.

mod confined;
mod known;
mod longest;
mod model;
mod parts;
mod plans;
mod random;
mod refused;
mod table;

use tests::fixture::EVERYTHING;

/// A custom field of the group Everything.
fn custom(name: &str) -> String {
    format!("customFieldValues.{EVERYTHING}.{name}")
}

/// The operators.
const OPERATORS: [&str; 11] = [
    "eq",
    "not_eq",
    "like",
    "not_like",
    "gt",
    "lt",
    "in",
    "not_in",
    "all",
    "empty",
    "not_empty",
];

const TEXT: &[&str] = &["eq", "not_eq", "like", "not_like", "empty", "not_empty"];
const ORDER: &[&str] = &["eq", "not_eq", "gt", "lt", "empty", "not_empty"];
const SELECT: &[&str] = &["eq", "not_eq", "in", "not_in", "all", "empty", "not_empty"];
const LINKS: &[&str] = &["in", "not_in", "all", "empty", "not_empty"];

/// Every field of the contract's table with its operators; custom ones by a field of each type.
fn fields() -> Vec<(String, &'static [&'static str])> {
    let plain = [
        ("fullName", TEXT),
        ("firstName", TEXT),
        ("lastName", TEXT),
        ("jobTitle", TEXT),
        ("description", TEXT),
        ("emails", TEXT),
        ("phones", TEXT),
        ("addresses", TEXT),
        ("urls", TEXT),
        ("birthday", ORDER),
        ("createdAt", ORDER),
        ("groups", LINKS),
        ("companies", LINKS),
        ("createdBy", &["in", "not_in"][..]),
    ];
    let of_group = [
        ("Text", TEXT),
        ("Magic", TEXT),
        ("Number", ORDER),
        ("Date", ORDER),
        ("Select", SELECT),
        ("Multiple", SELECT),
        ("Contacts", LINKS),
        ("Users", LINKS),
        ("Deals", LINKS),
    ];
    let plain = plain
        .iter()
        .map(|(name, operators)| ((*name).to_owned(), *operators));
    plain
        .chain(
            of_group
                .iter()
                .map(|(name, operators)| (custom(name), *operators)),
        )
        .collect()
}
