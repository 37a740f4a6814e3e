//! Administration: through gRPC and on the command line.

mod command_line;
mod deletions;
mod keys;
mod lists;
mod object_types;
mod options;
mod races;
mod refusals;
mod renames;
mod set_up;
mod users;
mod validate_only;

use std::collections::HashMap;

use proto::v1::custom_field::Type;
use proto::v1::{
    CreateCustomFieldRequest, CreateGroupRequest, CustomField, Group, ListCustomFieldsRequest, SelectOption,
    UpdateCustomFieldRequest,
};
use tests::{Api, GrpcClient, TestServer, fixture};
use tonic::Status;
use tonic_types::StatusExt as _;

/// The administrator of the demo workspace.
fn john(server: &TestServer) -> GrpcClient {
    server.grpc_as(fixture::KEY)
}

/// The door to people with the same key.
fn people(client: &GrpcClient) -> Api {
    Api::Grpc(Box::new(client.clone()))
}

async fn create_group(client: &GrpcClient, name: &str) -> String {
    let group = Group {
        id: String::new(),
        name: name.to_owned(),
    };
    let request = CreateGroupRequest {
        group: Some(group),
        validate_only: false,
    };
    client
        .admin
        .clone()
        .create_group(request)
        .await
        .unwrap()
        .into_inner()
        .id
}

/// A field for people of the group.
fn field(group_id: &str, name: &str, kind: Type) -> CustomField {
    CustomField {
        group_id: group_id.to_owned(),
        entity_type: "person".to_owned(),
        name: name.to_owned(),
        r#type: kind.into(),
        ..CustomField::default()
    }
}

fn options(labels: &[&str]) -> Vec<SelectOption> {
    labels.iter().map(|label| option(label, "")).collect()
}

fn option(label: &str, former_label: &str) -> SelectOption {
    SelectOption {
        label: label.to_owned(),
        color: String::new(),
        former_label: former_label.to_owned(),
    }
}

async fn create_field(client: &GrpcClient, field: CustomField) -> Result<CustomField, Status> {
    let request = CreateCustomFieldRequest {
        custom_field: Some(field),
        validate_only: false,
    };
    let made = client.admin.clone().create_custom_field(request).await?;
    Ok(made.into_inner())
}

/// Changes a field to what is set in this one, which has its id.
async fn update_field(client: &GrpcClient, field: CustomField) -> Result<CustomField, Status> {
    update(client, field, false).await
}

async fn update(client: &GrpcClient, field: CustomField, remove_used: bool) -> Result<CustomField, Status> {
    let request = UpdateCustomFieldRequest {
        custom_field: Some(field),
        update_mask: None,
        custom_field_name: String::new(),
        remove_used_options: remove_used,
        validate_only: false,
    };
    let changed = client.admin.clone().update_custom_field(request).await?;
    Ok(changed.into_inner())
}

async fn rename(client: &GrpcClient, id: &str, name: &str) -> Result<CustomField, Status> {
    let renamed = CustomField {
        id: id.to_owned(),
        name: name.to_owned(),
        ..CustomField::default()
    };
    update_field(client, renamed).await
}

async fn set_options(
    client: &GrpcClient,
    id: &str,
    options: Vec<SelectOption>,
    remove_used: bool,
) -> Result<CustomField, Status> {
    let changed = CustomField {
        id: id.to_owned(),
        options,
        ..CustomField::default()
    };
    update(client, changed, remove_used).await
}

/// The fields of a group for a kind of record, all pages of them, in pages of this size.
async fn fields(
    client: &GrpcClient,
    group_id: &str,
    entity_type: &str,
    page_size: i32,
) -> Result<Vec<CustomField>, Status> {
    let mut all = Vec::new();
    let mut page_token = String::new();
    loop {
        let request = ListCustomFieldsRequest {
            group_id: group_id.to_owned(),
            entity_type: entity_type.to_owned(),
            page_size,
            page_token,
        };
        let page = client
            .groups
            .clone()
            .list_custom_fields(request)
            .await?
            .into_inner();
        assert!(page_size == 0 || page.custom_fields.len() <= usize::try_from(page_size).unwrap());
        all.extend(page.custom_fields);
        if page.next_page_token.is_empty() {
            return Ok(all);
        }
        page_token = page.next_page_token;
    }
}

/// The paths and messages of what is wrong with a request.
fn wrong(status: &Status) -> HashMap<String, String> {
    assert_eq!(status.code(), tonic::Code::InvalidArgument, "{status:?}");
    let details = status.get_error_details();
    let violations = &details.bad_request().unwrap().field_violations;
    violations
        .iter()
        .map(|violation| (violation.field.clone(), violation.description.clone()))
        .collect()
}

fn wrong_paths(status: &Status) -> Vec<String> {
    let mut paths: Vec<_> = wrong(status).into_keys().collect();
    paths.sort();
    paths
}

/// The reason of a failure, and the id that it tells of.
fn reason(status: &Status) -> (String, String) {
    let details = status.get_error_details();
    let info = details.error_info().unwrap();
    (
        info.reason.clone(),
        info.metadata.get("id").cloned().unwrap_or_default(),
    )
}
