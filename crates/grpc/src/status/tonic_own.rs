//! Statuses that tonic makes by itself: they keep their code and get the details that ours have.

use proto::v1::ErrorReason;
use tonic::{Code, Status};
use uuid::Uuid;

use super::details::Details;
use super::reason::error_info;
use crate::routes::REQUEST_LIMIT;

/// The status with details, if it has none yet.
pub(crate) fn completed(status: &Status, request_id: Uuid) -> Option<Status> {
    if !status.details().is_empty() {
        return None;
    }
    let mut details = Details::default();
    // Only tonic uses this code, and only for this.
    if status.code() == Code::OutOfRange {
        let info = error_info(ErrorReason::TooLarge, [("limit", REQUEST_LIMIT.to_string())]);
        details.add("google.rpc.ErrorInfo", &info);
    }
    details.add_request(Some(request_id));
    Some(details.into_status(status.code(), status.message()))
}
