//! Refusals in the words of REST.

use prost::Message as _;
use proto::v1::Violation;
use proto::v1::violation::{Problem, segment};
use serde_json::{Value, json};
use tonic::{Code, Status};
use tonic_types::pb::ErrorInfo;

/// A call that was refused, in the words of REST.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The code of the envelope.
    pub code: String,
    /// The issues, in the order of their paths: each a path and a code.
    pub issues: Vec<(Value, String)>,
    /// The present etag, of a stale one.
    pub etag: Option<String>,
}

impl Refused {
    /// The refusal of a request with these issues, by path and code.
    #[must_use]
    pub fn for_issues(issues: &[(Value, &str)]) -> Self {
        let issues = issues
            .iter()
            .map(|(path, code)| (path.clone(), (*code).to_owned()));
        Self {
            code: "UNPROCESSABLE_ENTITY".to_owned(),
            issues: sorted(issues.collect()),
            etag: None,
        }
    }

    /// The refusal with this code alone.
    #[must_use]
    pub fn with_code(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            issues: Vec::new(),
            etag: None,
        }
    }

    /// The refusal of an etag that is not this one.
    #[must_use]
    pub fn stale(etag: &str) -> Self {
        Self {
            etag: Some(etag.to_owned()),
            ..Self::with_code("PRECONDITION_FAILED")
        }
    }
}

fn sorted(mut issues: Vec<(Value, String)>) -> Vec<(Value, String)> {
    issues.sort_by_key(|(path, code)| (path.to_string(), code.clone()));
    issues
}

pub(super) fn rest_data(answer: &crate::Answer) -> Result<Value, Refused> {
    let json = answer.json();
    if answer.status == 200 {
        return Ok(json["data"].clone());
    }
    let error = &json["error"];
    let etag = error["details"]["etag"].as_str().map(str::to_owned);
    if let Some(etag) = &etag {
        assert_eq!(answer.header("etag"), format!("\"{etag}\""));
    }
    Err(Refused {
        code: error["code"].as_str().unwrap().to_owned(),
        issues: issues_of(error),
        etag,
    })
}

/// The issues of an error, in the order of their paths.
pub(super) fn issues_of(error: &Value) -> Vec<(Value, String)> {
    let issues = error["details"]["issues"].as_array().cloned().unwrap_or_default();
    let issues = issues.iter().map(|issue| {
        assert!(!issue["message"].as_str().unwrap().is_empty());
        (issue["path"].clone(), issue["code"].as_str().unwrap().to_owned())
    });
    sorted(issues.collect())
}

/// Violations as REST lists them, in the order of their paths.
pub(super) fn violations(violations: &[Violation]) -> Vec<(Value, String)> {
    sorted(violations.iter().map(issue).collect())
}

/// A status in the words of REST.
pub(super) fn refused(status: &Status) -> Refused {
    let code = match status.code() {
        Code::InvalidArgument => "UNPROCESSABLE_ENTITY",
        Code::Unauthenticated => "UNAUTHORIZED",
        Code::PermissionDenied => "FORBIDDEN",
        Code::NotFound => "RESOURCE_NOT_FOUND",
        Code::ResourceExhausted => "RATE_LIMIT_EXCEEDED",
        Code::Aborted => "CONFLICT",
        Code::Unavailable | Code::DeadlineExceeded => "SERVICE_UNAVAILABLE",
        Code::AlreadyExists => "CONFLICT",
        Code::FailedPrecondition => "PRECONDITION_FAILED",
        Code::Unimplemented => "METHOD_NOT_ALLOWED",
        Code::Internal => "INTERNAL_SERVER_ERROR",
        code @ (Code::Ok | Code::Cancelled | Code::Unknown | Code::OutOfRange | Code::DataLoss) => {
            panic!("{code:?}: {}", status.message())
        }
    };
    let details = tonic_types::pb::Status::decode(status.details()).expect("details");
    let of_type = |name: &'static str| {
        details
            .details
            .iter()
            .filter(move |detail| detail.type_url.ends_with(name))
    };
    let issues: Vec<_> = of_type("/people.v1.Violation")
        .map(|detail| Violation::decode(&*detail.value).expect("a violation"))
        .collect();
    let etag = of_type("/google.rpc.ErrorInfo").find_map(|detail| {
        let info = ErrorInfo::decode(&*detail.value).expect("an error's reason");
        info.metadata.get("etag").cloned()
    });
    Refused {
        code: code.to_owned(),
        issues: violations(&issues),
        etag,
    }
}

fn issue(violation: &Violation) -> (Value, String) {
    let code = match violation.problem.as_ref().expect("a problem") {
        Problem::InvalidType(_) => "invalid_type",
        Problem::TooSmall(_) => "too_small",
        Problem::TooBig(_) => "too_big",
        Problem::InvalidString(_) => "invalid_string",
        Problem::InvalidDate(_) => "invalid_date",
        Problem::InvalidEnumValue(_) => "invalid_enum_value",
        Problem::InvalidUnion(_) => "invalid_union",
        Problem::Custom(_) => "custom",
    };
    let segments = violation
        .path
        .iter()
        .map(|segment| match segment.kind.as_ref().expect("a step") {
            segment::Kind::Field(name) => json!(camel(name)),
            segment::Kind::Index(index) => json!(index),
            segment::Kind::Key(key) => json!(key),
        });
    let path = in_words_of_rest(segments.collect());
    (Value::Array(path), code.to_owned())
}

/// The request's own field is not in the JSON body, and some fields are called otherwise there.
fn in_words_of_rest(mut path: Vec<Value>) -> Vec<Value> {
    if path.first().is_some_and(|first| {
        ["person", "company", "deal", "interaction"]
            .iter()
            .any(|name| first == name)
    }) {
        path.remove(0);
    }
    let names: Vec<_> = path
        .iter()
        .map(|step| step.as_str().unwrap_or_default())
        .collect();
    match names.as_slice() {
        ["requestId"] => vec![json!("Idempotency-Key")],
        ["pageSize"] => vec![json!("limit")],
        ["pageToken"] => vec![json!("cursor")],
        ["entityId"] => vec![json!("entity"), json!("id")],
        ["time"] => vec![json!("dateTime")],
        _ => path,
    }
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let (initial, rest) = word.split_at(1);
        camel + &initial.to_uppercase() + rest
    })
}
