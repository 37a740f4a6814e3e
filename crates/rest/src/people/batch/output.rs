//! The results of a batch as JSON.

use axum::response::Response;
use proto::v1::batch_create_result::Result as Outcome;
use proto::v1::{BatchCreateResult, BatchError, Person};
use serde::{Serialize, Serializer};

use super::super::json::PersonJson;
use super::PLACES;
use crate::answer::{Remarks, success_of_many};
use crate::call::{Call, Failure};
use crate::error::{Error, ErrorCode, Issue, PathSegment, Problem, Translate as _, summary};

#[derive(Serialize)]
struct BatchJson {
    items: Vec<ItemJson>,
}

/// What became of one entry.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum ItemJson {
    #[serde(serialize_with = "person")]
    Person(Box<Person>),
    Error(ErrorJson),
}

/// An error as far as it is one entry's: what concerns the request is said once.
#[derive(Serialize)]
pub(super) struct ErrorJson {
    code: &'static str,
    message: String,
    details: DetailsJson,
}

#[derive(Serialize)]
struct DetailsJson {
    issues: Vec<Issue>,
}

impl ItemJson {
    pub(super) fn new(result: BatchCreateResult, index: u32) -> Result<Self, Failure> {
        let BatchCreateResult { result } = result;
        let BatchError { message, violations } = match result {
            Some(Outcome::Person(person)) => return Ok(Self::Person(Box::new(person))),
            Some(Outcome::Error(error)) => error,
            None => {
                return Err(Failure::Core(Error::internal(
                    "an entry of a batch has no result",
                )));
            }
        };
        let mut issues: Vec<_> = violations.into_iter().map(|one| PLACES.issue(one)).collect();
        if issues.is_empty() {
            issues.push(Issue {
                path: vec![PathSegment::Key("people".to_owned()), PathSegment::Index(index)],
                message,
                problem: Problem::Custom,
            });
        }
        Ok(Self::refused(issues))
    }

    pub(super) fn refused(issues: Vec<Issue>) -> Self {
        Self::Error(ErrorJson {
            code: ErrorCode::UnprocessableEntity.name(),
            message: summary(&issues),
            details: DetailsJson { issues },
        })
    }
}

pub(super) fn batch_answer(call: &Call, items: Vec<ItemJson>, remarks: Remarks) -> Result<Response, Failure> {
    let answer = BatchJson { items };
    success_of_many(call, &answer, answer.items.len(), remarks)
}

fn person<S: Serializer>(person: &Person, serializer: S) -> Result<S::Ok, S::Error> {
    PersonJson::from(person).serialize(serializer)
}
