//! The parts of messages that records share.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use domain::{ContactDetails, Definitions, Path, TextList, User, UserId, Violations};
use prost_types::Timestamp;
use proto::v1::GroupLink;

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

/// The group that a link names.
pub(crate) fn group_id(GroupLink { id, name: _ }: GroupLink) -> String {
    id
}

/// Reads the lists of ways to reach a record; reports what is wrong with them.
pub(crate) fn contact_details(
    addresses: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
    urls: Vec<String>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> ContactDetails {
    ContactDetails {
        addresses: TextList::parse(addresses, &path.field("addresses"), violations),
        emails: TextList::parse(emails, &path.field("emails"), violations),
        phones: TextList::parse(phones, &path.field("phones"), violations),
        urls: TextList::parse(urls, &path.field("urls"), violations),
    }
}
