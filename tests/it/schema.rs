//! Rules of the database's schema, asked of the catalogue.

use tests::TestDatabase;
use tokio_postgres::Client;

/// Tables that come before a workspace is known.
const REFERENCE_TABLES: &str = "('workspaces', 'api_keys', '__diesel_schema_migrations')";

/// Each constraint, index and column, as a line.
async fn described(client: &Client) -> Vec<String> {
    texts(
        client,
        "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
             WHERE connamespace = 'public'::regnamespace \
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
         UNION ALL SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || \
             coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1",
    )
    .await
}

async fn texts(client: &Client, query: &str) -> Vec<String> {
    client
        .query(query, &[])
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_can_be_taken_back_and_applied_again() {
    let database = TestDatabase::empty().await;
    let client = database.connect().await;
    let applied = persistence::migrate(database.url()).await.unwrap();
    assert!(applied > 0);
    let first = described(&client).await;

    assert_eq!(persistence::revert_all(database.url()).await.unwrap(), applied);
    let left = texts(
        &client,
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
    )
    .await;
    assert_eq!(left, ["__diesel_schema_migrations"]);

    assert_eq!(persistence::migrate(database.url()).await.unwrap(), applied);
    assert_eq!(described(&client).await, first);
    assert_eq!(persistence::migrate(database.url()).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_migrate_together_do_so_one_after_the_other() {
    let database = TestDatabase::empty().await;
    let (one, other) = tokio::join!(
        persistence::migrate(database.url()),
        persistence::migrate(database.url())
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!(one == 0 || other == 0, "{one} and {other}");
    assert!(one + other > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_key_of_a_tenants_table_begins_with_the_workspace() {
    let database = TestDatabase::empty().await;
    persistence::migrate(database.url()).await.unwrap();
    let client = database.connect().await;

    let unique = format!(
        "SELECT i.indexrelid::regclass::text FROM pg_index i \
         JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace \
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] \
         WHERE i.indisunique AND a.attname <> 'workspace_id' AND t.relname NOT IN {REFERENCE_TABLES}"
    );
    assert_eq!(texts(&client, &unique).await, Vec::<String>::new());

    let foreign = format!(
        "SELECT c.conname::text FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
         WHERE c.contype = 'f' AND a.attname <> 'workspace_id' AND t.relname NOT IN {REFERENCE_TABLES}"
    );
    assert_eq!(texts(&client, &foreign).await, Vec::<String>::new());

    let without = format!(
        "SELECT t.relname::text FROM pg_class t WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace \
         AND t.relname NOT IN {REFERENCE_TABLES} AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid \
         AND i.indisprimary)"
    );
    assert_eq!(texts(&client, &without).await, Vec::<String>::new());
}
