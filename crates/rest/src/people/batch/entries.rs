//! The entries of a batch whose shapes are wrong, and the places of the others.

use proto::v1::batch_create_result::Result as Outcome;
use proto::v1::violation::{Segment, segment::Kind};
use proto::v1::{BatchCreateResult, BatchError};

use super::PLACES;
use crate::error::{Issue, PathSegment, Translate as _};
use crate::json::ShapeIssues;

/// The places of the entries whose shapes are wrong, in order. Nothing if there are none, if something else is wrong
/// too, or if not all that is wrong is known.
pub(super) fn broken(issues: &ShapeIssues) -> Option<Vec<u32>> {
    if issues.is_empty() || issues.is_full() {
        return None;
    }
    let mut places: Vec<u32> = issues.known().iter().map(place).collect::<Option<_>>()?;
    places.sort_unstable();
    places.dedup();
    Some(places)
}

fn place(issue: &Issue) -> Option<u32> {
    match issue.path.as_slice() {
        [PathSegment::Key(key), PathSegment::Index(index), ..] if key == "people" => Some(*index),
        _ => None,
    }
}

/// What is wrong with each of these entries: their shapes, and what the core found beside that.
pub(super) fn by_entry(
    judged: Vec<BatchCreateResult>,
    broken: &[u32],
    issues: ShapeIssues,
) -> Vec<(u32, Vec<Issue>)> {
    let violations = (0..)
        .zip(judged)
        .filter(|(index, _)| broken.contains(index))
        .filter_map(|(_, BatchCreateResult { result })| match result? {
            Outcome::Person(_) => None,
            Outcome::Error(BatchError {
                message: _,
                violations,
            }) => Some(violations),
        });
    let core = violations.flatten().map(|one| PLACES.issue(one)).collect();
    let mut entries: Vec<_> = broken.iter().map(|index| (*index, Vec::new())).collect();
    for issue in issues.with_core_issues(core) {
        if let Some((_, entry)) = entries
            .iter_mut()
            .find(|(index, _)| place(&issue) == Some(*index))
        {
            entry.push(issue);
        }
    }
    entries
}

/// The result with the place that its entry has in the caller's list: the core got a shorter one.
pub(super) fn moved(mut result: BatchCreateResult, index: u32) -> BatchCreateResult {
    if let Some(Outcome::Error(BatchError {
        message: _,
        violations,
    })) = &mut result.result
    {
        for violation in violations {
            if let Some(Segment {
                kind: Some(Kind::Index(place)),
            }) = violation.path.get_mut(1)
            {
                *place = index;
            }
        }
    }
    result
}
