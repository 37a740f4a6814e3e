//! A dump that is taken while the program runs, restored elsewhere: what docs/operations.md tells to do.

use tests::{TestDatabase, TestServer, people};
use tokio::process::Command;

use crate::dangling::world::World;

async fn succeed(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output().await.unwrap();
    assert!(output.status.success(), "{program}: {output:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_is_restored_elsewhere_serves_the_same_and_is_sound() {
    let World {
        server,
        people: ids,
        companies: _,
        deals: _,
        gone: _,
    } = World::new().await;
    let directory = tempfile::tempdir().unwrap();
    let dump = directory.path().join("people.dump");
    let dump = dump.to_str().unwrap();
    succeed(
        "pg_dump",
        &["--format=custom", "--file", dump, server.database.url()],
    )
    .await;

    let elsewhere = TestDatabase::empty().await;
    let into = format!("--dbname={}", elsewhere.url());
    succeed("pg_restore", &["--exit-on-error", "--no-owner", &into, dump]).await;
    let restored = TestServer::start_with(elsewhere, &[("PEOPLE_RATE_LIMIT", "0")]).await;
    let ([before, _], [after, _]) = (server.both(), restored.both());
    for id in &ids {
        assert_eq!(before.get(id).await.unwrap(), after.get(id).await.unwrap());
    }
    let output = people(restored.database.url(), &["check"]).await;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
