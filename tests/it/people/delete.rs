//! Deleting people, and what goes with them.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::fixture::{BOB, EVERYTHING, FRIENDS, HR_SERVICES, KEY, WRITE_KEY};
use tests::{Api, Refused, TestDatabase, TestServer, sample};

fn id(person: &Value) -> &str {
    person["id"].as_str().unwrap()
}

/// Every column of every table in which the text stands, whatever the column's type.
async fn places(database: &TestDatabase, text: &str) -> Vec<String> {
    let client = database.connect().await;
    let columns = client
        .query(
            "SELECT c.table_name::text, c.column_name::text, c.data_type::text FROM information_schema.columns c \
             JOIN information_schema.tables t USING (table_schema, table_name) \
             WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'",
            &[],
        )
        .await
        .unwrap();
    assert!(columns.len() > 100, "the tables are elsewhere");
    let mut found = Vec::new();
    for row in columns {
        let (table, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let hit = match kind.as_str() {
            "bytea" => format!("position(convert_to($1, 'UTF8') IN \"{column}\") > 0"),
            _ => format!("position($1 IN \"{column}\"::text) > 0"),
        };
        let sql = format!("SELECT count(*) FROM \"{table}\" WHERE {hit}");
        let count: i64 = client.query_one(&sql, &[&text]).await.unwrap().get(0);
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_the_id_and_the_person_is_not_found_afterwards() {
    let server = TestServer::start().await;
    for (api, other) in server.both().iter().zip(server.both().iter().rev()) {
        let created = api.create(&sample::full()).await.unwrap();
        let id = id(&created);
        assert_eq!(api.delete(id).await.unwrap(), json!({"id": id}), "{}", api.name());
        let not_found = Refused::with_code("RESOURCE_NOT_FOUND");
        for api in [api, other] {
            assert_eq!(api.get(id).await, Err(not_found.clone()), "{}", api.name());
            assert_eq!(
                api.update(id, &json!({"firstName": "X"})).await,
                Err(not_found.clone())
            );
            assert_eq!(api.delete(id).await, Err(not_found.clone()), "{}", api.name());
            let listed = api.list_all(&tests::Query::pages_of(100)).await.unwrap();
            assert!(listed.iter().all(|person| person["id"] != id), "{}", api.name());
            // An unknown reference in a body is an issue at its path.
            let body = json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {"Contacts": [{"id": id}]}}});
            let path = json!(["customFieldValues", EVERYTHING, "Contacts", 0, "id"]);
            assert_eq!(
                api.create(&body).await,
                Err(Refused::for_issues(&[(path, "custom")]))
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_to_it_go_from_the_contacts_of_all_others() {
    let server = TestServer::start().await;
    for api in server.both() {
        let gone = api.create(&json!({"firstName": "Gone"})).await.unwrap();
        let contacts = |contacts: &[&str]| {
            let contacts: Vec<_> = contacts.iter().map(|id| json!({"id": id})).collect();
            json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {"Contacts": contacts}}})
        };
        let among = api
            .create(&contacts(&[BOB, id(&gone), HR_SERVICES]))
            .await
            .unwrap();
        let only = api.create(&contacts(&[id(&gone)])).await.unwrap();
        api.delete(id(&gone)).await.unwrap();
        let shown = api.get(id(&among)).await.unwrap()["customFieldValues"][EVERYTHING]["Contacts"].clone();
        let left: Vec<_> = shown
            .as_array()
            .unwrap()
            .iter()
            .map(|contact| &contact["id"])
            .collect();
        assert_eq!(left, [BOB, HR_SERVICES], "{}", api.name());
        let shown = api.get(id(&only)).await.unwrap();
        assert_eq!(
            shown["customFieldValues"][EVERYTHING]["Contacts"],
            Value::Null,
            "{}",
            api.name()
        );
        // What is left can be changed as ever.
        let patch =
            json!({"customFieldValues": {EVERYTHING: {"Contacts": [{"id": HR_SERVICES}, {"id": BOB}]}}});
        let changed = api.update(id(&among), &patch).await.unwrap();
        assert_eq!(api.get(id(&among)).await.unwrap(), changed, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_it_is_left_anywhere_but_that_it_was_there() {
    let server = TestServer::start().await;
    for door in server.both() {
        let api = &door;
        let mark = format!("Marked{}", api.name());
        let marked = |what: &str| format!("{mark} {what}");
        let mut body = sample::full();
        for field in ["firstName", "lastName", "fullName", "description", "jobTitle"] {
            body[field] = json!(marked(field));
        }
        for field in ["addresses", "emails", "phones", "urls"] {
            body[field] = json!([marked("one"), marked("two")]);
        }
        body["customFieldValues"][EVERYTHING]["Text"] = json!(marked("text"));
        body["customFieldValues"][EVERYTHING]["Magic"] = json!(marked("magic"));
        let created = api.create_once(&body, door.name()).await.unwrap();
        let person = id(&created).to_owned();
        for (number, key) in [KEY, WRITE_KEY].iter().enumerate() {
            for api in server.both_as(key) {
                let patch = json!({"jobTitle": marked(&format!("{number} {}", api.name())), "emails": [marked("three")],
                    "customFieldValues": {EVERYTHING: {"Text": marked("new")}}, "groups": [{"id": EVERYTHING}, {"id": FRIENDS}]});
                api.update(&person, &patch).await.unwrap();
                let interaction = json!({"entity": {"id": person}, "dateTime": "2025-01-01T00:00:00.000Z",
                    "title": marked("title"), "content": marked("content"), "type": "call"});
                api.log(&interaction, door.name()).await.unwrap();
            }
        }
        let batch = [
            json!({"firstName": "Stays"}),
            json!({"firstName": marked("batch")}),
        ];
        let batch = api.batch_create(&batch, true, door.name()).await.unwrap();
        // Others who were made while they knew the person.
        let friend = json!({"firstName": "Friend", "groups": [{"id": EVERYTHING}],
            "customFieldValues": {EVERYTHING: {"Contacts": [{"id": person}]}}});
        let friend = api
            .create_once(&friend, &format!("friend of {}", door.name()))
            .await
            .unwrap();
        let before = places(&server.database, &mark).await;
        assert!(before.len() > 10, "{before:?}");
        for known in [
            "changes.payload",
            "remembered_requests.answer",
            "interactions.content",
            "people.emails",
        ] {
            assert!(before.contains(&known.to_owned()), "{known} {before:?}");
        }

        api.delete(&person).await.unwrap();
        api.delete(id(batch[1].as_ref().unwrap())).await.unwrap();
        assert_eq!(
            places(&server.database, &mark).await,
            Vec::<String>::new(),
            "{}",
            api.name()
        );
        let uuid = person.strip_prefix("per_").unwrap();
        assert_eq!(
            places(&server.database, uuid).await,
            ["changes.entity_id", "remembered_requests.record_ids"]
        );
        api.get(id(&friend)).await.unwrap();
        api.get(id(batch[0].as_ref().unwrap())).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_of_interactions_with_others_stay() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    let gone = rest.create(&json!({})).await.unwrap();
    let log = async |api: &Api, entity: &str| {
        let body = json!({"entity": {"id": entity}, "dateTime": "2025-01-01T00:00:00Z", "title": "", "content": "", "type": "call"});
        api.log(&body, "").await.unwrap();
    };
    for entity in [id(&gone), BOB, id(&gone)] {
        log(&rest, entity).await;
    }
    rest.delete(id(&gone)).await.unwrap();
    let bob = rest.get(BOB).await.unwrap();
    assert_eq!(bob["interactionMetadata"]["workspace"]["approximateCount"], 1);
    assert_eq!(
        server.database.number("SELECT count(*) FROM interactions").await,
        1
    );
    assert_eq!(
        server
            .database
            .number("SELECT count(*) FROM person_interaction_counts")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_not_needed_and_a_malformed_id_is_invalid() {
    let server = TestServer::start().await;
    for id in ["per_1", "1", &BOB.to_uppercase()] {
        let answer = server
            .rest()
            .send("DELETE", &format!("/v1/people/{id}"), "")
            .await;
        let status = if id.len() == 40 { 404 } else { 422 };
        assert_eq!(answer.status.as_u16(), status, "{id} {}", answer.text);
    }
    let headers = [("content-type", "text/plain")];
    let answer = server
        .rest()
        .send_with("DELETE", &format!("/v1/people/{BOB}"), &headers, "")
        .await;
    assert_eq!(answer.json(), json!({"data": {"id": BOB}}));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_are_each_others_contacts_can_go_at_the_same_moment() {
    let server = TestServer::unlimited().await;
    let apis = server.both();
    for round in 0..10 {
        let mut ids = Vec::new();
        for _ in 0..4 {
            let person = apis[0]
                .create(&json!({"groups": [{"id": EVERYTHING}]}))
                .await
                .unwrap();
            ids.push(id(&person).to_owned());
        }
        for me in &ids {
            let all: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
            let patch = json!({"customFieldValues": {EVERYTHING: {"Contacts": all}}});
            apis[0].update(me, &patch).await.unwrap();
        }
        let stays = ids.pop().unwrap();
        let deletes = ids
            .iter()
            .enumerate()
            .map(|(number, id)| apis[(round + number) % 2].delete(id));
        let deletes = join_all(deletes);
        // Beside the later ones somebody changes one who loses its contacts.
        let deleted = if round < 5 {
            deletes.await
        } else {
            let patch = json!({"firstName": "Still here"});
            let (deleted, updated) = tokio::join!(deletes, apis[round % 2].update(&stays, &patch));
            updated.unwrap();
            deleted
        };
        for deleted in deleted {
            deleted.unwrap();
        }
        let left = apis[0].get(&stays).await.unwrap()["customFieldValues"][EVERYTHING]["Contacts"].clone();
        assert_eq!(left.as_array().unwrap().len(), 1);
        if round == 4 {
            let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
            assert_eq!(server.database.number(deadlocks).await, 0, "they go in one order");
        }
    }
}
