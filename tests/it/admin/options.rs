//! Options that are removed.

use proto::v1::custom_field::Type;
use proto::v1::{CustomField, DeleteCustomFieldRequest, NumericConfig};
use serde_json::{Value, json};
use tests::{TestServer, fixture};

use super::{
    create_field, create_group, field, john, option, options, people, set_options, update_field, wrong,
    wrong_paths,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_option_in_use_is_removed_with_its_values_or_not_at_all() {
    let server = TestServer::start().await;
    let client = john(&server);
    let api = people(&client);
    let group = create_group(&client, "Work").await;
    let mut ids = Vec::new();
    for (name, kind) in [("Single", Type::SingleSelect), ("Multiple", Type::MultipleSelect)] {
        let select = CustomField {
            options: options(&["A", "B", "C", "D"]),
            ..field(&group, name, kind)
        };
        ids.push(create_field(&client, select).await.unwrap().id);
    }
    let create = async |values: Value| {
        let body = json!({"groups": [{"id": group}], "customFieldValues": {&group: values}});
        api.create(&body).await.unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let both = create(json!({"Single": "A", "Multiple": ["D", "A", "C"]})).await;
    let one = create(json!({"Single": "C", "Multiple": ["A"]})).await;
    let shown = async |id: &str| api.get(id).await.unwrap()["customFieldValues"][&group].clone();

    for id in &ids {
        // B is used by nobody and goes; A is not touched by a list that keeps it.
        set_options(&client, id, options(&["A", "C", "D"]), false)
            .await
            .unwrap();
        let refused = set_options(&client, id, options(&["C", "New"]), false)
            .await
            .unwrap_err();
        assert_eq!(wrong_paths(&refused), ["custom_field.options"]);
        assert!(
            wrong(&refused)["custom_field.options"].contains('"'),
            "{refused:?}"
        );
    }
    assert_eq!(
        shown(&both).await,
        json!({"Single": "A", "Multiple": ["D", "A", "C"]})
    );
    let refused = set_options(&client, &ids[0], options(&["C"]), false)
        .await
        .unwrap_err();
    assert!(
        wrong(&refused)["custom_field.options"].contains("\"A\""),
        "D is not in use"
    );

    for id in &ids {
        let changed = set_options(&client, id, options(&["C", "D"]), true)
            .await
            .unwrap();
        assert_eq!(changed.options.len(), 2);
    }
    assert_eq!(
        shown(&both).await,
        json!({"Single": null, "Multiple": ["D", "C"]})
    );
    assert_eq!(shown(&one).await, json!({"Single": "C", "Multiple": null}));
    // Nothing of the removed ones is left behind, not even unseen.
    let left = format!(
        "SELECT count(*) FROM person_memberships m, jsonb_each(m.\"values\") v WHERE m.group_id = '{}' AND \
         v.value @> '[]'",
        &group[4..]
    );
    assert_eq!(server.database.number(&left).await, 1);

    // The label comes back as an option of its own.
    set_options(&client, &ids[0], options(&["A", "C", "D"]), false)
        .await
        .unwrap();
    assert_eq!(shown(&both).await["Single"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn options_and_formats_tell_all_that_is_wrong_with_them() {
    let server = TestServer::start().await;
    let client = john(&server);
    let group = create_group(&client, "Work").await;
    let mut wrong_field = field(&group, " ", Type::SingleSelect);
    wrong_field.options = vec![
        option("A", ""),
        option("A", ""),
        proto::v1::SelectOption {
            color: "red".to_owned(),
            ..option(&"x".repeat(256), "")
        },
        option("B", "A"),
    ];
    wrong_field.numeric = Some(NumericConfig::default());
    let refused = create_field(&client, wrong_field).await.unwrap_err();
    assert_eq!(
        wrong_paths(&refused),
        [
            "custom_field.name",
            "custom_field.numeric",
            "custom_field.options[1].label",
            "custom_field.options[2].color",
            "custom_field.options[2].label",
            "custom_field.options[3].former_label",
        ]
    );

    let select = CustomField {
        options: options(&["A", "B"]),
        ..field(&group, "Select", Type::SingleSelect)
    };
    let id = create_field(&client, select).await.unwrap().id;
    let wanted = vec![option("X", "A"), option("Y", "A"), option("Z", "Nobody")];
    let refused = set_options(&client, &id, wanted, false).await.unwrap_err();
    assert_eq!(
        wrong_paths(&refused),
        [
            "custom_field.options[1].former_label",
            "custom_field.options[2].former_label"
        ]
    );
    let numeric = CustomField {
        id,
        numeric: Some(NumericConfig::default()),
        ..CustomField::default()
    };
    assert_eq!(
        wrong_paths(&update_field(&client, numeric).await.unwrap_err()),
        ["custom_field.numeric"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn options_of_companies_and_objects_are_in_use_as_those_of_people_are() {
    let server = TestServer::start().await;
    let client = john(&server);
    let database = server.database.connect().await;
    // The first of them is in Clients, the second is of Everything's kind Deals.
    for (group, entity_type, table, record) in [
        (fixture::CLIENTS, "company", "company_memberships", "company_id"),
        (fixture::EVERYTHING, "Deals", "objects", "id"),
    ] {
        let select = CustomField {
            entity_type: entity_type.to_owned(),
            options: options(&["A", "B"]),
            ..field(group, "Stage", Type::MultipleSelect)
        };
        let stage = create_field(&client, select).await.unwrap().id;
        let id = if table == "objects" {
            fixture::DEAL
        } else {
            fixture::TECH_CORP
        };
        let (field_id, record_id) = (&stage[4..], &id[4..]);
        let set = format!(
            "UPDATE {table} SET \"values\" = jsonb_build_object('{field_id}', (SELECT jsonb_agg(id ORDER BY label) \
             FROM custom_field_options WHERE field_id = '{field_id}')) WHERE {record} = '{record_id}'"
        );
        assert_eq!(database.execute(&set, &[]).await.unwrap(), 1);
        let left = format!(
            "SELECT coalesce(sum(jsonb_array_length(\"values\" -> '{field_id}')), -1) FROM {table} \
             WHERE {record} = '{record_id}'"
        );

        let refused = set_options(&client, &stage, options(&["B"]), false).await;
        assert!(wrong(&refused.unwrap_err())["custom_field.options"].contains("\"A\""));
        assert_eq!(server.database.number(&left).await, 2);
        set_options(&client, &stage, options(&["B"]), true).await.unwrap();
        assert_eq!(server.database.number(&left).await, 1);
        set_options(&client, &stage, vec![option("C", "")], true)
            .await
            .unwrap();
        assert_eq!(
            server.database.number(&left).await,
            -1,
            "a value without options is unset"
        );

        database.execute(&set, &[]).await.unwrap();
        let request = DeleteCustomFieldRequest {
            id: stage.clone(),
            ..DeleteCustomFieldRequest::default()
        };
        client.admin.clone().delete_custom_field(request).await.unwrap();
        assert_eq!(server.database.number(&left).await, -1, "{table}");
    }
}
