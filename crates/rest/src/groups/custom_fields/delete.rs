//! `DELETE /v1/groups/{groupId}/custom-fields/{entityType}/{field}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use prost_types::FieldMask;
use proto::v1::{CustomField, DeleteCustomFieldRequest, UpdateCustomFieldRequest};

use super::{FieldAddress, FieldSet, PLACES};
use crate::answer::deleted;
use crate::call::{Call, Failure};
use crate::json::ShapeIssues;

pub(in crate::groups) async fn delete(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let FieldSet {
        group_id,
        entity_type,
    } = FieldSet::of(request.uri());
    let mut deprecations = Vec::new();
    let id = match FieldAddress::of(request.uri()) {
        FieldAddress::Id(id) => id,
        FieldAddress::Name(name) => {
            let field = CustomField {
                group_id: group_id.clone(),
                entity_type: entity_type.clone(),
                ..CustomField::default()
            };
            id_of(&call, field, name, &mut deprecations).await?
        }
    };

    let admin = call.core().admin();
    let answer = admin.delete_custom_field(call.request(DeleteCustomFieldRequest {
        id: id.clone(),
        group_id,
        entity_type,
        name: String::new(),
    }));
    let ((), mut remarks) = call.submit(answer, &PLACES, ShapeIssues::default()).await?;
    remarks.deprecations.extend(deprecations);
    deleted(&call, &id, remarks)
}

/// The id of a field that is addressed by its name: the answer tells it, and the core's to a deletion does not. A change
/// of nothing that is not stored finds it.
async fn id_of(
    call: &Call,
    field: CustomField,
    name: String,
    deprecations: &mut Vec<String>,
) -> Result<String, Failure> {
    let admin = call.core().admin();
    let answer = admin.update_custom_field(call.request(UpdateCustomFieldRequest {
        custom_field: Some(field),
        update_mask: Some(FieldMask::default()),
        custom_field_name: name,
        remove_used_options: false,
        validate_only: true,
    }));
    let (field, remarks) = call.submit(answer, &PLACES, ShapeIssues::default()).await?;
    deprecations.extend(remarks.deprecations);
    Ok(field.id)
}
