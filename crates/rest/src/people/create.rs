//! `POST /v1/people`

use axum::Extension;
use axum::extract::Request;
use axum::response::Response;
use proto::v1::{CreatePersonRequest, Person};

use super::json::{PersonInput, person_answer, read_person};
use crate::body;
use crate::call::{Call, Failure};
use crate::error::{Error, issues_of};
use crate::json::{self, ShapeIssues};

const ID_NAME: &str = "id";

pub(super) async fn create(Extension(call): Extension<Call>, request: Request) -> Response {
    call.answer(read(&call, request).await).await
}

async fn read(call: &Call, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let settings = &call.context().settings;
    let bytes = body::read_json(&parts.headers, body, settings)
        .await
        .map_err(Failure::Own)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Failure::Own(Error::invalid_request("the body is not UTF-8")))?;

    if let Some(input) = PersonInput::parse(text) {
        return store(call, input.into()).await;
    }
    let tree = json::parse(text).map_err(|error| Failure::Own(Error::invalid_request(error.to_string())))?;
    let mut issues = ShapeIssues::default();
    let person = read_person(&tree, &mut issues);
    if issues.is_empty() {
        store(call, person).await
    } else {
        Err(refuse(call, person, issues).await)
    }
}

async fn store(call: &Call, person: Person) -> Result<Response, Failure> {
    let mut people = call.core().people();
    let message = CreatePersonRequest {
        person: Some(person),
        validate_only: false,
        request_id: String::new(),
    };
    let answer = call.wait(people.create_person(call.request(message))).await;
    let (person, remarks) = answer.map_err(|status| Failure::Core(Error::from_status(&status, ID_NAME)))?;
    person_answer(call, &person, remarks)
}

/// The body has the wrong shape. The core looks at the key, counts the request and judges what could be read.
async fn refuse(call: &Call, person: Person, issues: ShapeIssues) -> Failure {
    let mut people = call.core().people();
    let message = CreatePersonRequest {
        person: Some(person),
        validate_only: true,
        request_id: String::new(),
    };
    match call.wait(people.create_person(call.request(message))).await {
        Ok((_, remarks)) => Failure::Core(
            Error::unprocessable(issues.with_core_issues(Vec::new())).with_headers(remarks.rate_limit),
        ),
        Err(status) => Failure::Core(match issues_of(&status, ID_NAME) {
            Some((core, rate_limit)) => {
                Error::unprocessable(issues.with_core_issues(core)).with_headers(rate_limit)
            }
            None => Error::from_status(&status, ID_NAME),
        }),
    }
}
