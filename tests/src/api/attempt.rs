//! Calls that may fail in any way, the loss of the connection included.

use proto::v1::GetPersonRequest;
use serde_json::Value;
use tonic::Status;
use tonic_types::StatusExt as _;

use super::Api;
use super::people::create_request;
use crate::{Answer, person_json};

/// What HTTP/2 itself refuses is not begun and may be sent again (RFC 9113, 8.7). A client that always has as many calls
/// under way as it may can meet it: it takes a stream for closed a moment before the service does.
const NO_ROOM: &str = "REFUSED_STREAM";

/// What came of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt {
    /// It was done.
    Done(Value),
    /// It was refused.
    Refused {
        /// The status of REST, or the name of gRPC's code.
        status: String,
        /// After how many seconds to try again, if it says so.
        retry_after: Option<u64>,
    },
    /// There was no answer: whether it was done is unknown.
    Lost,
}

impl Attempt {
    /// What is answered while the service cannot answer: 503 or `UNAVAILABLE`, and when to try again.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Refused { status, retry_after } => {
                (status == "503" || status == "Unavailable") && retry_after.is_some_and(|seconds| seconds > 0)
            }
            Self::Done(_) | Self::Lost => false,
        }
    }

    /// Whether the connection had no room for another call.
    #[must_use]
    pub fn had_no_room(&self) -> bool {
        matches!(self, Self::Refused { status, .. } if status == NO_ROOM)
    }
}

impl Api {
    /// Creates a person of the documented form.
    ///
    /// # Panics
    /// If the service neither answers nor breaks off.
    pub async fn try_create(&self, body: &Value) -> Attempt {
        match self {
            Self::Rest(client) => {
                over_rest(client.try_send("POST", "/v1/people", body.to_string()).await.ok())
            }
            Self::Grpc(client) => {
                let created = client
                    .people
                    .clone()
                    .create_person(create_request(body, ""))
                    .await;
                over_grpc(created.map(|person| person_json::from_proto(person.into_inner())))
            }
        }
    }

    /// Gets a person.
    ///
    /// # Panics
    /// If the service neither answers nor breaks off.
    pub async fn try_get(&self, id: &str) -> Attempt {
        match self {
            Self::Rest(client) => {
                over_rest(client.try_send("GET", &format!("/v1/people/{id}"), "").await.ok())
            }
            Self::Grpc(client) => {
                let request = GetPersonRequest { id: id.to_owned() };
                let got = client.people.clone().get_person(request).await;
                over_grpc(got.map(|person| person_json::from_proto(person.into_inner())))
            }
        }
    }
}

fn over_rest(answer: Option<Answer>) -> Attempt {
    let Some(answer) = answer else {
        return Attempt::Lost;
    };
    if answer.status == 200 {
        return Attempt::Done(answer.json()["data"].clone());
    }
    Attempt::Refused {
        status: answer.status.as_str().to_owned(),
        retry_after: answer.header("retry-after").parse().ok(),
    }
}

fn over_grpc(answer: Result<Value, Status>) -> Attempt {
    let status = match answer {
        Ok(value) => return Attempt::Done(value),
        Err(status) => status,
    };
    // What the connection itself fails with has no details; the service gives them to all that it answers.
    if status.details().is_empty() {
        if format!("{status:?}").contains(NO_ROOM) {
            return Attempt::Refused {
                status: NO_ROOM.to_owned(),
                retry_after: None,
            };
        }
        return Attempt::Lost;
    }
    let retry = status.get_details_retry_info().and_then(|info| info.retry_delay);
    Attempt::Refused {
        status: format!("{:?}", status.code()),
        retry_after: retry.map(|delay| delay.as_secs()),
    }
}
