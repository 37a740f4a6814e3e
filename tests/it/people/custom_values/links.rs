//! `contactField`, `userField` and `objectField`: links to records.

use serde_json::{Value, json};
use tests::fixture::{BOB, DEAL, HR_SERVICES, JANE, JOHN, PROJECT};
use tests::{TestServer, sample};

use super::{assert_refused, shown};

fn bob() -> Value {
    json!({"id": BOB, "fullName": "Bob Smith", "entityType": "person"})
}

fn hr_services() -> Value {
    json!({"id": HR_SERVICES, "fullName": "HR services", "entityType": "company"})
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_are_people_and_companies_once_each_in_their_order() {
    let server = TestServer::start().await;
    for api in server.both() {
        let sent = json!([{"id": HR_SERVICES}, {"id": BOB}, {"id": HR_SERVICES}, {"id": BOB}]);
        assert_eq!(
            shown(&api, "Contacts", &sent).await,
            json!([hr_services(), bob()]),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_named_by_id_or_by_email_ignoring_case() {
    let server = TestServer::start().await;
    for api in server.both() {
        let sent = json!([{"email": "JANE@Example.COM"}, {"id": JOHN}, {"id": JANE}, {"email": "john.doe@example.com"}]);
        assert_eq!(
            shown(&api, "Users", &sent).await,
            json!([sample::jane(), sample::john()]),
            "{}",
            api.name()
        );
        for wrong in ["nobody@example.com", "", "jane@example.org"] {
            assert_refused(
                &api,
                "Users",
                &json!([{"id": JANE}, {"email": wrong}]),
                &[json!(1), json!("email")],
                "custom",
            )
            .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_are_of_the_fields_own_type() {
    let server = TestServer::start().await;
    let deal = json!({"id": DEAL, "fullName": "Big deal", "entityType": "object"});
    for api in server.both() {
        let sent = json!([{"id": DEAL}, {"id": DEAL}]);
        assert_eq!(shown(&api, "Deals", &sent).await, json!([deal]), "{}", api.name());
        assert_refused(
            &api,
            "Deals",
            &json!([{"id": DEAL}, {"id": PROJECT}]),
            &[json!(1), json!("id")],
            "custom",
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_has_the_form_of_its_type() {
    let server = TestServer::start().await;
    for api in server.both() {
        for field in ["Contacts", "Users", "Deals"] {
            for wrong in [
                json!(BOB),
                json!(7),
                json!(true),
                json!([BOB]),
                json!({"id": BOB}),
                json!([7]),
            ] {
                assert_refused(&api, field, &wrong, &[], "invalid_type").await;
            }
            for (wrong, code) in [("", "too_small"), ("per_1", "too_small")] {
                assert_refused(
                    &api,
                    field,
                    &json!([{"id": wrong}]),
                    &[json!(0), json!("id")],
                    code,
                )
                .await;
            }
            let long = format!("{BOB}0");
            assert_refused(
                &api,
                field,
                &json!([{"id": long}]),
                &[json!(0), json!("id")],
                "too_big",
            )
            .await;
        }
        for field in ["Contacts", "Deals"] {
            let by_email = json!([{"email": "jane@example.com"}]);
            assert_refused(&api, field, &by_email, &[json!(0), json!("email")], "custom").await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_json_has_exactly_one_key() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    assert_refused(
        &rest,
        "Users",
        &json!([{"id": JANE}, {}]),
        &[json!(1)],
        "invalid_union",
    )
    .await;
    let both = json!([{"id": JANE, "email": "jane@example.com"}]);
    assert_refused(&rest, "Users", &both, &[json!(0)], "invalid_union").await;
    let more = json!([{"id": JANE, "fullName": "Jane Doe"}]);
    assert_refused(&rest, "Users", &more, &[json!(0)], "unrecognized_keys").await;
    let null = json!([{"id": null}]);
    assert_refused(&rest, "Contacts", &null, &[json!(0), json!("id")], "invalid_type").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_has_up_to_1000_links_before_repeats_collapse() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (field, link) in [
            ("Contacts", json!({"id": BOB})),
            ("Users", json!({"email": "jane@example.com"})),
            ("Deals", json!({"id": DEAL})),
        ] {
            let most = json!(vec![link.clone(); 1000]);
            assert_eq!(
                shown(&api, field, &most).await.as_array().unwrap().len(),
                1,
                "{} {field}",
                api.name()
            );
            assert_refused(&api, field, &json!(vec![link; 1001]), &[], "too_big").await;
        }
    }
}
