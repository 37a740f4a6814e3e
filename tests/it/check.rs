//! `people check`: a database that was used is clean, and one that was broken past the program is told of.

use std::collections::BTreeSet;

use serde_json::Value;
use tests::fixture::{EVERYTHING, PROJECT};
use tests::{TestDatabase, people};

use crate::dangling::world::World;

/// An id of nothing.
const NOTHING: &str = "00000000-0000-4000-8000-00000000dead";

fn uuid(id: &str) -> &str {
    id.split_once('_').unwrap().1
}

/// The exit code, and where which rule is broken.
async fn check(database: &TestDatabase) -> (i32, BTreeSet<String>) {
    let output = people(database.url(), &["check", "--json"]).await;
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let place = |finding: &Value| {
        let part = |name: &str| finding[name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", part("table"), part("column"), part("rule"))
    };
    let found = report["findings"].as_array().unwrap().iter().map(place).collect();
    (output.status.code().unwrap(), found)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_in_use_is_clean_and_each_break_is_told_without_anything_personal() {
    let world = World::new().await;
    let [rest, grpc] = world.server.both();
    grpc.delete(&world.people[3]).await.unwrap();
    rest.companies().delete(&world.companies[3]).await.unwrap();
    rest.deals(EVERYTHING, "Deals")
        .delete(&world.deals[3])
        .await
        .unwrap();
    let database = &world.server.database;
    let output = people(database.url(), &["check"]).await;
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.ends_with("nothing is wrong.\n"), "{said}");

    let [one, two, three] = [0, 1, 2].map(|place| uuid(&world.people[place]));
    let [company, other] = [0, 1].map(|place| uuid(&world.companies[place]));
    let field = |name: &str, of: &str| {
        format!(
            "(SELECT id FROM custom_fields WHERE name = '{name}' AND entity_type = '{of}' AND group_id = '{}')",
            uuid(EVERYTHING)
        )
    };
    let workspace = format!("(SELECT workspace_id FROM people WHERE id = '{one}')");
    let set = |person: &str, field: &str, value: &str| {
        format!(
            "UPDATE person_memberships SET \"values\" = \"values\" || jsonb_build_object({field}::text, {value}) \
             WHERE person_id = '{person}'"
        )
    };
    let entry = |entity: &str, operation: &str, payload: &str| {
        format!(
            "INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation, payload) \
             SELECT workspace_id, now(), id, 'person', '{entity}', '{operation}', {payload} FROM users \
             WHERE workspace_id = {workspace} LIMIT 1"
        )
    };
    let breaks = [
        (
            "ALTER TABLE people ADD CONSTRAINT later CHECK (version > 0) NOT VALID".to_owned(),
            "people - constraint_not_valid",
        ),
        (
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'people_texts_idx'::regclass"
                .to_owned(),
            "people - index_not_valid",
        ),
        (
            "ALTER TABLE groups DISABLE TRIGGER ALL".to_owned(),
            "groups - trigger_disabled",
        ),
        (
            "ALTER TABLE users DISABLE ROW LEVEL SECURITY".to_owned(),
            "users - row_security_disabled",
        ),
        (
            format!(
                "INSERT INTO person_companies SELECT workspace_id, id, '{NOTHING}', 99 FROM people WHERE id = '{one}'"
            ),
            "person_companies company_id dangling_reference",
        ),
        (
            "UPDATE users SET email_key = 'no such' WHERE email_key = 'john.doe@example.com'".to_owned(),
            "users email_key derived_column",
        ),
        (
            format!("UPDATE people SET full_name = 'Secret' WHERE id = '{one}'"),
            "people full_name derived_column",
        ),
        (
            format!("UPDATE people SET email_keys = '{{secret}}' WHERE id = '{one}'"),
            "people email_keys derived_column",
        ),
        (
            format!("UPDATE companies SET name_key = '' WHERE id = '{company}'"),
            "companies name_key derived_column",
        ),
        (
            set(two, &field("Number", "person"), "'Secret'"),
            "person_memberships values unreadable",
        ),
        (
            set(one, &format!("'{NOTHING}'"), "'Secret'"),
            "person_memberships values value_without_field",
        ),
        (
            set(one, &field("Contacts", "person"), "'Secret'"),
            "person_memberships values value_in_wrong_place",
        ),
        (
            set(one, &field("Select", "person"), &format!("'{NOTHING}'")),
            "person_memberships values unknown_option",
        ),
        (
            format!(
                "UPDATE person_references SET field_id = {} WHERE person_id = '{three}' AND position = 0 AND field_id = {}",
                field("Users", "company"),
                field("Users", "person")
            ),
            "person_references field_id link_without_field",
        ),
        (
            format!(
                "UPDATE person_references SET target_object_id = '{}' WHERE person_id = '{three}' AND position = 0 \
                 AND field_id = {}",
                uuid(PROJECT),
                field("Deals", "person")
            ),
            "person_references target_object_id link_to_other_kind",
        ),
        (
            "UPDATE custom_field_options SET position = 0".to_owned(),
            "custom_field_options position position_taken",
        ),
        (
            format!("UPDATE person_companies SET position = 0 WHERE person_id = '{three}'"),
            "person_companies position position_taken",
        ),
        (
            format!("UPDATE person_interaction_counts SET count = count + 1 WHERE person_id = '{one}'"),
            "person_interaction_counts count interaction_count",
        ),
        (
            format!("DELETE FROM company_interaction_counts WHERE company_id = '{company}'"),
            "company_interaction_counts count interaction_count",
        ),
        (
            format!("DELETE FROM changes WHERE entity_id = '{two}' AND operation = 'create'"),
            "people id no_create_entry",
        ),
        (
            format!("UPDATE people SET version = version + 1 WHERE id = '{three}'"),
            "people version version_unlike_log",
        ),
        (
            format!("UPDATE companies SET updated_at = updated_at + interval '1 s' WHERE id = '{other}'"),
            "companies updated_at updated_unlike_log",
        ),
        (
            entry(NOTHING, "create", "NULL"),
            "changes entity_id gone_without_delete",
        ),
        (
            entry("00000000-0000-4000-8000-00000000beef", "delete", "'{}'"),
            "changes payload told_after_delete",
        ),
        (
            format!(
                "INSERT INTO remembered_requests (workspace_id, user_id, operation, request_id, request_hash, answer, \
                 record_ids, created_at) SELECT workspace_id, id, 'x', 'secret', '', '', '{{{NOTHING}}}', now() FROM users \
                 WHERE workspace_id = {workspace} LIMIT 1"
            ),
            "remembered_requests answer answer_shows_deleted",
        ),
    ];
    let client = database.connect().await;
    // As when triggers are off while a dump is restored.
    client
        .batch_execute("SET session_replication_role = replica")
        .await
        .unwrap();
    let mut expected = BTreeSet::new();
    for (sql, place) in breaks {
        client
            .batch_execute(&sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        expected.insert(place.to_owned());
    }
    assert_eq!(check(database).await, (1, expected));

    let output = people(database.url(), &["check"]).await;
    let said = String::from_utf8(output.stdout).unwrap();
    for personal in ["Secret", "secret", "Person 0", "@", "no such"] {
        assert!(!said.contains(personal), "{personal} is told: {said}");
    }
    assert!(said.contains(one) && said.contains("what to do: "), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_workspace_alone_can_be_checked_and_one_without_definitions_is_told() {
    let database = TestDatabase::new().await;
    let client = database.connect().await;
    let sql = "DELETE FROM definition_versions USING workspaces w WHERE w.id = workspace_id \
        AND w.name = (SELECT max(name) FROM workspaces) RETURNING w.name, (SELECT min(name) FROM workspaces)";
    let row = client.query_one(sql, &[]).await.unwrap();
    let (broken, whole): (String, String) = (row.get(0), row.get(1));
    let code = async |name: &str| {
        people(database.url(), &["check", "--workspace", name])
            .await
            .status
            .code()
    };
    assert_eq!(code(&whole).await, Some(0));
    assert_eq!(code(&broken).await, Some(1));
    assert_eq!(code("nobody's").await, Some(2));
    let found = BTreeSet::from(["definition_versions - no_definition_version".to_owned()]);
    assert_eq!(check(&database).await, (1, found));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_checked_is_neither_clean_nor_broken() {
    let empty = TestDatabase::empty().await;
    for (url, needed) in [
        (empty.url(), "people migrate"),
        (
            "postgres://nobody:secret@127.0.0.1:1/nothing",
            "cannot be reached",
        ),
    ] {
        let output = people(url, &["check"]).await;
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(needed) && !said.contains("secret"), "{said}");
    }
}
