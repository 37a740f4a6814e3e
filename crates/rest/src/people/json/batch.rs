//! Many people in one body, read both ways.

use proto::v1::Person;
use serde::Deserialize;

use super::input::PersonInput;
use crate::json::{Fields, Json, Object, Path, ShapeIssues, boolean, list};
use crate::records::read_record;

/// People to be created together.
#[derive(Debug, Default, PartialEq)]
pub(in crate::people) struct Batch {
    pub(in crate::people) people: Vec<Person>,
    /// All of them or none.
    pub(in crate::people) atomic: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchInput<'a> {
    #[serde(default = "atomic_by_default")]
    atomic: bool,
    #[serde(borrow)]
    people: Vec<Object<PersonInput<'a>>>,
}

fn atomic_by_default() -> bool {
    true
}

/// The fast way in; nothing if the shape is not entirely right.
pub(in crate::people) fn batch_fast(text: &str) -> Option<Batch> {
    let Object(BatchInput { atomic, people }) = serde_json::from_str(text).ok()?;
    Some(Batch {
        people: people.into_iter().map(|Object(input)| input.into()).collect(),
        atomic,
    })
}

/// The slow way in.
pub(in crate::people) fn read_batch(body: &Json<'_>, issues: &mut ShapeIssues) -> Batch {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return Batch::default();
    };
    let atomic = fields.read("atomic", issues, |value, path, issues| {
        boolean(value, path, issues).map(Some)
    });
    let people = fields.required("people", "array", issues, |value, path, issues| {
        list(value, path, issues, read_record)
    });
    fields.finish(issues);
    Batch {
        people: people.unwrap_or_default(),
        atomic: atomic.unwrap_or_else(atomic_by_default),
    }
}
