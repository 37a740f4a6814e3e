//! The second line between workspaces: what a statement without a workspace in its `WHERE` sees.

use diesel_async::SimpleAsyncConnection as _;
use persistence::{Loaded, companies, definitions, people};
use tests::fixture::{BOB, OTHER_GROUP, TECH_CORP};
use tests::{TestDatabase, fixture};
use tokio_postgres::Client;
use uuid::Uuid;

async fn tenant_tables(client: &Client) -> Vec<String> {
    let sql = "SELECT table_name::text FROM information_schema.columns \
        WHERE table_schema = 'public' AND column_name = 'workspace_id' AND table_name <> 'api_keys' ORDER BY 1";
    let rows = client.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

async fn count(client: &Client, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    client.query_one(&sql, &[]).await.unwrap().get(0)
}

/// The two workspaces of the fixture, as text.
async fn workspaces(client: &Client) -> Vec<String> {
    let sql = "SELECT id::text FROM workspaces ORDER BY name";
    let rows = client.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_forgets_the_workspace_sees_its_own_rows_only() {
    let database = TestDatabase::new().await;
    let owner = database.connect().await;
    let service = database.connect().await;
    service.batch_execute("SET ROLE people_service").await.unwrap();
    let workspaces = workspaces(&owner).await;
    assert_eq!(workspaces.len(), 2);
    let mut seen_of_both = 0;
    for table in tenant_tables(&owner).await {
        assert_eq!(count(&service, &table).await, 0, "{table} without a workspace");
        let mut seen = 0;
        for workspace in &workspaces {
            let sql = format!("SELECT count(*) FROM {table} WHERE workspace_id = '{workspace}'");
            let there: i64 = owner.query_one(&sql, &[]).await.unwrap().get(0);
            let begin = format!("BEGIN; SET LOCAL people.workspace_id = '{workspace}'");
            service.batch_execute(&begin).await.unwrap();
            assert_eq!(count(&service, &table).await, there, "{table}");
            service.batch_execute("COMMIT").await.unwrap();
            assert_eq!(count(&service, &table).await, 0, "{table} after the transaction");
            seen += there;
            seen_of_both += i32::from(there > 0);
        }
        assert_eq!(count(&owner, &table).await, seen, "{table}");
    }
    // Or nothing was shown by this.
    assert!(seen_of_both > 10, "{seen_of_both}");
}

/// A read is sent with the beginning and the end of its transaction. Were it ever to miss that, nobody may be told that there is
/// nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_read_outside_of_its_transaction_fails() {
    let database = TestDatabase::new().await;
    let (mut connection, workspace) = fixture::connection(database.url()).await;
    let definitions = definitions::load(&connection, workspace).await.unwrap().unwrap();
    connection.batch_execute("SET ROLE people_service").await.unwrap();
    let begin = format!("BEGIN; SET LOCAL people.workspace_id = '{}'", workspace.uuid());
    let id = |id: &str| Uuid::parse_str(&id[4..]).unwrap();
    for (before, there) in [
        ("RESET people.workspace_id", false),
        (&begin, true),
        ("COMMIT", false),
    ] {
        connection.batch_execute(before).await.unwrap();
        let person = people::load(&connection, workspace, &[id(BOB).into()], &definitions).await;
        let person = person.map(|loaded| matches!(loaded, Loaded::Found(found) if found.len() == 1));
        assert_eq!(person.ok(), there.then_some(true), "{before}");
        let company = companies::load(&connection, workspace, &[id(TECH_CORP).into()], &definitions).await;
        let company = company.map(|loaded| matches!(loaded, Loaded::Found(found) if found.len() == 1));
        assert_eq!(company.ok(), there.then_some(true), "{before}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_into_another_workspace() {
    let database = TestDatabase::new().await;
    let service = database.connect().await;
    let workspaces = workspaces(&service).await;
    let (demo, other) = (&workspaces[0], &workspaces[1]);
    service
        .batch_execute(&format!(
            "SET ROLE people_service; SET people.workspace_id = '{demo}'"
        ))
        .await
        .unwrap();
    let group = OTHER_GROUP.trim_start_matches("grp_");
    let insert = format!(
        "INSERT INTO groups (workspace_id, id, name, created_at) VALUES ('{other}', gen_random_uuid(), 'X', now())"
    );
    let error = service.batch_execute(&insert).await.unwrap_err();
    let refusal = error.as_db_error().unwrap().message();
    assert!(refusal.contains("row-level security"), "{refusal}");
    for statement in [
        format!("UPDATE groups SET name = 'X' WHERE id = '{group}'"),
        format!("DELETE FROM groups WHERE id = '{group}'"),
    ] {
        assert_eq!(service.execute(&statement, &[]).await.unwrap(), 0, "{statement}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_a_tenant_has_the_policies_and_no_more_is_granted() {
    let database = TestDatabase::new().await;
    let client = database.connect().await;
    for table in tenant_tables(&client).await {
        let sql = "SELECT c.relrowsecurity, \
                (SELECT string_agg(p.polname || ' ' || p.polcmd::text, ', ' ORDER BY p.polname) FROM pg_policy p \
                    WHERE p.polrelid = c.oid), \
                (SELECT string_agg(g.grantee || ' ' || g.privilege_type, ', ' ORDER BY g.grantee, g.privilege_type) \
                    FROM information_schema.role_table_grants g WHERE g.table_name = c.relname \
                    AND g.grantee IN ('people_service', 'people_search', 'PUBLIC')) \
            FROM pg_class c WHERE c.relname = $1 AND c.relnamespace = 'public'::regnamespace";
        let row = client.query_one(sql, &[&table]).await.unwrap();
        assert!(row.get::<_, bool>(0), "{table}");
        assert_eq!(
            row.get::<_, Option<&str>>(1),
            Some("own_workspace *, search r"),
            "{table}"
        );
        assert_eq!(
            row.get::<_, Option<&str>>(2),
            Some(
                "people_search SELECT, people_service DELETE, people_service INSERT, people_service SELECT, \
                 people_service UPDATE"
            ),
            "{table}"
        );
    }
}
