//! What a caller learns of the database's errors. They are logged here, once, and nowhere else.

use persistence::Error;

use super::Failure;

/// A database error without its cause, so that callers who wait for the same answer can share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StoreFailure {
    Conflict,
    Unavailable,
    Deadline,
    FilterTooBroad,
    Internal,
}

impl From<Error> for StoreFailure {
    fn from(error: Error) -> Self {
        match &error {
            Error::Unavailable(..) => {
                tracing::warn!(%error, "the database cannot be reached");
                Self::Unavailable
            }
            Error::Timeout => {
                tracing::warn!("the database took too long");
                Self::Deadline
            }
            Error::SearchTimeout => {
                tracing::warn!("a filter took too long");
                Self::FilterTooBroad
            }
            Error::Conflict { constraint } => {
                tracing::warn!(constraint, "a conflict that was not expected");
                Self::Conflict
            }
            Error::Inconsistent { .. } => {
                tracing::error!(%error, "the database holds what it should not");
                Self::Internal
            }
            Error::Other(..) => {
                tracing::error!(%error, "the database fails");
                Self::Internal
            }
        }
    }
}

impl From<StoreFailure> for Failure {
    fn from(failure: StoreFailure) -> Self {
        match failure {
            StoreFailure::Conflict => Self::Conflict,
            StoreFailure::Unavailable => Self::Unavailable,
            StoreFailure::Deadline => Self::Deadline,
            StoreFailure::FilterTooBroad => Self::FilterTooBroad,
            StoreFailure::Internal => Self::Internal,
        }
    }
}
