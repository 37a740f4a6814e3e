use domain::Path;
use tonic_types::StatusExt as _;

use super::*;

const ID: Uuid = Uuid::from_u128(7);

fn violations(count: usize) -> Violations {
    let mut violations = Violations::default();
    let person = Path::root("person");
    let emails = person.field("emails");
    for index in 0..count {
        violations.custom(&emails.index(index), "not good");
    }
    violations
}

fn typed(status: &Status) -> Vec<proto::v1::Violation> {
    use prost::Message as _;
    let decoded = tonic_types::pb::Status::decode(status.details()).unwrap();
    decoded
        .details
        .iter()
        .filter(|any| any.type_url == "type.googleapis.com/people.v1.Violation")
        .map(|any| proto::v1::Violation::decode(any.value.as_slice()).unwrap())
        .collect()
}

fn limit(count: usize) -> ViolationLimit {
    ViolationLimit {
        count,
        bytes: usize::MAX,
    }
}

#[test]
fn violations_travel_in_both_forms_up_to_the_limit_and_are_counted() {
    let status = Failure::Invalid(violations(7)).into_status(Some(ID), limit(5));
    assert_eq!(status.code(), Code::InvalidArgument);

    let details = status.get_error_details();
    let standard = &details.bad_request().unwrap().field_violations;
    assert_eq!(standard.len(), 5);
    assert_eq!(standard[3].field, "person.emails[3]");
    assert_eq!(standard[3].description, "not good");
    let typed = typed(&status);
    assert_eq!(typed.len(), 5);
    assert_eq!(typed[3].message, "not good");

    let info = details.error_info().unwrap();
    assert_eq!(
        (info.reason.as_str(), info.domain.as_str()),
        ("INVALID", "people.v1")
    );
    assert_eq!(info.metadata["violations"], "7");
    assert_eq!(details.request_info().unwrap().request_id, ID.to_string());
}

#[test]
fn without_being_asked_for_more_an_error_fits_into_headers() {
    let status = Failure::Invalid(violations(10_000)).into_status(Some(ID), ViolationLimit::default());
    let mut headers = http::HeaderMap::new();
    status.add_header(&mut headers).unwrap();
    let size: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 32)
        .sum();
    assert!(size < 8 * 1024 - 512, "{size}");
    assert!(typed(&status).len() > 10);
}

#[test]
fn one_violation_is_told_whatever_its_size() {
    let mut violations = Violations::default();
    violations.custom(&Path::root("person"), "x".repeat(20_000));
    let status = Failure::Invalid(violations).into_status(None, ViolationLimit::default());
    assert_eq!(typed(&status).len(), 1);
}

#[test]
fn a_rate_limit_says_how_much_and_until_when() {
    let status = Failure::RateLimited(Exhausted {
        limit: 600,
        reset: 1_759_320_060,
        retry_after: 17,
    })
    .into_status(None, limit(50));
    assert_eq!(status.code(), Code::ResourceExhausted);

    let details = status.get_error_details();
    let info = details.error_info().unwrap();
    assert_eq!(info.reason, "RATE_LIMITED");
    assert_eq!(info.metadata["limit"], "600");
    assert_eq!(info.metadata["remaining"], "0");
    assert_eq!(info.metadata["reset"], "1759320060");
    assert_eq!(details.retry_info().unwrap().retry_delay.unwrap().as_secs(), 17);
    assert_eq!(details.quota_failure().unwrap().violations.len(), 1);
    assert!(details.request_info().is_none());
}

#[test]
fn every_failure_has_its_code_and_reason() {
    for (failure, code, reason) in [
        (Failure::NotFound("no".to_owned()), Code::NotFound, "NOT_FOUND"),
        (
            Failure::NameTaken {
                message: "no".to_owned(),
                id: "usr_1".to_owned(),
            },
            Code::AlreadyExists,
            "NAME_TAKEN",
        ),
        (
            Failure::Unauthenticated("no"),
            Code::Unauthenticated,
            "UNAUTHENTICATED",
        ),
        (
            Failure::ScopeMissing(Scope::Write),
            Code::PermissionDenied,
            "SCOPE_MISSING",
        ),
        (Failure::Conflict, Code::Aborted, "CONFLICT"),
        (Failure::Unavailable, Code::Unavailable, "UNAVAILABLE"),
        (Failure::Overloaded, Code::Unavailable, "UNAVAILABLE"),
        (Failure::Deadline, Code::DeadlineExceeded, "DEADLINE"),
        (
            Failure::FilterTooBroad,
            Code::DeadlineExceeded,
            "FILTER_TOO_BROAD",
        ),
        (Failure::Internal, Code::Internal, "INTERNAL"),
    ] {
        let status = failure.into_status(Some(ID), limit(50));
        let details = status.get_error_details();
        assert_eq!(status.code(), code);
        assert_eq!(details.error_info().unwrap().reason, reason);
        assert_eq!(
            details.retry_info().is_some(),
            code == Code::Unavailable,
            "{reason}"
        );
    }
}

#[test]
fn a_taken_name_leads_to_the_record_that_has_it() {
    let failure = Failure::NameTaken {
        message: "no".to_owned(),
        id: "usr_1".to_owned(),
    };
    let status = failure.into_status(Some(ID), limit(50));
    assert_eq!(
        status.get_error_details().error_info().unwrap().metadata["id"],
        "usr_1"
    );
}

#[test]
fn in_words_every_violation_has_its_line() {
    let words = Failure::Invalid(violations(2)).in_words();
    assert_eq!(
        words,
        "this breaks 2 rules:\n  person.emails[0]: not good\n  person.emails[1]: not good"
    );
}

#[test]
fn a_too_large_message_says_what_is_allowed() {
    let status = completed(&Status::out_of_range("too large"), ID).unwrap();
    assert_eq!(status.code(), Code::OutOfRange);
    let details = status.get_error_details();
    let info = details.error_info().unwrap();
    assert_eq!(info.reason, "TOO_LARGE");
    assert_eq!(info.metadata["limit"], "16777216");
    assert!(completed(&status, ID).is_none());
}
