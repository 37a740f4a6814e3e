//! Another workspace's key sees and changes nothing: every RPC and every route there is, by enumeration, so that a new
//! one cannot be forgotten.

mod routes;
mod row_level_security;
mod rpcs;
mod sessions;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use tests::fixture::{BOB, EVERYTHING, JANE, KEY};
use tests::{TestDatabase, TestServer, sample};

/// The first workspace, whose ids a stranger holds.
struct Ours {
    server: TestServer,
    /// A person with everything.
    person: String,
    /// A company that was made by name.
    company: String,
    /// A custom field of the group Everything.
    field: String,
    /// An API key of Jane's.
    key: String,
    /// A page token of the people.
    token: String,
    /// What nobody else may be shown: names and ids.
    secrets: BTreeSet<String>,
}

impl Ours {
    async fn new() -> Self {
        let server = TestServer::unlimited().await;
        let [rest, grpc] = server.both();
        let mut body = sample::full();
        body["companies"] = json!([{"name": "Secret company"}]);
        let person = rest.create_once(&body, "secret key").await.unwrap();
        let id = person["id"].as_str().unwrap();
        rest.update(id, &json!({"jobTitle": "Secret job"})).await.unwrap();
        let interaction = json!({"entity": {"id": id}, "dateTime": "2025-01-01T00:00:00Z", "title": "Secret title",
            "content": "Secret content", "type": "call"});
        rest.log(&interaction, "").await.unwrap();
        let database = &server.database;
        let field = "SELECT 'cfd_' || id FROM custom_fields WHERE name = 'Multiple'";
        let key = format!(
            "SELECT 'key_' || max(id::text) FROM api_keys WHERE 'usr_' || user_id = '{JANE}' AND revoked_at IS NULL"
        );
        let token = grpc.list(&tests::Query::pages_of(1)).await.unwrap().next.unwrap();
        let mut secrets = ids(database).await;
        let names = [
            "Lovelace",
            "Secret",
            "Bob Smith",
            "John Doe",
            "john.doe@",
            "jane@",
            "Everything",
            "Engineering languages",
            "HR services",
            "Favorite color",
        ];
        secrets.extend(names.map(str::to_owned));
        let company = person["companies"][0]["id"].as_str().unwrap().to_owned();
        let (field, key) = (database.text(field).await, database.text(&key).await);
        assert!(secrets.contains(&BOB[4..]) && secrets.contains(&EVERYTHING[4..]));
        Self {
            person: id.to_owned(),
            company,
            field,
            key,
            token,
            secrets,
            server,
        }
    }

    /// The secrets that an answer holds and the question did not.
    fn seen(&self, question: &str, answer: &str) -> Vec<&String> {
        let told = self.secrets.iter().filter(|secret| answer.contains(*secret));
        told.filter(|secret| !question.contains(*secret)).collect()
    }

    /// A checksum of each table's rows of the first workspace.
    async fn checksums(&self) -> BTreeMap<String, String> {
        let client = self.server.database.connect().await;
        let mut sums = BTreeMap::new();
        for (table, column) in tables(&self.server.database).await {
            let sql = format!(
                "SELECT count(*)::text || ' ' || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') \
                 FROM \"{table}\" t WHERE {column} = ({OURS})"
            );
            sums.insert(table, client.query_one(&sql, &[]).await.unwrap().get(0));
        }
        sums
    }
}

/// The first workspace's id.
const OURS: &str = "SELECT workspace_id FROM groups WHERE name = 'Everything'";

/// Every table with the column that says whose a row is.
async fn tables(database: &TestDatabase) -> Vec<(String, &'static str)> {
    let sql = "SELECT t.table_name::text, EXISTS (SELECT FROM information_schema.columns c \
            WHERE c.table_schema = 'public' AND c.table_name = t.table_name AND c.column_name = 'workspace_id') \
        FROM information_schema.tables t WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' \
            AND t.table_name <> '__diesel_schema_migrations'";
    let rows = database.connect().await.query(sql, &[]).await.unwrap();
    assert!(rows.len() > 15, "the tables are elsewhere");
    let tables = rows.iter().map(|row| {
        let (table, has_column): (String, bool) = (row.get(0), row.get(1));
        assert!(
            has_column || table == "workspaces",
            "whose rows does {table} have?"
        );
        (table, if has_column { "workspace_id" } else { "id" })
    });
    tables.collect()
}

/// Every UUID in any row of the first workspace.
async fn ids(database: &TestDatabase) -> BTreeSet<String> {
    let client = database.connect().await;
    let mut all = BTreeSet::new();
    for (table, column) in tables(database).await {
        let sql = format!(
            "SELECT DISTINCT m[1] FROM \"{table}\" t, regexp_matches(t::text, \
             '([0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}})', 'g') AS m \
             WHERE {column} = ({OURS})"
        );
        all.extend(
            client
                .query(&sql, &[])
                .await
                .unwrap()
                .iter()
                .map(|row| row.get::<_, String>(0)),
        );
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_owner_sees_would_be_noticed() {
    let ours = Ours::new().await;
    let before = ours.checksums().await;
    let [rest, _] = ours.server.both_as(KEY);
    let shown = rest.get(&ours.person).await.unwrap().to_string();
    assert!(ours.seen("", &shown).len() > 10);
    rest.update(&ours.person, &json!({"firstName": "X"}))
        .await
        .unwrap();
    let after = ours.checksums().await;
    let changed: Vec<_> = before
        .iter()
        .filter(|(table, sum)| after[*table] != **sum)
        .map(|(table, _)| table)
        .collect();
    assert_eq!(changed, ["changes", "people"]);
}
