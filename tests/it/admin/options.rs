//! Options that are removed.

use proto::v1::custom_field::Type;
use proto::v1::{CustomField, NumericConfig};
use serde_json::{Value, json};
use tests::TestServer;

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
