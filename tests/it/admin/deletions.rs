//! Deletions leave nothing behind.

use proto::v1::custom_field::Type;
use proto::v1::{CustomField, DeleteCustomFieldRequest, DeleteGroupRequest};
use serde_json::json;
use tests::{TestServer, fixture, sample};
use tonic::Code;

use super::{create_field, create_group, field, fields, john, options, people};

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_field_takes_its_values_along() {
    let server = TestServer::start().await;
    let client = john(&server);
    let api = people(&client);
    let group = create_group(&client, "Work").await;
    let select = CustomField {
        options: options(&["A"]),
        ..field(&group, "Select", Type::MultipleSelect)
    };
    let mut ids = Vec::new();
    for field in [
        field(&group, "Text", Type::Text),
        select,
        field(&group, "Contacts", Type::Contact),
        field(&group, "Stays", Type::Text),
    ] {
        ids.push(create_field(&client, field).await.unwrap().id);
    }
    let values = json!({"Text": "t", "Select": ["A"], "Contacts": [{"id": fixture::BOB}], "Stays": "s"});
    let body = json!({"groups": [{"id": group}], "customFieldValues": {&group: values}});
    let person = api.create(&body).await.unwrap();
    let person = person["id"].as_str().unwrap();

    let by_id = DeleteCustomFieldRequest {
        id: ids[0].clone(),
        ..DeleteCustomFieldRequest::default()
    };
    let by_name = |name: &str| DeleteCustomFieldRequest {
        id: String::new(),
        group_id: group.clone(),
        entity_type: "person".to_owned(),
        name: name.to_owned(),
    };
    for request in [by_id.clone(), by_name("Select"), by_name("Contacts")] {
        client.admin.clone().delete_custom_field(request).await.unwrap();
    }
    let shown = api.get(person).await.unwrap();
    assert_eq!(shown["customFieldValues"][&group], json!({"Stays": "s"}));
    let values = format!(
        "SELECT \"values\"::text FROM person_memberships WHERE person_id = '{}'",
        &person[4..]
    );
    assert_eq!(
        server.database.text(&values).await,
        format!("{{\"{}\": \"s\"}}", &ids[3][4..])
    );
    let references = format!(
        "SELECT count(*) FROM person_references WHERE person_id = '{}'",
        &person[4..]
    );
    assert_eq!(server.database.number(&references).await, 0);

    for request in [by_id, by_name("Select")] {
        let refused = client
            .admin
            .clone()
            .delete_custom_field(request)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
    // A field of the same name begins without values.
    create_field(&client, field(&group, "Text", Type::Text))
        .await
        .unwrap();
    let shown = api.get(person).await.unwrap();
    assert_eq!(
        shown["customFieldValues"][&group],
        json!({"Stays": "s", "Text": null})
    );
}

/// Rows that mention the group in any table that can.
async fn mentions(server: &TestServer, group: &str) -> i64 {
    let id = &group[4..];
    let tables = [
        "object_types",
        "custom_fields",
        "objects",
        "person_memberships",
        "company_memberships",
        "person_references",
    ];
    let counts = tables.map(|table| format!("(SELECT count(*) FROM {table} WHERE group_id = '{id}')"));
    let sql = format!(
        "SELECT {} + (SELECT count(*) FROM groups WHERE id = '{id}')",
        counts.join(" + ")
    );
    server.database.number(&sql).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_group_takes_fields_objects_and_memberships_along_and_people_stay() {
    let server = TestServer::start().await;
    let client = john(&server);
    let api = people(&client);
    let person = api.create(&sample::full()).await.unwrap();
    let person = person["id"].as_str().unwrap();
    let orphans = "SELECT (SELECT count(*) FROM custom_field_options o WHERE NOT EXISTS \
         (SELECT FROM custom_fields f WHERE f.id = o.field_id)) + (SELECT count(*) FROM custom_field_aliases a \
         WHERE NOT EXISTS (SELECT FROM custom_fields f WHERE f.id = a.field_id))";
    for group in [fixture::EVERYTHING, fixture::CLIENTS] {
        assert!(mentions(&server, group).await > 10 || group == fixture::CLIENTS);
        let request = || DeleteGroupRequest { id: group.to_owned() };
        client.admin.clone().delete_group(request()).await.unwrap();
        assert_eq!(mentions(&server, group).await, 0, "{group}");
        assert_eq!(server.database.number(orphans).await, 0);
        let refused = client.admin.clone().delete_group(request()).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
        let refused = fields(&client, group, "person", 0).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
    let shown = api.get(person).await.unwrap();
    let groups = shown["groups"].as_array().unwrap();
    assert!(
        groups.iter().all(|group| group["id"] != fixture::EVERYTHING),
        "{groups:?}"
    );
    assert!(shown["customFieldValues"].get(fixture::EVERYTHING).is_none());
    assert!(api.get(fixture::BOB).await.is_ok());
    // Whoever follows the log learns of the objects.
    let logged = "SELECT count(*) FROM changes WHERE entity_type = 'object' AND operation = 'delete'";
    assert_eq!(server.database.number(logged).await, 2);
}
