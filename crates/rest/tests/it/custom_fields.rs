use proto::v1::custom_field::Type;
use proto::v1::numeric_config::Format;
use proto::v1::{
    CreateCustomFieldRequest, CustomField, DeleteCustomFieldRequest, ListCustomFieldsResponse, NumericConfig,
    SelectOption, UpdateCustomFieldRequest,
};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

const SET: &str = "/v1/groups/grp_1/custom-fields/person";
const ID: &str = "cfd_5fa60242-0756-4e31-8cca-30c2c5ff1ac2";

fn option(label: &str, former_label: &str) -> SelectOption {
    SelectOption {
        label: label.to_owned(),
        color: "#112233".to_owned(),
        former_label: former_label.to_owned(),
    }
}

fn field(name: &str, field_type: Type) -> CustomField {
    CustomField {
        id: ID.to_owned(),
        group_id: "grp_1".to_owned(),
        entity_type: "person".to_owned(),
        name: name.to_owned(),
        r#type: field_type.into(),
        options: Vec::new(),
        numeric: None,
        former_names: Vec::new(),
    }
}

fn numeric(format: Format, currency: &str) -> Option<NumericConfig> {
    Some(NumericConfig {
        format: format.into(),
        currency: currency.to_owned(),
    })
}

#[tokio::test]
async fn fields_are_listed_with_what_their_type_has() {
    let mut all: Vec<_> = (1..=9)
        .map(|number| field("f", Type::try_from(number).unwrap()))
        .collect();
    all[2].numeric = numeric(Format::Currency, "USD");
    all[4].options = vec![option("a", "")];
    let mut unset = field("f", Type::Numeric);
    unset.numeric = numeric(Format::Unspecified, "");
    all.push(unset);
    let core = FakeCore::default().answering(ListCustomFieldsResponse {
        custom_fields: all,
        next_page_token: String::new(),
    });
    let answer = send(&core, "GET", SET, &[], "").await;
    assert_eq!(
        answer.json()["data"]["items"],
        json!([
            {"name": "f", "type": "textField"},
            {"name": "f", "type": "magicField"},
            {"name": "f", "type": "numericField", "config": {"format": "currency", "currency": "USD"}},
            {"name": "f", "type": "dateField"},
            {"name": "f", "type": "singleSelect", "options": [{"label": "a", "color": "#112233"}]},
            {"name": "f", "type": "multipleSelect", "options": []},
            {"name": "f", "type": "contactField"},
            {"name": "f", "type": "userField"},
            {"name": "f", "type": "objectField"},
            {"name": "f", "type": "numericField", "config": {"format": "default"}},
        ])
    );
}

#[tokio::test]
async fn a_field_is_created_in_its_set() {
    let mut made = field("Status", Type::SingleSelect);
    made.former_names = vec!["State".to_owned()];
    let core = FakeCore::default().answering(made);
    let body = r##"{"name": "Status", "type": "singleSelect", "options": [{"label": "a", "color": "#112233"}, {"label": "b"}]}"##;
    let answer = send(&core, "POST", SET, &[], body).await;
    assert_eq!(
        answer.text,
        format!(
            r#"{{"data":{{"id":"{ID}","name":"Status","type":"singleSelect","options":[],"formerNames":["State"]}}}}"#
        )
    );
    let asked = core.asked_once::<CreateCustomFieldRequest>();
    assert!(!asked.validate_only);
    let sent = asked.custom_field.unwrap();
    assert_eq!(
        (sent.group_id.as_str(), sent.entity_type.as_str()),
        ("grp_1", "person")
    );
    assert_eq!(sent.r#type(), Type::SingleSelect);
    assert_eq!(sent.options[0], option("a", ""));
    assert_eq!(
        (sent.options[1].label.as_str(), sent.options[1].color.as_str()),
        ("b", "")
    );
}

#[tokio::test]
async fn what_changes_of_a_field_is_what_was_written() {
    let core = FakeCore::default().answering(field("Status", Type::Text));
    let body = r##"{"options": [{"label": "b", "formerLabel": "a", "color": "#112233"}], "removeUsedOptions": true}"##;
    send(&core, "PATCH", &format!("{SET}/Net%20worth%2F%5By%5D"), &[], body).await;
    send(
        &core,
        "PATCH",
        &format!("{SET}/{ID}"),
        &[],
        r#"{"config": {"format": "percent"}, "name": "n"}"#,
    )
    .await;
    let asked = core.asked::<UpdateCustomFieldRequest>();
    let (by_name, by_id) = (&asked[0], &asked[1]);
    assert_eq!(by_name.custom_field_name, "Net worth/[y]");
    assert_eq!(by_name.update_mask.as_ref().unwrap().paths, ["options"]);
    assert!(by_name.remove_used_options && !by_name.validate_only && !by_id.remove_used_options);
    let sent = by_name.custom_field.as_ref().unwrap();
    assert_eq!((sent.id.as_str(), sent.group_id.as_str()), ("", "grp_1"));
    assert_eq!(sent.options, [option("b", "a")]);
    let sent = by_id.custom_field.as_ref().unwrap();
    assert_eq!((sent.id.as_str(), by_id.custom_field_name.as_str()), (ID, ""));
    assert_eq!(sent.numeric, numeric(Format::Percent, ""));
    assert_eq!(by_id.update_mask.as_ref().unwrap().paths, ["numeric", "name"]);
}

#[tokio::test]
async fn a_field_is_deleted_by_its_id_or_its_name() {
    let core = FakeCore::default()
        .answering(field("Status", Type::Text))
        .deprecating("old name");
    let gone = json!({"id": ID});
    assert_eq!(
        send(&core, "DELETE", &format!("{SET}/{ID}"), &[], "")
            .await
            .json()["data"],
        gone
    );
    core.asked_once::<DeleteCustomFieldRequest>();
    let answer = send(&core, "DELETE", &format!("{SET}/Status"), &[], "").await;
    assert_eq!(answer.json()["data"], gone);
    let looked_up = core.asked::<UpdateCustomFieldRequest>().remove(0);
    assert!(looked_up.validate_only && looked_up.update_mask.unwrap().paths.is_empty());
    assert_eq!(looked_up.custom_field_name, "Status");
    assert_eq!(core.asked::<DeleteCustomFieldRequest>()[1].id, ID);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_place() {
    let core = FakeCore::default().failing(refusal(&[
        "custom_field.name",
        "custom_field.group_id",
        "custom_field.numeric.currency",
    ]));
    let body = r#"{"type": "text", "name": "", "options": [{"label": "a", "formerLabel": "b"}, {}], "config": {"format": "money"}}"#;
    let answer = send(&core, "POST", SET, &[], body).await;
    assert_eq!(
        answer.issue_paths(),
        json!([
            ["type"],
            ["options", 0],
            ["options", 1, "label"],
            ["config", "format"],
            ["name"],
            ["groupId"],
            ["config", "currency"]
        ])
    );
    assert_eq!(answer.issues()[0]["options"][2], "numericField");
    assert!(core.asked_once::<CreateCustomFieldRequest>().validate_only);

    let core = FakeCore::default().failing(refusal(&["custom_field.id", "custom_field_name"]));
    let answer = send(
        &core,
        "PATCH",
        &format!("{SET}/x"),
        &[],
        r#"{"name": null, "options": []}"#,
    )
    .await;
    assert_eq!(answer.issue_paths(), json!([["name"], ["field"], ["field"]]));
    let asked = core.asked_once::<UpdateCustomFieldRequest>();
    assert_eq!(asked.update_mask.unwrap().paths, ["options"]);
}
