//! The same calls through either door.

use prost::Message as _;
use proto::v1::violation::{Problem, segment};
use proto::v1::{CreatePersonRequest, GetPersonRequest, GetUserRequest, Violation};
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::{GrpcClient, RestClient, person_json};

/// REST or gRPC.
#[derive(Debug, Clone)]
pub enum Api {
    /// The facade.
    Rest(RestClient),
    /// The core.
    Grpc(Box<GrpcClient>),
}

/// A call that was refused, in the words of REST.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The code of the envelope.
    pub code: String,
    /// The issues, in the order of their paths: each a path and a code.
    pub issues: Vec<(Value, String)>,
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
        }
    }

    /// The refusal with this code alone.
    #[must_use]
    pub fn with_code(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            issues: Vec::new(),
        }
    }
}

fn sorted(mut issues: Vec<(Value, String)>) -> Vec<(Value, String)> {
    issues.sort_by_key(|(path, code)| (path.to_string(), code.clone()));
    issues
}

impl Api {
    /// Which of the two, to say it in messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Rest(_) => "REST",
            Self::Grpc(_) => "gRPC",
        }
    }

    /// Creates a person of the documented form.
    ///
    /// # Errors
    /// The refusal.
    ///
    /// # Panics
    /// If the answer is of no known form.
    pub async fn create(&self, body: &Value) -> Result<Value, Refused> {
        Ok(self.create_and_hear(body).await?.0)
    }

    /// Creates a person and answers the deprecations too.
    ///
    /// # Errors
    /// The refusal.
    ///
    /// # Panics
    /// If the answer is of no known form.
    pub async fn create_and_hear(&self, body: &Value) -> Result<(Value, Vec<String>), Refused> {
        match self {
            Self::Rest(client) => {
                let answer = client.send("POST", "/v1/people", body.to_string()).await;
                let json = answer.json();
                let deprecations = json["deprecations"].as_array().cloned().unwrap_or_default();
                let deprecations = deprecations.iter().map(|text| text.as_str().unwrap().to_owned());
                Ok((rest_data(&answer)?, deprecations.collect()))
            }
            Self::Grpc(client) => {
                let person = Some(person_json::to_proto(body));
                let mut request = tonic::Request::new(CreatePersonRequest {
                    person,
                    validate_only: false,
                    request_id: String::new(),
                });
                request
                    .metadata_mut()
                    .insert("x-violation-limit", "10000".parse().unwrap());
                let response = client
                    .people
                    .clone()
                    .create_person(request)
                    .await
                    .map_err(|s| refused(&s))?;
                let deprecations = response.metadata().get_all_bin("deprecation-bin").iter();
                let deprecations =
                    deprecations.map(|text| String::from_utf8(text.to_bytes().unwrap().to_vec()).unwrap());
                let deprecations = deprecations.collect();
                Ok((person_json::from_proto(response.into_inner()), deprecations))
            }
        }
    }

    /// Gets a person.
    ///
    /// # Errors
    /// The refusal.
    ///
    /// # Panics
    /// If the answer is of no known form.
    pub async fn get(&self, id: &str) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => rest_data(&client.send("GET", &format!("/v1/people/{id}"), "").await),
            Self::Grpc(client) => {
                let request = GetPersonRequest { id: id.to_owned() };
                let response = client.people.clone().get_person(request).await;
                response
                    .map(|response| person_json::from_proto(response.into_inner()))
                    .map_err(|s| refused(&s))
            }
        }
    }
}

impl Api {
    /// Gets a user.
    ///
    /// # Errors
    /// The refusal.
    pub async fn user(&self, id: &str) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => rest_data(&client.send("GET", &format!("/v1/users/{id}"), "").await),
            Self::Grpc(client) => {
                let request = GetUserRequest { id: id.to_owned() };
                let response = client.users.clone().get_user(request).await;
                response
                    .map(|response| person_json::user(response.into_inner()))
                    .map_err(|s| refused(&s))
            }
        }
    }
}

fn rest_data(answer: &crate::Answer) -> Result<Value, Refused> {
    let json = answer.json();
    if answer.status == 200 {
        return Ok(json["data"].clone());
    }
    let issues = json["error"]["details"]["issues"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let issues = issues.iter().map(|issue| {
        assert!(!issue["message"].as_str().unwrap().is_empty());
        (issue["path"].clone(), issue["code"].as_str().unwrap().to_owned())
    });
    Err(Refused {
        code: json["error"]["code"].as_str().unwrap().to_owned(),
        issues: sorted(issues.collect()),
    })
}

/// A status in the words of REST.
fn refused(status: &Status) -> Refused {
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
        code @ (Code::Ok
        | Code::Cancelled
        | Code::Unknown
        | Code::OutOfRange
        | Code::Internal
        | Code::DataLoss) => panic!("{code:?}: {}", status.message()),
    };
    let details = tonic_types::pb::Status::decode(status.details()).expect("details");
    let issues = details
        .details
        .iter()
        .filter(|detail| detail.type_url.ends_with("/people.v1.Violation"))
        .map(|detail| issue(&Violation::decode(&*detail.value).expect("a violation")));
    Refused {
        code: code.to_owned(),
        issues: sorted(issues.collect()),
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
    // The request's own field is not in the JSON body.
    let path: Vec<Value> = segments.skip_while(|segment| *segment == "person").collect();
    (Value::Array(path), code.to_owned())
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let (initial, rest) = word.split_at(1);
        camel + &initial.to_uppercase() + rest
    })
}
