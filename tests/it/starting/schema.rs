//! The database is there, but not as the program needs it.

use tests::{Program, TestDatabase, TestPostgres, command, people};

use super::Refusal;

const NO_MIGRATION: (&str, &str) = ("PEOPLE_MIGRATE", "false");

/// Makes the database of this URL look as if a later program had been there.
const LATER: &str = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000000')";

async fn unmigrated(url: &str) -> Refusal {
    let mut serve = command(url);
    serve.arg("serve").envs([NO_MIGRATION]);
    Refusal::of(serve).await
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_migrations_are_named_and_nothing_is_touched() {
    let database = TestDatabase::empty().await;
    let needed = [
        "lacks",
        "create_workspaces",
        "PEOPLE_MIGRATE is false",
        "`people migrate`",
    ];
    unmigrated(database.url()).await.says(&needed);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(database.number(tables).await, 0, "looking is no writing");

    persistence::migrate(database.url()).await.unwrap();
    let last = "DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)";
    database.connect().await.batch_execute(last).await.unwrap();
    unmigrated(database.url()).await.says(&["lacks the migration 20"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_only_reads_is_enough_when_nothing_is_pending() {
    for (migrate, pending) in [("true", false), ("false", false), ("true", true)] {
        let database = match pending {
            true => TestDatabase::empty().await,
            false => TestDatabase::new().await,
        };
        let name: String = database.text("SELECT current_database()::text").await;
        let sql = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
        database.connect().await.batch_execute(&sql).await.unwrap();
        let mut serve = command(database.url());
        serve.arg("serve").env("PEOPLE_MIGRATE", migrate);
        if pending {
            Refusal::of(serve).await.says(&["standby", "DATABASE_URL"]);
        } else {
            Program::start(serve).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_serves_needs_the_roles_and_no_more() {
    let postgres = TestPostgres::start().await;
    let client = postgres.connect().await.unwrap();
    client.batch_execute("CREATE ROLE ann LOGIN").await.unwrap();
    let url = postgres.url().replacen("people@", "ann@", 1);
    unmigrated(&url)
        .await
        .says(&["permission denied", "GRANT people_service, people_search"]);
    client
        .batch_execute("GRANT people_service, people_search TO ann")
        .await
        .unwrap();
    for migrate in ["true", "false"] {
        let mut serve = command(&url);
        serve.arg("serve").env("PEOPLE_MIGRATE", migrate);
        Program::start(serve).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_make_the_roles_or_tables_is_told_who_may() {
    let postgres = TestPostgres::start().await;
    let client = postgres.connect().await.unwrap();
    for sql in [
        "CREATE ROLE ann LOGIN",
        "CREATE ROLE owner LOGIN",
        "CREATE DATABASE theirs OWNER owner TEMPLATE template0",
    ] {
        client.batch_execute(sql).await.unwrap();
    }
    // The server that starts has made the roles for its own database.
    for sql in [
        "DROP OWNED BY people_service, people_search",
        "DROP ROLE people_service, people_search",
    ] {
        client.batch_execute(sql).await.unwrap();
    }
    let url = postgres.url().replacen("people@", "owner@", 1);
    let (place, _) = url.rsplit_once('/').unwrap();
    let theirs = format!("{place}/theirs");
    Refusal::at(&theirs).await.says(&[
        "people_service",
        "is missing",
        "As a superuser: CREATE ROLE people_service",
        "GRANT",
    ]);
    let roles =
        "CREATE ROLE people_service; CREATE ROLE people_search; GRANT people_service, people_search TO owner";
    client.batch_execute(roles).await.unwrap();
    let migrated = people(&theirs, &["migrate"]).await;
    assert!(migrated.status.success(), "{migrated:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_that_is_newer_than_the_program_is_served_and_said_to_be() {
    let database = TestDatabase::new().await;
    database.connect().await.batch_execute(LATER).await.unwrap();
    let output = people(database.url(), &["migrate"]).await;
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "who goes back to an older program must be able to"
    );
    for needed in ["newer than this program", "20990101000000"] {
        assert!(said.contains(needed), "{said}");
    }

    for migrate in ["true", "false"] {
        let directory = tempfile::tempdir().unwrap();
        let log = directory.path().join("log");
        let mut serve = command(database.url());
        serve
            .arg("serve")
            .env("PEOPLE_MIGRATE", migrate)
            .stderr(std::fs::File::create(&log).unwrap());
        Program::start(serve).await;
        let said = std::fs::read_to_string(&log).unwrap();
        assert!(said.contains("newer than this program"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_knows_only_ascii_is_not_migrated() {
    let postgres = TestPostgres::start().await;
    let client = postgres.connect().await.unwrap();
    client
        .batch_execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
        .await
        .unwrap();
    let (place, _) = postgres.url().rsplit_once('/').unwrap();
    let url = format!("{place}/ascii");
    for arguments in [&["serve"][..], &["migrate"]] {
        let mut ran = command(&url);
        ran.args(arguments);
        Refusal::of(ran)
            .await
            .says(&["upper and lower case", "CREATE DATABASE", "C.UTF-8"]);
    }
}
