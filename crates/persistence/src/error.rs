//! Why a query did not give what was asked.

use deadpool::managed::PoolError;
use diesel::ConnectionError;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why a query did not give what was asked. None of it is for the eyes of a caller.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached or has no room, or no connection became free in time.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The statement took longer than it may.
    #[error("the statement was cancelled for its length")]
    Timeout,
    /// The search for what a filter wants took longer than a statement may.
    #[error("the search for what a filter wants was cancelled for its length")]
    SearchTimeout,
    /// Another write got in between; the same may succeed now.
    #[error("another write got in between ({})", constraint.as_deref().unwrap_or("deadlock"))]
    Conflict {
        /// The constraint that was in the way.
        constraint: Option<String>,
    },
    /// A row holds what the program cannot have written.
    #[error("{table}.{column} of {row} holds what cannot have been stored")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id.
        row: uuid::Uuid,
    },
    /// Anything else: a mistake of ours.
    #[error("{}", without_quotations(&.0.to_string()))]
    Other(DieselError),
}

impl Error {
    /// The name of the constraint that a write broke.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Conflict { constraint } => constraint.as_deref(),
            Self::Unavailable(_)
            | Self::Timeout
            | Self::SearchTimeout
            | Self::Inconsistent { .. }
            | Self::Other(_) => None,
        }
    }

    /// Whether it may be one of several things done together that could not be done, and the others alone can.
    #[must_use]
    pub fn may_concern_one(&self) -> bool {
        match self {
            Self::Conflict { .. } | Self::Inconsistent { .. } | Self::Other(_) => true,
            Self::Unavailable(_) | Self::Timeout | Self::SearchTimeout => false,
        }
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, information) = &error else {
            return Self::Other(error);
        };
        match kind {
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::SerializationFailure => Self::Conflict {
                constraint: information.constraint_name().map(str::to_owned),
            },
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            // A standby: the primary is elsewhere for now.
            | DatabaseErrorKind::ReadOnlyTransaction => Self::Unavailable(information.message().to_owned()),
            DatabaseErrorKind::RestrictViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation
            | DatabaseErrorKind::ExclusionViolation
            | _ => by_message(information.message()).unwrap_or(Self::Other(error)),
        }
    }
}

/// Diesel does not pass on the SQLSTATE of these. Connections ask for English messages where they may.
fn by_message(message: &str) -> Option<Error> {
    if message == "deadlock detected" || message == "canceling statement due to lock timeout" {
        Some(Error::Conflict { constraint: None })
    } else if message.starts_with("canceling statement due to") {
        Some(Error::Timeout)
    } else if message.starts_with("terminating connection")
        || message.starts_with("the database system is")
        // A full disk: what is there can still be read.
        || message.ends_with("No space left on device")
    {
        Some(Error::Unavailable(message.to_owned()))
    } else {
        None
    }
}

/// What PostgreSQL and serde quote may be what somebody stored, and the error is logged.
fn without_quotations(message: &str) -> String {
    let mut quoted = false;
    let mut kept = String::with_capacity(message.len());
    for character in message.chars() {
        let is_quote = matches!(character, '"' | '`' | '\'');
        quoted ^= is_quote;
        if is_quote && quoted {
            kept.push('…');
        } else if !is_quote && !quoted {
            kept.push(character);
        }
    }
    kept
}

impl From<PoolError<ConnectionError>> for Error {
    fn from(error: PoolError<ConnectionError>) -> Self {
        Self::Unavailable(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_quotes_is_not_repeated() {
        for (message, kept) in [
            (
                "invalid input syntax for type date: \"Ada\"",
                "invalid input syntax for type date: …",
            ),
            (
                "unknown field `Ada`, expected `id`",
                "unknown field …, expected …",
            ),
            ("could not read \"Ada", "could not read …"),
            ("division by zero", "division by zero"),
        ] {
            assert_eq!(without_quotations(message), kept);
        }
    }

    #[test]
    fn what_diesel_does_not_name_is_told_by_its_message() {
        assert!(matches!(
            by_message("canceling statement due to statement timeout"),
            Some(Error::Timeout)
        ));
        for lost in ["deadlock detected", "canceling statement due to lock timeout"] {
            assert!(matches!(
                by_message(lost),
                Some(Error::Conflict { constraint: None })
            ));
        }
        for away in [
            "terminating connection due to administrator command",
            "could not extend file \"base/16384/16543\": No space left on device",
        ] {
            assert!(matches!(by_message(away), Some(Error::Unavailable(_))));
        }
        assert!(by_message("division by zero").is_none());
    }
}
