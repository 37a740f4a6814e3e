//! Companies under new names.

use futures_util::future::join_all;
use serde_json::json;
use tests::fixture::{CLIENTS, HR_SERVICES, KEY, TECH_CORP};
use tests::{Refused, TestServer};
use tonic::Code;
use tonic_types::StatusExt as _;

use super::id;

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_another_has_is_a_conflict_that_tells_the_other() {
    let server = TestServer::start().await;
    for name in ["Tech Corp", "TECH  corp", " tech corp\n"] {
        let patch = json!({"name": name, "description": "not kept"});
        let path = format!("/v1/companies/{HR_SERVICES}");
        let answer = server.rest().send("PATCH", &path, patch.to_string()).await;
        assert_eq!(
            answer.error(),
            (409, "CONFLICT".to_owned()),
            "{name:?} {}",
            answer.text
        );
        assert_eq!(
            answer.json()["error"]["details"],
            json!({"id": TECH_CORP}),
            "{name:?}"
        );

        let request = proto::v1::UpdateCompanyRequest {
            company: Some(proto::v1::Company {
                id: HR_SERVICES.to_owned(),
                name: name.to_owned(),
                ..Default::default()
            }),
            ..Default::default()
        };
        let status = server
            .grpc_as(KEY)
            .companies
            .update_company(request)
            .await
            .unwrap_err();
        assert_eq!(status.code(), Code::AlreadyExists, "{name:?} {status:?}");
        let info = status.get_error_details().error_info().cloned().unwrap();
        assert_eq!(
            info.metadata.get("id").map(String::as_str),
            Some(TECH_CORP),
            "{info:?}"
        );
    }
    let [rest, _] = server.both();
    let kept = rest.companies().get(HR_SERVICES).await.unwrap();
    assert_eq!(
        (&kept["name"], &kept["description"]),
        (&json!("HR services"), &json!(""))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn its_own_name_in_another_spelling_is_no_conflict() {
    let server = TestServer::start().await;
    for api in server.both() {
        for name in ["TECH CORP", "Tech  Corp", "tech corp", "Tech Corp"] {
            let renamed = api
                .companies()
                .update(TECH_CORP, &json!({"name": name}))
                .await
                .unwrap();
            let shown = renamed["name"].as_str().unwrap();
            assert_eq!(
                shown.to_lowercase().split_whitespace().collect::<Vec<_>>(),
                ["tech", "corp"]
            );
            assert_eq!(renamed["name"], name, "{}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_and_deals_and_contact_fields_show_the_new_name_at_once() {
    let server = TestServer::start().await;
    for (api, other) in server.both().iter().zip(server.both().iter().rev()) {
        let company = json!({"name": format!("Old {}", api.name()), "groups": [{"id": CLIENTS}]});
        let company = api.companies().create(&company).await.unwrap();
        let contacts = json!([{"id": id(&company)}]);
        let person = json!({"companies": contacts, "groups": [{"id": tests::fixture::EVERYTHING}],
            "customFieldValues": {tests::fixture::EVERYTHING: {"Contacts": contacts}}});
        let person = api.create(&person).await.unwrap();
        let deal = json!({"name": "Deal", "companies": contacts});
        let deal = api.deals(CLIENTS, "Deals").create(&deal).await.unwrap();
        assert_eq!(deal["companies"][0]["name"], company["name"]);

        let name = format!("New {}", api.name());
        api.companies()
            .update(id(&company), &json!({"name": name}))
            .await
            .unwrap();
        let person = other.get(id(&person)).await.unwrap();
        assert_eq!(person["companies"], json!([{"id": company["id"], "name": name}]));
        let shown = &person["customFieldValues"][tests::fixture::EVERYTHING]["Contacts"][0]["fullName"];
        assert_eq!(*shown, name, "{}", api.name());
        let deal = other.deals(CLIENTS, "Deals").get(id(&deal)).await.unwrap();
        assert_eq!(deal["companies"], json!([{"id": company["id"], "name": name}]));
        // And the old name makes another company.
        let again = other
            .create(&json!({"companies": [{"name": company["name"]}]}))
            .await
            .unwrap();
        assert_ne!(again["companies"][0]["id"], company["id"], "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_want_one_name_at_the_same_moment_one_gets_it() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    let (rest, grpc) = (rest.companies(), grpc.companies());
    for round in 0..20 {
        let mut ids = Vec::new();
        for number in 0..4 {
            let made = rest
                .create(&json!({"name": format!("{round} {number}")}))
                .await
                .unwrap();
            ids.push(id(&made).to_owned());
        }
        let name = format!("Wanted {round}");
        let patch = json!({"name": name});
        let renames = ids.iter().enumerate().map(|(number, id)| {
            let companies = if number % 2 == 0 { &rest } else { &grpc };
            companies.update(id, &patch)
        });
        let outcomes = join_all(renames).await;
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(won, 1, "{outcomes:?}");
        for lost in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!(lost, Refused::with_code("CONFLICT"));
        }
        let sql = format!("SELECT count(*) FROM companies WHERE name = '{name}'");
        assert_eq!(server.database.number(&sql).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_may_not_swap_names_but_each_may_take_a_free_one() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        let conflict = Err(Refused::with_code("CONFLICT"));
        assert_eq!(
            companies.update(TECH_CORP, &json!({"name": "hr services"})).await,
            conflict
        );
        companies
            .update(HR_SERVICES, &json!({"name": "Aside"}))
            .await
            .unwrap();
        companies
            .update(TECH_CORP, &json!({"name": "HR services"}))
            .await
            .unwrap();
        companies
            .update(HR_SERVICES, &json!({"name": "Tech Corp"}))
            .await
            .unwrap();
        // As it was, for the other door.
        companies
            .update(HR_SERVICES, &json!({"name": "Aside"}))
            .await
            .unwrap();
        companies
            .update(TECH_CORP, &json!({"name": "Tech Corp"}))
            .await
            .unwrap();
        companies
            .update(HR_SERVICES, &json!({"name": "HR services"}))
            .await
            .unwrap();
    }
}
