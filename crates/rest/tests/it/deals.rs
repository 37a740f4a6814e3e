use proto::v1::custom_value::Kind;
use proto::v1::{
    CreateDealRequest, Deal, DealCompany, DealPerson, EntityType, ListDealsRequest, ListDealsResponse,
    Operator, UpdateDealRequest,
};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::list_people::{condition, id, text};
use crate::rest_client::send;
use crate::samples::{john, reference, time, value};

const ALL: &str = "/v1/groups/grp_1/Deals";
const ONE: &str = "/v1/groups/grp_1/Deals/obj_1";

fn full_deal() -> Deal {
    Deal {
        id: "obj_1".to_owned(),
        group_id: "grp_1".to_owned(),
        object_type: "Deals".to_owned(),
        name: "Big".to_owned(),
        companies: vec![DealCompany {
            id: "com_1".to_owned(),
            name: "Tech".to_owned(),
        }],
        people: vec![DealPerson {
            id: "per_1".to_owned(),
            full_name: "Jane Doe".to_owned(),
        }],
        custom_field_values: vec![
            value("z amount", Kind::Number("42.5".to_owned())),
            value("unset", Kind::NullValue(0)),
            value("owner", reference("usr_1", EntityType::User, "o@example.com")),
        ],
        create_time: time(1_609_459_200),
        update_time: None,
        created_by: Some(john()),
        etag: "7".to_owned(),
    }
}

#[tokio::test]
async fn a_deal_is_shown_with_every_key() {
    let core = FakeCore::default().answering(full_deal());
    let answer = send(&core, "GET", ONE, &[], "").await;
    let expected = [
        r#"{"data":{"id":"obj_1","name":"Big","companies":[{"id":"com_1","name":"Tech"}],"#,
        r#""people":[{"id":"per_1","fullName":"Jane Doe"}],"customFieldValues":{"z amount":"42.5","unset":null,"#,
        r#""owner":[{"id":"usr_1","fullName":"Some One","email":"o@example.com"}]},"#,
        r#""createdAt":"2021-01-01T00:00:00.000Z","#,
        r#""createdBy":{"id":"usr_1","fullName":"John Doe","email":"john@example.com"}}}"#,
    ];
    assert_eq!(answer.text, expected.concat());
}

#[tokio::test]
async fn an_empty_deal_has_every_key_too() {
    let answer = send(&FakeCore::default(), "GET", ONE, &[], "").await;
    assert_eq!(
        answer.json()["data"],
        json!({"id": "", "name": "", "companies": [], "people": [], "customFieldValues": {}, "createdAt": null,
               "createdBy": null})
    );
}

#[tokio::test]
async fn what_is_written_is_what_the_core_gets() {
    let core = FakeCore::default();
    let body = r#"{"name": "Big", "companies": [{"id": "com_1"}], "people": [{"id": "per_1"}, {"id": "per_2"}],
        "customFieldValues": {"z amount": 42.50, "unset": null}}"#;
    assert_eq!(send(&core, "POST", ALL, &[], body).await.status, 200);
    let asked = core.asked_once::<CreateDealRequest>();
    assert!(!asked.validate_only);
    let person = |id: &str| DealPerson {
        id: id.to_owned(),
        full_name: String::new(),
    };
    let expected = Deal {
        group_id: "grp_1".to_owned(),
        object_type: "Deals".to_owned(),
        name: "Big".to_owned(),
        companies: vec![DealCompany {
            id: "com_1".to_owned(),
            name: String::new(),
        }],
        people: vec![person("per_1"), person("per_2")],
        custom_field_values: vec![
            value("z amount", Kind::Number("42.50".to_owned())),
            value("unset", Kind::NullValue(0)),
        ],
        ..Deal::default()
    };
    assert_eq!(asked.deal, Some(expected));
}

#[tokio::test]
async fn the_fields_that_are_written_are_those_that_change() {
    let core = FakeCore::default();
    let body = r#"{"people": [], "customFieldValues": {"f": null}}"#;
    assert_eq!(send(&core, "PATCH", ONE, &[], body).await.status, 200);
    let asked = core.asked_once::<UpdateDealRequest>();
    assert_eq!(
        asked.update_mask.unwrap().paths,
        ["people", "custom_field_values"]
    );
    let deal = asked.deal.unwrap();
    assert_eq!(deal.custom_field_values, [value("f", Kind::NullValue(0))]);
    assert_eq!((deal.name.as_str(), deal.people.len()), ("", 0));
}

#[tokio::test]
async fn links_are_by_id_and_nothing_is_added_or_removed_by_itself() {
    let core = FakeCore::default();
    let body =
        r#"{"companies": [{"name": "n"}], "people": ["per_1", {}], "groups": [], "add": {}, "remove": {}}"#;
    let answer = send(&core, "PATCH", ONE, &[], body).await;
    assert_eq!(
        answer.issue_paths(),
        json!([
            ["companies", 0, "id"],
            ["companies", 0],
            ["people", 0],
            ["people", 1, "id"],
            []
        ])
    );
    assert_eq!(answer.issues()[4]["keys"], json!(["groups", "add", "remove"]));
    assert!(core.asked_once::<UpdateDealRequest>().validate_only);
}

#[tokio::test]
async fn what_the_core_refuses_is_told_at_its_place() {
    let core = FakeCore::default().failing(refusal(&[
        "deal.group_id",
        "deal.object_type",
        "deal.id",
        "deal.etag",
        "deal.people.1.id",
        "deal.custom_field_values",
    ]));
    let answer = send(
        &core,
        "PATCH",
        ONE,
        &[],
        r#"{"people": [{"id": "a"}, {"id": "b"}]}"#,
    )
    .await;
    assert_eq!(
        answer.issue_paths(),
        json!([
            ["groupId"],
            ["objectType"],
            ["objectId"],
            ["If-Match"],
            ["people", 1, "id"],
            ["customFieldValues"]
        ])
    );
    for (method, path) in [("GET", ONE), ("DELETE", ONE), ("GET", ALL)] {
        let core = FakeCore::default().failing(refusal(&["group_id", "object_type", "id"]));
        let answer = send(&core, method, path, &[], "").await;
        let paths = answer.issue_paths();
        assert_eq!(json!([paths[0], paths[1]]), json!([["groupId"], ["objectType"]]));
        if path == ONE {
            assert_eq!(paths[2], json!(["objectId"]));
        }
    }
}

#[tokio::test]
async fn filters_name_custom_fields_without_their_group() {
    let core = FakeCore::default().answering(ListDealsResponse {
        deals: vec![full_deal()],
        next_page_token: "t".to_owned(),
    });
    let query = "filter%5BcustomFieldValues.Net+worth.%5Bk%5D%5D%5Bgt%5D=5\
                 &filter%5Bpeople%5D%5Bin%5D%5Bid%5D=per_1&filter%5BcreatedAt%5D%5Blt%5D=2021-01-01";
    let answer = send(&core, "GET", &format!("{ALL}?{query}"), &[], "").await;
    assert_eq!(
        answer.json()["data"]["pagination"]["nextLink"],
        format!("https://crm.test{ALL}?{query}&cursor=t")
    );
    let body = r#"{"filter": {"customFieldValues.Net worth.[k]": {"gt": 5}, "people": {"in": {"id": "per_1"}},
        "createdAt": {"lt": "2021-01-01"}}}"#;
    let searched = send(&core, "POST", &format!("{ALL}/search"), &[], body).await;
    assert_eq!(searched.json(), answer.json());

    let mut custom = condition("custom_field_values", Operator::Gt, vec![text("5")]);
    custom.custom_field = "Net worth.[k]".to_owned();
    let expected = [
        custom,
        condition("people", Operator::In, vec![id("per_1")]),
        condition("create_time", Operator::Lt, vec![text("2021-01-01")]),
    ];
    for asked in core.asked::<ListDealsRequest>() {
        assert_eq!(asked.filter.unwrap().conditions, expected);
    }
}
