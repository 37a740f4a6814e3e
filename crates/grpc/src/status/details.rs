//! The details of a google.rpc.Status, as they are put together.

use std::collections::HashMap;

use domain::Violations;
use prost::Message;
use prost_types::{Any, Duration};
use tonic::{Code, Status};
use tonic_types::pb;
use uuid::Uuid;

use super::{Exhausted, Failure, ViolationLimit, field_path, violation};

/// How long callers are asked to stay away from a service that cannot answer.
const RETRY_SECONDS: u64 = 1;

/// Details, encoded.
#[derive(Debug, Default)]
pub(super) struct Details(Vec<Any>);

impl Details {
    /// The reason of a failure, and when to try again if that is known.
    pub(super) fn of(failure: &Failure) -> Self {
        let mut details = Self::default();
        details.add("google.rpc.ErrorInfo", &failure.error_info());
        match failure {
            Failure::RateLimited(exhausted) => details.add_quota(*exhausted),
            Failure::Unavailable | Failure::Overloaded => details.add_retry(RETRY_SECONDS),
            Failure::Invalid(_)
            | Failure::NotFound(_)
            | Failure::NameTaken { .. }
            | Failure::Unauthenticated(_)
            | Failure::ScopeMissing(_)
            | Failure::Conflict
            | Failure::EtagMismatch(_)
            | Failure::Deadline
            | Failure::FilterTooBroad
            | Failure::Internal => {}
        }
        details
    }

    pub(super) fn add(&mut self, name: &str, message: &impl Message) {
        self.0.push(any(name, message));
    }

    /// The id under which the call is found in the log.
    pub(super) fn add_request(&mut self, id: Option<Uuid>) {
        if let Some(id) = id {
            let info = pb::RequestInfo {
                request_id: id.to_string(),
                serving_data: String::new(),
            };
            self.add("google.rpc.RequestInfo", &info);
        }
    }

    /// As many violations as the limit allows, each in the standard form and in ours.
    pub(super) fn add_violations(&mut self, violations: &Violations, limit: ViolationLimit) {
        let mut size = 0;
        let mut standard = Vec::new();
        let mut own = Vec::new();
        for one in violations.kept().iter().take(limit.count) {
            let field = pb::bad_request::FieldViolation {
                field: field_path::text(&one.path),
                description: one.message.clone(),
                reason: String::new(),
                localized_message: None,
            };
            let typed = any("people.v1.Violation", &violation::message(one));
            size += field.encoded_len() + typed.encoded_len();
            // The first one always goes: an error that says nothing helps nobody.
            if size > limit.bytes && !own.is_empty() {
                break;
            }
            standard.push(field);
            own.push(typed);
        }
        let standard = pb::BadRequest {
            field_violations: standard,
        };
        self.add("google.rpc.BadRequest", &standard);
        self.0.append(&mut own);
    }

    fn add_retry(&mut self, seconds: u64) {
        let info = pb::RetryInfo {
            retry_delay: Some(Duration {
                seconds: seconds.cast_signed(),
                nanos: 0,
            }),
        };
        self.add("google.rpc.RetryInfo", &info);
    }

    fn add_quota(&mut self, exhausted: Exhausted) {
        let Exhausted {
            limit,
            reset: _,
            retry_after,
        } = exhausted;
        self.add_retry(retry_after);
        let violation = pb::quota_failure::Violation {
            subject: "user".to_owned(),
            description: format!("{limit} calls a minute, all keys of the user together"),
            api_service: String::new(),
            quota_metric: String::new(),
            quota_id: String::new(),
            quota_dimensions: HashMap::new(),
            quota_value: limit.into(),
            future_quota_value: None,
        };
        let failure = pb::QuotaFailure {
            violations: vec![violation],
        };
        self.add("google.rpc.QuotaFailure", &failure);
    }

    pub(super) fn into_status(self, code: Code, message: &str) -> Status {
        let status = pb::Status {
            code: code.into(),
            message: message.to_owned(),
            details: self.0,
        };
        Status::with_details(code, message, status.encode_to_vec().into())
    }
}

fn any(name: &str, message: &impl Message) -> Any {
    Any {
        type_url: format!("type.googleapis.com/{name}"),
        value: message.encode_to_vec(),
    }
}
