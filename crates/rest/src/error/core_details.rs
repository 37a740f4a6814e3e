//! What the core sends beside a status: the details of google.rpc.Status.

use std::collections::HashMap;

use prost::Message as _;
use proto::v1::{ErrorReason, Violation};
use tonic::Status;
use tonic_types::pb;

/// The details of a failure, as far as REST callers see them.
#[derive(Debug, Default)]
pub(super) struct CoreDetails {
    /// Why, in one word; unspecified when the status does not come from the core itself.
    pub(super) reason: ErrorReason,
    /// The parameters of the reason.
    pub(super) metadata: HashMap<String, String>,
    /// When to try again, in whole seconds, at least one.
    pub(super) retry_seconds: Option<u64>,
    pub(super) violations: Vec<Violation>,
    /// The standard form of the violations: path and message.
    pub(super) bad_request: Vec<(String, String)>,
}

impl CoreDetails {
    /// Reads what can be read; details of unknown types say nothing here.
    pub(super) fn of(status: &Status) -> Self {
        let mut details = Self::default();
        let Ok(pb::Status {
            code: _,
            message: _,
            details: all,
        }) = pb::Status::decode(status.details())
        else {
            return details;
        };
        for any in all {
            let value = any.value.as_slice();
            match any.type_url.rsplit('/').next().unwrap_or_default() {
                "people.v1.Violation" => details.violations.extend(Violation::decode(value)),
                "google.rpc.ErrorInfo" => {
                    if let Ok(pb::ErrorInfo {
                        reason,
                        domain: _,
                        metadata,
                    }) = pb::ErrorInfo::decode(value)
                    {
                        details.reason =
                            ErrorReason::from_str_name(&format!("ERROR_REASON_{reason}")).unwrap_or_default();
                        details.metadata = metadata;
                    }
                }
                "google.rpc.RetryInfo" => {
                    if let Ok(pb::RetryInfo {
                        retry_delay: Some(delay),
                    }) = pb::RetryInfo::decode(value)
                    {
                        let rounded = delay.seconds + i64::from(delay.nanos > 0);
                        details.retry_seconds = Some(u64::try_from(rounded).unwrap_or(0).max(1));
                    }
                }
                "google.rpc.BadRequest" => {
                    if let Ok(pb::BadRequest { field_violations }) = pb::BadRequest::decode(value) {
                        let pairs = field_violations
                            .into_iter()
                            .map(|one| (one.field, one.description));
                        details.bad_request.extend(pairs);
                    }
                }
                _ => {}
            }
        }
        details
    }

    /// A number among the parameters of the reason.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.metadata.get(key)?.parse().ok()
    }
}
