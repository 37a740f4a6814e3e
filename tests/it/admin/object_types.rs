//! Object fields and the kinds of objects they point to.

use proto::v1::custom_field::Type;
use proto::v1::{CustomField, DeleteCustomFieldRequest};
use serde_json::json;
use tests::{TestServer, fixture};
use tonic::Code;

use super::{create_field, create_group, field, fields, john, people, reason, rename, wrong_paths};

async fn delete(client: &tests::GrpcClient, id: &str) {
    let request = DeleteCustomFieldRequest {
        id: id.to_owned(),
        ..DeleteCustomFieldRequest::default()
    };
    client.admin.clone().delete_custom_field(request).await.unwrap();
}

/// The kinds of records of a group, as the refusal of another one lists them.
async fn kinds(client: &tests::GrpcClient, group: &str) -> String {
    let refused = fields(client, group, "no such kind", 0).await.unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
    let (_, kinds) = refused.message().rsplit_once(": ").unwrap();
    kinds.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_of_objects_is_made_renamed_and_dropped_with_its_fields() {
    let server = TestServer::start().await;
    let client = john(&server);
    let group = create_group(&client, "Sales").await;
    assert_eq!(kinds(&client, &group).await, "person, company");
    let of_people = create_field(&client, field(&group, "Deals", Type::Object))
        .await
        .unwrap();
    let of = |entity_type: &str, name: &str, kind| CustomField {
        entity_type: entity_type.to_owned(),
        ..field(&group, name, kind)
    };
    let of_companies = create_field(&client, of("company", "Deals", Type::Object))
        .await
        .unwrap();
    assert_eq!(kinds(&client, &group).await, "person, company, Deals");
    let closing = create_field(&client, of("Deals", "Closing date", Type::Date))
        .await
        .unwrap();
    assert_eq!(closing.entity_type, "Deals");

    // They all go by one name.
    rename(&client, &of_people.id, "Orders").await.unwrap();
    assert_eq!(kinds(&client, &group).await, "person, company, Orders");
    let companies = fields(&client, &group, "company", 0).await.unwrap();
    assert_eq!(
        (companies[0].id.as_str(), companies[0].name.as_str()),
        (of_companies.id.as_str(), "Orders")
    );
    assert_eq!(companies[0].former_names, ["Deals"]);
    assert_eq!(
        fields(&client, &group, "Orders", 0).await.unwrap()[0].id,
        closing.id
    );

    // The name of another kind is taken, though the field's own kind of record has none of it.
    let projects = create_field(&client, of("company", "Projects", Type::Object))
        .await
        .unwrap();
    let refused = rename(&client, &of_people.id, "Projects").await.unwrap_err();
    assert_eq!(reason(&refused), ("NAME_TAKEN".to_owned(), projects.id.clone()));
    for name in ["person", "company", "custom-fields"] {
        let refused = create_field(&client, field(&group, name, Type::Object))
            .await
            .unwrap_err();
        assert_eq!(wrong_paths(&refused), ["custom_field.name"]);
        let refused = rename(&client, &of_people.id, name).await.unwrap_err();
        assert_eq!(wrong_paths(&refused), ["custom_field.name"]);
    }

    // The last field takes the kind along when nothing is left of it.
    delete(&client, &projects.id).await;
    assert_eq!(kinds(&client, &group).await, "person, company, Orders");
    delete(&client, &of_people.id).await;
    delete(&client, &of_companies.id).await;
    assert_eq!(
        kinds(&client, &group).await,
        "person, company, Orders",
        "it has a field of its own"
    );
    let again = create_field(&client, field(&group, "Orders", Type::Object))
        .await
        .unwrap();
    delete(&client, &closing.id).await;
    delete(&client, &again.id).await;
    assert_eq!(kinds(&client, &group).await, "person, company");
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_outlive_the_field_and_are_found_again_under_a_new_one_of_its_name() {
    let server = TestServer::start().await;
    let client = john(&server);
    let group = fixture::EVERYTHING;
    let listed = fields(&client, group, "person", 0).await.unwrap();
    let id = |name: &str| listed.iter().find(|field| field.name == name).unwrap().id.clone();
    let body = json!({
        "groups": [{"id": group}],
        "customFieldValues": {group: {"Deals": [{"id": fixture::DEAL}]}},
    });
    let person = people(&client).create(&body).await.unwrap();
    delete(&client, &id("Deals")).await;
    let shown = people(&client).get(person["id"].as_str().unwrap()).await.unwrap();
    assert!(shown["customFieldValues"][group].get("Deals").is_none());
    assert!(kinds(&client, group).await.contains("Deals"));

    let other = create_field(&client, field(group, "Other", Type::Object))
        .await
        .unwrap()
        .id;
    let refused = rename(&client, &other, "Deals").await.unwrap_err();
    assert_eq!(wrong_paths(&refused), ["custom_field.name"]);
    create_field(&client, field(group, "Deals", Type::Object))
        .await
        .unwrap();
    let again = people(&client).create(&body).await.unwrap();
    assert_eq!(
        again["customFieldValues"][group]["Deals"][0]["fullName"],
        "Big deal"
    );
}
