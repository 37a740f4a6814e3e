//! The parts of messages that records share.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use domain::{ContactDetails, Date, Definitions, Membership, Path, TextList, User, UserId, Violations};
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
        id: (*id).into(),
        full_name: full_name.clone(),
        email: email.clone(),
    }
}

/// Reads a date of a request, if there is one; reports one that is wrong.
pub(crate) fn read_date(
    date: Option<proto::v1::Date>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> Option<Date> {
    let proto::v1::Date { year, month, day } = date?;
    Date::parse_ymd(year, month, day, path, violations)
}

/// Changes with every change of a record.
pub(crate) fn etag(version: i64) -> String {
    version.to_string()
}

/// The version that an etag stands for; of one that was never given, none that a record ever has.
pub(crate) fn version(etag: &str) -> Option<i64> {
    (!etag.is_empty()).then(|| etag.parse().unwrap_or(-1))
}

/// The group that a record is a member of.
pub(crate) fn group_link(membership: &Membership, definitions: &Definitions) -> Option<GroupLink> {
    let group = definitions.group(membership.group_id)?;
    Some(GroupLink {
        id: group.id.into(),
        name: group.name.clone(),
    })
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
