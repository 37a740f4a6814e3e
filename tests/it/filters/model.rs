//! A filter evaluated plainly over people as they are shown, by the words of the contract alone.

use chrono::{DateTime, Utc};
use serde_json::Value;
use tests::{Condition, Operand, Query};

/// Whether the person is wanted.
pub(super) fn wanted(person: &Value, query: &Query) -> bool {
    let mut conditions = query.conditions.iter().map(|condition| holds(person, condition));
    if query.conditions.is_empty() {
        true
    } else if query.combinator == Some("or") {
        conditions.any(|holds| holds)
    } else {
        conditions.all(|holds| holds)
    }
}

fn holds(person: &Value, condition: &Condition) -> bool {
    let operator = condition.operator.as_str();
    if let Some(positive) = operator.strip_prefix("not_") {
        return !positively(person, condition, positive);
    }
    positively(person, condition, operator)
}

fn positively(person: &Value, condition: &Condition, operator: &str) -> bool {
    let field = condition.field.as_str();
    let value = match field.strip_prefix("customFieldValues.") {
        Some(custom) => {
            let (group, name) = custom.split_once('.').unwrap();
            &person["customFieldValues"][group][name]
        }
        None => &person[field],
    };
    // What there is of it: a text, or each entry of a list.
    let entries: Vec<&Value> = match value {
        Value::Null => vec![],
        Value::Array(entries) => entries.iter().collect(),
        one @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => vec![one],
    };
    let is = |entry: &Value, operand: &Operand| equals(field, entry, operand);
    let operands = &condition.operands;
    match operator {
        "empty" => entries.iter().all(|entry| entry.as_str() == Some("")),
        "like" => entries.iter().any(|entry| contains(entry, &operands[0])),
        "eq" | "in" => entries
            .iter()
            .any(|entry| operands.iter().any(|operand| is(entry, operand))),
        "all" => operands
            .iter()
            .all(|operand| entries.iter().any(|entry| is(entry, operand))),
        "gt" => entries
            .iter()
            .any(|entry| compared(field, entry, &operands[0]).is_gt()),
        "lt" => entries
            .iter()
            .any(|entry| compared(field, entry, &operands[0]).is_lt()),
        other => panic!("{other}"),
    }
}

fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn contains(entry: &Value, operand: &Operand) -> bool {
    let Operand::Text(text) = operand else {
        panic!("{operand:?}")
    };
    folded(entry.as_str().unwrap()).contains(&folded(text))
}

fn equals(field: &str, entry: &Value, operand: &Operand) -> bool {
    match operand {
        Operand::Id(id) => entry["id"] == *id,
        Operand::Email(email) => folded(entry["email"].as_str().unwrap()) == folded(email),
        Operand::Text(text) if field == "emails" => folded(entry.as_str().unwrap()) == folded(text),
        Operand::Text(text) if field.ends_with("Select") || field.ends_with("Multiple") => {
            // A was once called Alpha.
            entry.as_str().unwrap() == if text == "Alpha" { "A" } else { text }
        }
        Operand::Text(_) => compared(field, entry, operand).is_eq(),
    }
}

fn compared(field: &str, entry: &Value, operand: &Operand) -> std::cmp::Ordering {
    let (entry, Operand::Text(text)) = (entry.as_str().unwrap(), operand) else {
        panic!("{operand:?}")
    };
    if field == "createdAt" {
        // A date is its day in UTC.
        if text.len() == 10 {
            return entry[..10].cmp(text);
        }
        return moment(entry).cmp(&moment(text));
    }
    if field.ends_with("Number") {
        return millionths(entry).cmp(&millionths(text));
    }
    // ISO dates are in the order of their texts.
    entry.cmp(text)
}

fn moment(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().into()
}

/// A number of up to six decimals.
fn millionths(text: &str) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    sign * format!("{whole}{decimals:0<6}").parse::<i128>().unwrap()
}
