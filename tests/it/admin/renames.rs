//! Renames keep the values, and old names work until they are taken.

use proto::v1::custom_field::Type;
use serde_json::json;
use tests::TestServer;

use super::{
    create_field, create_group, field, fields, john, option, options, people, reason, rename, set_options,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_field_keeps_its_values_and_its_old_name_works_until_another_field_takes_it() {
    let server = TestServer::start().await;
    let client = john(&server);
    let api = people(&client);
    let group = create_group(&client, "Work").await;
    let status = create_field(&client, field(&group, "Status", Type::Text))
        .await
        .unwrap();
    let body = |name: &str| json!({"groups": [{"id": group}], "customFieldValues": {&group: {name: "on"}}});
    let person = api.create(&body("Status")).await.unwrap();

    let renamed = rename(&client, &status.id, "State").await.unwrap();
    assert_eq!(
        (renamed.name.as_str(), renamed.former_names.as_slice()),
        ("State", &["Status".to_owned()][..])
    );
    let kept = api.get(person["id"].as_str().unwrap()).await.unwrap();
    assert_eq!(kept["customFieldValues"][&group], json!({"State": "on"}));
    let (made, deprecations) = api.create_and_hear(&body("Status")).await.unwrap();
    assert_eq!(made["customFieldValues"][&group], json!({"State": "on"}));
    assert_eq!(deprecations, [r#"Field "Status" is now called "State"."#]);
    let (_, deprecations) = api.create_and_hear(&body("State")).await.unwrap();
    assert_eq!(deprecations, [""; 0]);

    // Back and forth: each of the names is either the name or a former one.
    let back = rename(&client, &status.id, "Status").await.unwrap();
    assert_eq!(
        (back.name.as_str(), back.former_names.as_slice()),
        ("Status", &["State".to_owned()][..])
    );
    let again = rename(&client, &status.id, "State").await.unwrap();
    assert_eq!(again.former_names, ["Status"]);

    // The name is free for another field, which then has it alone.
    let other = create_field(&client, field(&group, "Status", Type::Text))
        .await
        .unwrap();
    let (made, deprecations) = api.create_and_hear(&body("Status")).await.unwrap();
    assert_eq!(
        made["customFieldValues"][&group],
        json!({"State": null, "Status": "on"})
    );
    assert_eq!(deprecations, [""; 0]);
    let former: Vec<_> = fields(&client, &group, "person", 0).await.unwrap();
    assert!(
        former.iter().all(|field| field.former_names.is_empty()),
        "{former:?}"
    );

    // A rename takes a former name as a new field does.
    rename(&client, &other.id, "Third").await.unwrap();
    let taken = rename(&client, &status.id, "Status").await.unwrap();
    assert_eq!(taken.former_names, ["State"]);
    let listed = fields(&client, &group, "person", 0).await.unwrap();
    assert_eq!(listed[1].former_names, [""; 0]);

    let refused = rename(&client, &other.id, "Status").await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::AlreadyExists);
    assert_eq!(reason(&refused), ("NAME_TAKEN".to_owned(), status.id.clone()));
    // The same name for companies is another matter.
    let for_companies = proto::v1::CustomField {
        entity_type: "company".to_owned(),
        ..field(&group, "Status", Type::Text)
    };
    assert!(create_field(&client, for_companies).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_option_keeps_its_values_and_its_old_label_works_until_another_option_takes_it() {
    let server = TestServer::start().await;
    let client = john(&server);
    let api = people(&client);
    let group = create_group(&client, "Work").await;
    let select = proto::v1::CustomField {
        options: options(&["A", "B"]),
        ..field(&group, "Select", Type::MultipleSelect)
    };
    let select = create_field(&client, select).await.unwrap().id;
    let body = |labels: &[&str]| json!({"groups": [{"id": group}], "customFieldValues": {&group: {"Select": labels}}});
    let person = api.create(&body(&["B", "A"])).await.unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let shown = async || api.get(&person).await.unwrap()["customFieldValues"][&group]["Select"].clone();

    let wanted = vec![option("B", ""), option("First", "A"), option("C", "")];
    let changed = set_options(&client, &select, wanted, false).await.unwrap();
    let labels: Vec<_> = changed
        .options
        .iter()
        .map(|option| option.label.as_str())
        .collect();
    assert_eq!(labels, ["B", "First", "C"]);
    assert_eq!(shown().await, json!(["B", "First"]));
    let (made, deprecations) = api.create_and_hear(&body(&["A"])).await.unwrap();
    assert_eq!(made["customFieldValues"][&group]["Select"], json!(["First"]));
    assert_eq!(
        deprecations,
        [r#"Option "A" of field "Select" is now called "First"."#]
    );

    // Two change their labels with each other, and the values follow.
    let wanted = vec![option("First", "B"), option("B", "First"), option("C", "")];
    set_options(&client, &select, wanted, false).await.unwrap();
    assert_eq!(shown().await, json!(["First", "B"]));

    // Another one takes the old label.
    let wanted = vec![option("First", ""), option("B", ""), option("A", "C")];
    set_options(&client, &select, wanted, false).await.unwrap();
    let (made, deprecations) = api.create_and_hear(&body(&["A", "C"])).await.unwrap();
    assert_eq!(made["customFieldValues"][&group]["Select"], json!(["A"]));
    assert_eq!(
        deprecations,
        [r#"Option "C" of field "Select" is now called "A"."#]
    );
    assert_eq!(shown().await, json!(["First", "B"]));
}
