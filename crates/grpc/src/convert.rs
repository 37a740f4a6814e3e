//! The parts of messages that records share.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use domain::{Definitions, User, UserId};
use prost_types::Timestamp;

/// A moment.
pub(crate) fn time(at: DateTime<Utc>) -> Timestamp {
    Timestamp {
        seconds: at.timestamp(),
        nanos: at.timestamp_subsec_nanos().cast_signed(),
    }
}

/// A day of the years 1 to 9999.
pub(crate) fn date(date: NaiveDate) -> proto::v1::Date {
    proto::v1::Date {
        year: date.year().unsigned_abs(),
        month: date.month(),
        day: date.day(),
    }
}

/// The user of this id, if the workspace has it.
pub(crate) fn user(id: UserId, definitions: &Definitions) -> Option<proto::v1::User> {
    definitions.user(id).map(shown_user)
}

/// A user as callers see it.
pub(crate) fn shown_user(user: &User) -> proto::v1::User {
    let User {
        id,
        full_name,
        email,
        deactivated_at: _,
    } = user;
    proto::v1::User {
        id: id.to_string(),
        full_name: full_name.clone(),
        email: email.clone(),
    }
}
