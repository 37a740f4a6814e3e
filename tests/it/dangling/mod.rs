//! Nothing refers to what is gone: in a workspace where everything refers to everything, one thing after the other
//! goes, and after each all that is left is read through both doors and looked up in the database.

mod sound;
pub(crate) mod world;

use serde_json::{Value, json};
use tests::fixture::{EVERYTHING, JANE};
use tests::{TestDatabase, encoded};

use world::{MANY, World};

/// The kinds of records with fields in the group.
const KINDS: [&str; 3] = ["person", "company", "Deals"];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_refers_to_what_is_gone() {
    let mut world = World::new().await;
    let [rest, grpc] = world.server.both();
    world.assert_whole("nothing").await;
    let whole = grpc
        .deals(EVERYTHING, "Deals")
        .get(&world.deals[0])
        .await
        .unwrap();
    for (list, many) in [("people", MANY), ("companies", MANY)] {
        assert_eq!(whole[list].as_array().map(Vec::len), Some(many), "{whole}");
    }
    assert_eq!(
        whole["customFieldValues"]["Contacts"].as_array().map(Vec::len),
        Some(2 * MANY)
    );

    // Who leaves the group leaves its deals and its values, and stays a contact.
    let (person, company) = (world.people[0].clone(), world.companies[0].clone());
    rest.update(&person, &json!({"groups": []})).await.unwrap();
    world.assert_whole("a person left the group").await;
    let patch = json!({"remove": {"groups": [{"id": EVERYTHING}]}});
    grpc.companies().update(&company, &patch).await.unwrap();
    world.assert_whole("a company left the group").await;
    let parties = world.parties().await;
    assert!(
        !parties.contains(&person) && !parties.contains(&company),
        "{parties}"
    );
    assert!(
        parties.contains(&world.people[1]) && parties.contains(&world.companies[1]),
        "{parties}"
    );
    let deal = rest
        .deals(EVERYTHING, "Deals")
        .get(&world.deals[0])
        .await
        .unwrap();
    assert_eq!(
        deal["customFieldValues"]["Contacts"].as_array().map(Vec::len),
        Some(2 * MANY),
        "{deal}"
    );

    for place in [0, 0] {
        let (person, company, deal) = (
            world.people.remove(place),
            world.companies.remove(place),
            world.deals.remove(place),
        );
        grpc.delete(&person).await.unwrap();
        world.gone.push(person);
        world.assert_whole("a person was deleted").await;
        rest.companies().delete(&company).await.unwrap();
        world.gone.push(company);
        world.assert_whole("a company was deleted").await;
        grpc.deals(EVERYTHING, "Deals").delete(&deal).await.unwrap();
        world.gone.push(deal);
        world.assert_whole("a deal was deleted").await;
    }

    // A user stays, and so does what names it.
    world
        .admin("DELETE", &format!("/v1/users/{JANE}"), Value::Null)
        .await;
    world.assert_whole("a user was deactivated").await;
    let shown = rest.get(&world.people[0]).await.unwrap();
    assert_eq!(
        shown["customFieldValues"][EVERYTHING]["Users"][0]["id"], JANE,
        "{shown}"
    );
    assert_eq!(
        shown["interactionMetadata"]["workspace"]["approximateCount"], 2,
        "{shown}"
    );

    let fields = |kind: &str| format!("/v1/groups/{EVERYTHING}/custom-fields/{}", encoded(kind));
    for kind in KINDS {
        for name in ["Select", "Multiple"] {
            let left = json!({"options": [{"label": "B"}, {"label": "C"}], "removeUsedOptions": true});
            world
                .admin("PATCH", &format!("{}/{name}", fields(kind)), left)
                .await;
            world
                .assert_whole(&format!("an option of {name} of {kind} was removed"))
                .await;
        }
    }
    let person = grpc.get(&world.people[0]).await.unwrap();
    let company = grpc.companies().get(&world.companies[0]).await.unwrap();
    let deal = grpc
        .deals(EVERYTHING, "Deals")
        .get(&world.deals[0])
        .await
        .unwrap();
    for values in [
        &person["customFieldValues"][EVERYTHING],
        &company["customFieldValues"][EVERYTHING],
        &deal["customFieldValues"],
    ] {
        assert_eq!(
            (&values["Select"], &values["Multiple"]),
            (&Value::Null, &json!(["B"])),
            "{values}"
        );
    }

    for kind in KINDS {
        for name in [
            "Text", "Magic", "Number", "Date", "Select", "Multiple", "Contacts", "Users", "Deals",
        ] {
            let field = "SELECT string_agg(id::text, ' ') FROM custom_fields WHERE name = ";
            let before = world.server.database.text(&format!("{field}'{name}'")).await;
            world
                .admin("DELETE", &format!("{}/{name}", fields(kind)), Value::Null)
                .await;
            world
                .assert_whole(&format!("the field {name} of {kind} was deleted"))
                .await;
            let after = format!(
                "SELECT coalesce(string_agg(id::text, ' '), '') FROM custom_fields WHERE name = '{name}'"
            );
            let after = world.server.database.text(&after).await;
            assert!(before.len() > after.len(), "{name} of {kind} was there");
        }
    }
    let deal = rest
        .deals(EVERYTHING, "Deals")
        .get(&world.deals[0])
        .await
        .unwrap();
    assert_eq!(deal["customFieldValues"], json!({}), "{deal}");

    world
        .admin("DELETE", &format!("/v1/groups/{EVERYTHING}"), Value::Null)
        .await;
    world.gone.push(EVERYTHING.to_owned());
    world.gone.append(&mut world.deals);
    world.assert_whole("the group was deleted").await;
    assert_eq!(
        world
            .server
            .database
            .number("SELECT count(*) FROM object_people")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_goes_with_everything_at_once() {
    let mut world = World::new().await;
    world
        .admin("DELETE", &format!("/v1/groups/{EVERYTHING}"), Value::Null)
        .await;
    world.gone.push(EVERYTHING.to_owned());
    world.gone.append(&mut world.deals);
    world.assert_whole("the group was deleted").await;
    let [rest, _] = world.server.both();
    let person = rest.get(&world.people[0]).await.unwrap();
    assert_eq!(person["customFieldValues"], json!({}));
    assert_eq!(
        person["companies"].as_array().map(Vec::len),
        Some(MANY),
        "companies are in no group"
    );
    assert_eq!(
        rest.get(&world.people[0]).await.unwrap()["interactionMetadata"]["workspace"]["approximateCount"],
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_ids_has_a_foreign_key_or_a_reason() {
    let database = TestDatabase::new().await;
    let sql = "SELECT c.table_name::text || '.' || c.column_name FROM information_schema.columns c \
            JOIN information_schema.tables t USING (table_schema, table_name) \
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name IN ('uuid', '_uuid') \
            AND c.column_name <> 'id' AND NOT EXISTS ( \
                SELECT FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) \
                WHERE k.contype = 'f' AND k.conrelid = format('%I', c.table_name)::regclass AND a.attname = c.column_name) \
        ORDER BY 1";
    let rows = database.connect().await.query(sql, &[]).await.unwrap();
    let without: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let reasons = [
        // Looked up before a workspace is known; users are never deleted.
        "api_keys.user_id",
        // The log outlives what it tells of.
        "changes.actor_id",
        "changes.entity_id",
        // What was answered outlives it, without the answer.
        "remembered_requests.record_ids",
    ];
    assert_eq!(without, reasons);
}
