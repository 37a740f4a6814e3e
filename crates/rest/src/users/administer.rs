//! `POST /v1/users` and `DELETE /v1/users/{userId}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{CreateUserRequest, DeactivateUserRequest, User};

use super::{USER_ID, UserJson};
use crate::answer::{deleted, success};
use crate::call::{Call, Failure};
use crate::json::{Fields, Json, Path, ShapeIssues};
use crate::{body, path};

pub(super) async fn create(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (user, issues) = body::read_slowly(&call, &parts.headers, body, read).await?;

    let admin = call.core().admin();
    let answer = admin.create_user(call.request(CreateUserRequest {
        user: Some(user),
        validate_only: !issues.is_empty(),
    }));
    let (user, remarks) = call.submit(answer, &USER_ID, issues).await?;
    success(&call, &UserJson::from(&user), remarks)
}

/// Users stay, since records refer to them: a deleted one is one that is no longer active.
pub(super) async fn delete(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let id = path::id(request.uri());
    let admin = call.core().admin();
    let answer = admin.deactivate_user(call.request(DeactivateUserRequest { id }));
    let (user, remarks) = call.submit(answer, &USER_ID, ShapeIssues::default()).await?;
    deleted(&call, &user.id, remarks)
}

fn read(body: &Json<'_>, issues: &mut ShapeIssues) -> User {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return User::default();
    };
    let user = User {
        id: String::new(),
        full_name: fields.required_text("fullName", issues).unwrap_or_default(),
        email: fields.required_text("email", issues).unwrap_or_default(),
    };
    fields.finish(issues);
    user
}
