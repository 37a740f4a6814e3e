//! References to what is not there, at their own paths.

use serde_json::{Value, json};
use tests::fixture::{
    BOB, DEAL, ENGINEERING, EVERYTHING, JOHN, OTHER_COMPANY, OTHER_DEAL, OTHER_GROUP, OTHER_KEY, OTHER_USER,
    PROJECT, TECH_CORP,
};
use tests::{Refused, TestServer};

/// A body with a reference in each place that has one.
struct References<'a> {
    group: &'a str,
    company: &'a str,
    contacts: [&'a str; 2],
    user: &'a str,
    object: &'a str,
}

impl References<'_> {
    /// Each stands behind one that is good, so that positions matter.
    fn body(&self) -> Value {
        let [person, company] = self.contacts;
        json!({
            "groups": [{"id": EVERYTHING}, {"id": self.group}],
            "companies": [{"name": "Phantom"}, {"id": self.company}],
            "customFieldValues": {EVERYTHING: {
                "Contacts": [{"id": BOB}, {"id": person}, {"id": TECH_CORP}, {"id": company}],
                "Users": [{"id": JOHN}, {"id": self.user}, {"email": "eve@example.com"}],
                "Deals": [{"id": DEAL}, {"id": self.object}],
            }},
        })
    }

    fn refusal(&self) -> Refused {
        let value = |field: &str, index: u32, key: &str| {
            (
                json!(["customFieldValues", EVERYTHING, field, index, key]),
                "custom",
            )
        };
        Refused::for_issues(&[
            (json!(["groups", 1, "id"]), "custom"),
            (json!(["companies", 1, "id"]), "custom"),
            value("Contacts", 1, "id"),
            value("Contacts", 3, "id"),
            value("Users", 1, "id"),
            value("Users", 2, "email"),
            value("Deals", 1, "id"),
        ])
    }
}

async fn all_are_refused(server: &TestServer, references: &References<'_>) {
    let stored = "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM companies)";
    let before = server.database.number(stored).await;
    for api in server.both() {
        let refused = api.create(&references.body()).await.unwrap_err();
        assert_eq!(refused, references.refusal(), "{}", api.name());
    }
    assert_eq!(server.database.number(stored).await, before, "nothing is stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_an_issue_at_its_own_path() {
    let references = References {
        group: "grp_00000000-0000-7000-8000-000000000000",
        company: "com_00000000-0000-7000-8000-000000000000",
        contacts: [
            "per_00000000-0000-7000-8000-000000000000",
            "com_00000000-0000-7000-8000-000000000000",
        ],
        user: "usr_00000000-0000-7000-8000-000000000000",
        object: "obj_00000000-0000-7000-8000-000000000000",
    };
    all_are_refused(&TestServer::start().await, &references).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_of_another_kind_is_an_issue_at_its_own_path() {
    let references = References {
        group: TECH_CORP,
        company: BOB,
        contacts: [JOHN, DEAL],
        user: BOB,
        object: TECH_CORP,
    };
    all_are_refused(&TestServer::start().await, &references).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_of_another_type_and_upper_case_ids_name_nothing() {
    let (tech_corp, bob) = (TECH_CORP.to_uppercase(), BOB.to_uppercase());
    let references = References {
        group: &EVERYTHING.to_uppercase(),
        company: &tech_corp,
        contacts: [&bob, &tech_corp],
        user: &JOHN.to_uppercase(),
        object: PROJECT,
    };
    all_are_refused(&TestServer::start().await, &references).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_workspace_has_does_not_exist_here() {
    let server = TestServer::start().await;
    let [other, _] = server.both_as(OTHER_KEY);
    let theirs = other.create(&json!({"firstName": "Eve's"})).await.unwrap();
    let references = References {
        group: OTHER_GROUP,
        company: OTHER_COMPANY,
        contacts: [theirs["id"].as_str().unwrap(), OTHER_COMPANY],
        user: OTHER_USER,
        object: OTHER_DEAL,
    };
    all_are_refused(&server, &references).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_people_and_companies_of_another_workspace_stay_its_own() {
    let server = TestServer::start().await;
    let [other, _] = server.both_as(OTHER_KEY);
    let theirs = other
        .create(&json!({"companies": [{"name": "HR services"}, {"name": "Tech Corp"}]}))
        .await
        .unwrap();
    // A name is looked for in the caller's workspace alone.
    assert_eq!(theirs["companies"][1]["id"], OTHER_COMPANY);
    assert_ne!(theirs["companies"][0]["id"], tests::fixture::HR_SERVICES);

    let id = theirs["id"].as_str().unwrap();
    for api in server.both() {
        let refused = api.get(id).await.unwrap_err();
        assert_eq!(
            refused,
            Refused::with_code("RESOURCE_NOT_FOUND"),
            "{}",
            api.name()
        );
        let refused = api.user(OTHER_USER).await.unwrap_err();
        assert_eq!(
            refused,
            Refused::with_code("RESOURCE_NOT_FOUND"),
            "{}",
            api.name()
        );
    }
    for api in server.both_as(OTHER_KEY) {
        assert_eq!(api.get(id).await.unwrap()["id"], id, "{}", api.name());
        let refused = api.get(BOB).await.unwrap_err();
        assert_eq!(
            refused,
            Refused::with_code("RESOURCE_NOT_FOUND"),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_need_a_group_of_the_person_and_a_field_of_the_group() {
    let server = TestServer::start().await;
    for api in server.both() {
        let body = json!({
            "groups": [{"id": EVERYTHING}],
            "customFieldValues": {
                EVERYTHING: {"Text": "good", "text": "of no field", "Text ": "neither"},
                ENGINEERING: {"Status": "Active", "No such field": "x"},
                OTHER_GROUP: {"Status": "Active"},
                "grp_1": {},
            },
        });
        let expected = Refused::for_issues(&[
            (json!(["customFieldValues", EVERYTHING, "text"]), "custom"),
            (json!(["customFieldValues", EVERYTHING, "Text "]), "custom"),
            (json!(["customFieldValues", ENGINEERING]), "custom"),
            (
                json!(["customFieldValues", ENGINEERING, "No such field"]),
                "custom",
            ),
            (json!(["customFieldValues", OTHER_GROUP]), "custom"),
            (json!(["customFieldValues", "grp_1"]), "too_small"),
        ]);
        assert_eq!(api.create(&body).await.unwrap_err(), expected, "{}", api.name());
    }
}
