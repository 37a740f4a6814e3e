//! Every RPC of the descriptors.

use std::collections::BTreeSet;

use prost::Message as _;
use prost_reflect::{DescriptorPool, DeserializeOptions, DynamicMessage, MethodDescriptor};
use serde_json::{Value, json};
use tests::GrpcClient;
use tests::fixture::{
    BOB, DEAL, ENGINEERING, EVERYTHING, EXPIRED_KEY, FRIENDS, JANE, JOHN, KEY, OTHER_KEY, READ_KEY,
    REVOKED_KEY, WRITE_KEY,
};
use tonic::{Code, Status};

use super::Ours;

/// What is asked of the first workspace: a call of each RPC that its owner may make, those that delete last. A new RPC
/// needs an entry.
fn calls(ours: &Ours) -> Vec<(&'static str, Value)> {
    let person = &ours.person;
    let links = json!({
        "groups": [{"id": EVERYTHING}], "companies": [{"id": ours.company}],
        "custom_field_values": [{"group_id": EVERYTHING, "values": [
            {"name": "Contacts", "value": {"references": {"items": [{"id": BOB}]}}},
            {"name": "Users", "value": {"references": {"items": [{"id": JANE}]}}},
            {"name": "Deals", "value": {"references": {"items": [{"id": DEAL}]}}},
        ]}],
    });
    let changed = json!({"id": person, "first_name": "Stolen", "groups": [{"id": EVERYTHING}]});
    let option = json!({"label": "A"});
    let field = |id: &str| json!({"id": id, "group_id": EVERYTHING, "entity_type": "person", "name": "Stolen", "options": [option]});
    let condition = json!({"field": "custom_field_values", "group_id": EVERYTHING, "custom_field": "Text", "operator": "OPERATOR_NOT_EMPTY"});
    vec![
        ("PeopleService/GetPerson", json!({"id": person})),
        (
            "PeopleService/ListPeople",
            json!({"page_token": ours.token, "filter": {"conditions": [condition]}}),
        ),
        ("PeopleService/BatchGetPeople", json!({"ids": [person, BOB]})),
        ("PeopleService/CreatePerson", json!({"person": links})),
        (
            "PeopleService/BatchCreatePeople",
            json!({"people": [links], "atomic": true}),
        ),
        ("PeopleService/UpdatePerson", json!({"person": changed})),
        ("CompaniesService/GetCompany", json!({"id": ours.company})),
        (
            "CompaniesService/ListCompanies",
            json!({"filter": {"conditions": [{"field": "name", "operator": "OPERATOR_NOT_EMPTY"}]}}),
        ),
        (
            "CompaniesService/CreateCompany",
            json!({"company": {"name": "Theirs", "groups": [{"id": EVERYTHING}]}}),
        ),
        (
            "CompaniesService/UpdateCompany",
            json!({"company": {"id": ours.company, "name": "Stolen", "groups": [{"id": EVERYTHING}]}}),
        ),
        (
            "DealsService/GetDeal",
            json!({"group_id": EVERYTHING, "object_type": "Deals", "id": DEAL}),
        ),
        (
            "DealsService/ListDeals",
            json!({"group_id": EVERYTHING, "object_type": "Deals"}),
        ),
        (
            "DealsService/CreateDeal",
            json!({"deal": {"group_id": EVERYTHING, "object_type": "Deals", "name": "Theirs",
                "people": [{"id": person}], "companies": [{"id": ours.company}]}}),
        ),
        (
            "DealsService/UpdateDeal",
            json!({"deal": {"group_id": EVERYTHING, "object_type": "Deals", "id": DEAL, "name": "Stolen",
                "people": [{"id": person}]}}),
        ),
        ("ChangesService/ListChanges", json!({"page_size": 1000})),
        (
            "InteractionsService/LogInteraction",
            json!({"interaction": {
            "entity_id": person, "time": "2025-01-01T00:00:00Z", "type": "call"}}),
        ),
        ("UsersService/GetUser", json!({"id": JOHN})),
        ("UsersService/ListUsers", json!({})),
        ("GroupsService/ListGroups", json!({})),
        (
            "GroupsService/ListCustomFields",
            json!({"group_id": EVERYTHING, "entity_type": "person"}),
        ),
        (
            "AdminService/CreateGroup",
            json!({"group": {"name": "Everything else"}}),
        ),
        (
            "AdminService/UpdateGroup",
            json!({"group": {"id": FRIENDS, "name": "Stolen"}}),
        ),
        (
            "AdminService/CreateCustomField",
            json!({"custom_field": {
            "group_id": EVERYTHING, "entity_type": "person", "name": "New", "type": "TYPE_TEXT"}}),
        ),
        (
            "AdminService/UpdateCustomField",
            json!({"custom_field": field(&ours.field),
            "update_mask": "name,options", "remove_used_options": true}),
        ),
        (
            "AdminService/CreateUser",
            json!({"user": {"full_name": "New", "email": "new@example.com"}}),
        ),
        (
            "AdminService/CreateApiKey",
            json!({"api_key": {"name": "New", "user_id": JANE, "scope": "SCOPE_ADMIN"}}),
        ),
        ("AdminService/ListApiKeys", json!({})),
        ("AdminService/RevokeApiKey", json!({"id": ours.key})),
        ("AdminService/DeactivateUser", json!({"id": JANE})),
        ("AdminService/DeleteCustomField", json!({"id": ours.field})),
        ("AdminService/DeleteGroup", json!({"id": ENGINEERING})),
        (
            "DealsService/DeleteDeal",
            json!({"group_id": EVERYTHING, "object_type": "Deals", "id": DEAL}),
        ),
        ("CompaniesService/DeleteCompany", json!({"id": ours.company})),
        ("PeopleService/DeletePerson", json!({"id": person})),
    ]
}

fn methods() -> Vec<MethodDescriptor> {
    let pool = DescriptorPool::decode(proto::FILE_DESCRIPTOR_SET).unwrap();
    let services: Vec<_> = pool
        .services()
        .filter(|service| service.package_name() == "people.v1")
        .collect();
    services
        .iter()
        .flat_map(|service| service.methods().collect::<Vec<_>>())
        .collect()
}

/// Makes a call written in JSON; the answer is JSON as well.
async fn call(client: &GrpcClient, name: &str, request: &Value) -> Result<Value, Status> {
    let (service, method) = name.split_once('/').unwrap();
    let descriptors = methods();
    let method = descriptors
        .iter()
        .find(|one| one.parent_service().name() == service && one.name() == method)
        .unwrap_or_else(|| panic!("{name} is no RPC"));
    let options = DeserializeOptions::new().deny_unknown_fields(true);
    let request = DynamicMessage::deserialize_with_options(method.input(), request.clone(), &options)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let answer = client
        .call(&format!("/people.v1.{name}"), request.encode_to_vec())
        .await?;
    let answer = DynamicMessage::decode(method.output(), answer.as_slice()).unwrap();
    Ok(serde_json::to_value(answer).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rpc_has_an_entry() {
    let ours = Ours::new().await;
    let named: BTreeSet<String> = calls(&ours)
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect();
    let all: BTreeSet<String> = methods()
        .iter()
        .map(|method| format!("{}/{}", method.parent_service().name(), method.name()))
        .collect();
    assert_eq!(named, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_sees_and_changes_nothing_by_any_rpc() {
    let ours = Ours::new().await;
    let stranger = ours.server.grpc_as(OTHER_KEY);
    let owner = ours.server.grpc_as(KEY);
    for (name, request) in calls(&ours) {
        let before = ours.checksums().await;
        let told = match call(&stranger, name, &request).await {
            Ok(answer) => answer.to_string(),
            Err(status) => {
                let code = status.code();
                assert!(
                    matches!(code, Code::NotFound | Code::InvalidArgument),
                    "{name} {code:?} {}",
                    status.message()
                );
                format!(
                    "{} {}",
                    status.message(),
                    String::from_utf8_lossy(status.details())
                )
            }
        };
        assert_eq!(
            ours.seen(&request.to_string(), &told),
            Vec::<&String>::new(),
            "{name} {told}"
        );
        assert_eq!(ours.checksums().await, before, "{name}");
    }
    // Those were good calls: their owner may make each of them.
    for (name, request) in calls(&ours) {
        if let Err(status) = call(&owner, name, &request).await {
            panic!("{name} {status:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rpc_needs_its_scope() {
    let ours = Ours::new().await;
    let before = ours.checksums().await;
    let reads = |name: &str| {
        ["Get", "List", "BatchGet"]
            .iter()
            .any(|verb| name.contains(&format!("/{verb}")))
    };
    for (name, request) in calls(&ours) {
        let needed = match name {
            _ if name.starts_with("AdminService/") => "admin",
            _ if reads(name) => "read",
            _ => "write",
        };
        for (key, scope) in [(READ_KEY, "read"), (WRITE_KEY, "write")] {
            // What is allowed is tried with the other scopes by others.
            if needed == "read" || needed == scope {
                continue;
            }
            let refused = call(&ours.server.grpc_as(key), name, &request).await;
            assert_eq!(
                refused.map_err(|status| status.code()),
                Err(Code::PermissionDenied),
                "{name} {scope}"
            );
        }
        for key in [REVOKED_KEY, EXPIRED_KEY] {
            let refused = call(&ours.server.grpc_as(key), name, &request).await;
            assert_eq!(
                refused.map_err(|status| status.code()),
                Err(Code::Unauthenticated),
                "{name}"
            );
        }
    }
    assert_eq!(ours.checksums().await, before);
}
