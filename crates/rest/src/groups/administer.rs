//! `POST /v1/groups`, `PATCH` and `DELETE /v1/groups/{groupId}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{CreateGroupRequest, DeleteGroupRequest, Group, UpdateGroupRequest};

use super::GROUP_ID;
use crate::answer::{deleted, success};
use crate::call::{Call, Failure};
use crate::json::{Fields, Json, Path, ShapeIssues};
use crate::record_json::NamedJson;
use crate::{body, path};

pub(super) async fn create(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (group, issues) = body::read_slowly(&call, &parts.headers, body, read).await?;

    let admin = call.core().admin();
    let answer = admin.create_group(call.request(CreateGroupRequest {
        group: Some(group),
        validate_only: !issues.is_empty(),
    }));
    let (group, remarks) = call.submit(answer, &GROUP_ID, issues).await?;
    success(&call, &NamedJson::from(&group), remarks)
}

pub(super) async fn update(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (mut group, issues) = body::read_slowly(&call, &parts.headers, body, read).await?;
    group.id = path::id(&parts.uri);

    let admin = call.core().admin();
    let answer = admin.update_group(call.request(UpdateGroupRequest {
        group: Some(group),
        validate_only: !issues.is_empty(),
    }));
    let (group, remarks) = call.submit(answer, &GROUP_ID, issues).await?;
    success(&call, &NamedJson::from(&group), remarks)
}

pub(super) async fn delete(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let id = path::id(request.uri());
    let admin = call.core().admin();
    let answer = admin.delete_group(call.request(DeleteGroupRequest { id: id.clone() }));
    let ((), remarks) = call.submit(answer, &GROUP_ID, ShapeIssues::default()).await?;
    deleted(&call, &id, remarks)
}

/// A group, which has only a name.
fn read(body: &Json<'_>, issues: &mut ShapeIssues) -> Group {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return Group::default();
    };
    let name = fields.required_text("name", issues).unwrap_or_default();
    fields.finish(issues);
    Group {
        id: String::new(),
        name,
    }
}
