//! `PATCH /v1/groups/{groupId}/custom-fields/{entityType}/{field}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::UpdateCustomFieldRequest;

use super::input::{FieldPatch, read_patch};
use super::output::AdministeredFieldJson;
use super::{FieldAddress, FieldSet, PLACES};
use crate::answer::success;
use crate::body;
use crate::call::{Call, Failure};

pub(in crate::groups) async fn update(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (patch, issues) = body::read_slowly(&call, &parts.headers, body, read_patch).await?;
    let FieldPatch {
        mut field,
        update_mask,
        remove_used_options,
    } = patch;
    FieldSet {
        group_id: field.group_id,
        entity_type: field.entity_type,
    } = FieldSet::of(&parts.uri);
    let (id, custom_field_name) = FieldAddress::of(&parts.uri).into_core();
    field.id = id;

    let admin = call.core().admin();
    let answer = admin.update_custom_field(call.request(UpdateCustomFieldRequest {
        custom_field: Some(field),
        update_mask: Some(update_mask),
        custom_field_name,
        remove_used_options,
        validate_only: !issues.is_empty(),
    }));
    let (field, remarks) = call.submit(answer, &PLACES, issues).await?;
    success(&call, &AdministeredFieldJson::from(&field), remarks)
}
