//! `POST /v1/groups/{groupId}/custom-fields/{entityType}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::CreateCustomFieldRequest;

use super::input::read_field;
use super::output::AdministeredFieldJson;
use super::{FieldSet, PLACES};
use crate::answer::success;
use crate::body;
use crate::call::{Call, Failure};

pub(in crate::groups) async fn create(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (mut field, issues) = body::read_slowly(&call, &parts.headers, body, read_field).await?;
    FieldSet {
        group_id: field.group_id,
        entity_type: field.entity_type,
    } = FieldSet::of(&parts.uri);

    let admin = call.core().admin();
    let answer = admin.create_custom_field(call.request(CreateCustomFieldRequest {
        custom_field: Some(field),
        validate_only: !issues.is_empty(),
    }));
    let (field, remarks) = call.submit(answer, &PLACES, issues).await?;
    success(&call, &AdministeredFieldJson::from(&field), remarks)
}
