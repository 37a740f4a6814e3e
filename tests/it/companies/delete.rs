//! Deleting companies, and what goes with them.

use serde_json::{Value, json};
use tests::fixture::{CLIENTS, EVERYTHING, HR_SERVICES, TECH_CORP};
use tests::{Query, Refused, TestServer};

use super::id;

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_the_id_and_the_company_is_not_found_afterwards() {
    let server = TestServer::start().await;
    for (api, other) in server.both().iter().zip(server.both().iter().rev()) {
        let created = api
            .companies()
            .create(&json!({"name": api.name()}))
            .await
            .unwrap();
        let id = id(&created);
        assert_eq!(
            api.companies().delete(id).await.unwrap(),
            json!({"id": id}),
            "{}",
            api.name()
        );
        let not_found = Refused::with_code("RESOURCE_NOT_FOUND");
        for companies in [api.companies(), other.companies()] {
            assert_eq!(companies.get(id).await, Err(not_found.clone()), "{}", api.name());
            assert_eq!(
                companies.update(id, &json!({"industry": "X"})).await,
                Err(not_found.clone())
            );
            assert_eq!(companies.delete(id).await, Err(not_found.clone()));
            let listed = companies.list_all(&Query::pages_of(100)).await.unwrap();
            assert!(listed.iter().all(|company| company["id"] != id), "{}", api.name());
        }
        let refused = api.create(&json!({"companies": [{"id": id}]})).await;
        let expected = Refused::for_issues(&[(json!(["companies", 0, "id"]), "custom")]);
        assert_eq!(refused, Err(expected), "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_from_people_deals_and_the_contact_fields_of_all_of_them() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let gone = json!({"name": "Gone", "groups": [{"id": EVERYTHING}]});
        let gone = api.companies().create(&gone).await.unwrap();
        let stays = json!({"name": "Stays", "groups": [{"id": EVERYTHING}]});
        let stays = api.companies().create(&stays).await.unwrap();
        let ids = json!([{"id": id(&gone)}, {"id": id(&stays)}]);
        let contacts = json!({EVERYTHING: {"Contacts": ids}});
        let person = json!({"companies": ids, "groups": [{"id": EVERYTHING}], "customFieldValues": contacts});
        let person = api.create(&person).await.unwrap();
        let name = format!("Friend of {}", api.name());
        let company = json!({"name": name, "groups": [{"id": EVERYTHING}], "customFieldValues": contacts});
        let company = api.companies().create(&company).await.unwrap();
        let deal = json!({"name": "Deal", "companies": ids, "customFieldValues": {"Contacts": ids}});
        let deals = api.deals(EVERYTHING, "Deals");
        let deal = deals.create(&deal).await.unwrap();

        api.companies().delete(id(&gone)).await.unwrap();
        let only = |value: &Value| value[0]["id"] == stays["id"] && value[1].is_null();
        let person = api.get(id(&person)).await.unwrap();
        let company = api.companies().get(id(&company)).await.unwrap();
        let deal = deals.get(id(&deal)).await.unwrap();
        for left in [
            &person["companies"],
            &person["customFieldValues"][EVERYTHING]["Contacts"],
            &company["customFieldValues"][EVERYTHING]["Contacts"],
            &deal["companies"],
            &deal["customFieldValues"]["Contacts"],
        ] {
            assert!(only(left), "{} {left}", api.name());
        }
        // The last entry leaves nothing, which is null.
        api.companies().delete(id(&stays)).await.unwrap();
        let company = api.companies().get(id(&company)).await.unwrap();
        assert_eq!(company["customFieldValues"][EVERYTHING]["Contacts"], Value::Null);
        let deal = deals.get(id(&deal)).await.unwrap();
        assert_eq!(deal["companies"], json!([]));
        assert_eq!(
            deal["customFieldValues"]["Contacts"],
            Value::Null,
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_interactions_go_along_and_those_of_others_stay() {
    let server = TestServer::start().await;
    for (api, gone) in server.both().iter().zip([TECH_CORP, HR_SERVICES]) {
        let stays = api
            .companies()
            .create(&json!({"name": api.name()}))
            .await
            .unwrap();
        for company in [gone, id(&stays)] {
            let body = json!({"entity": {"id": company}, "dateTime": "2025-01-01T00:00:00Z", "title": "", "content": "", "type": "call"});
            api.log(&body, "").await.unwrap();
        }
        api.companies().delete(gone).await.unwrap();
        for table in ["interactions", "company_interaction_counts"] {
            let count = |id: &str| format!("SELECT count(*) FROM {table} WHERE company_id = '{}'", &id[4..]);
            assert_eq!(server.database.number(&count(gone)).await, 0, "{table}");
            assert_eq!(server.database.number(&count(id(&stays))).await, 1, "{table}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_concurrent_deletes_one_is_answered_and_whoever_links_it_meanwhile_is_told() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    for round in 0..10 {
        let body = json!({"name": format!("Company {round}"), "groups": [{"id": CLIENTS}]});
        let company = rest.companies().create(&body).await.unwrap();
        let id = id(&company);
        let (one, other) = (rest.companies(), grpc.companies());
        let person = json!({"companies": [{"id": id}]});
        let deal = json!({"name": "D", "companies": [{"id": id}]});
        let deals = grpc.deals(CLIENTS, "Deals");
        let (first, second, person, deal) = tokio::join!(
            one.delete(id),
            other.delete(id),
            rest.create(&person),
            deals.create(&deal)
        );
        assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
        for refused in [person.err(), deal.err()].into_iter().flatten() {
            assert_eq!(refused.code, "UNPROCESSABLE_ENTITY", "{refused:?}");
        }
        let links = format!(
            "SELECT (SELECT count(*) FROM person_companies WHERE company_id = '{0}') + \
             (SELECT count(*) FROM object_companies WHERE company_id = '{0}')",
            &id[4..]
        );
        assert_eq!(server.database.number(&links).await, 0);
    }
}
