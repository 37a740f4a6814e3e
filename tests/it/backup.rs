//! Backups that are taken while the program runs, and brought back: what docs/operations.md tells to do.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;
use tests::fixture::KEY;
use tests::{Api, GrpcClient, Program, RestClient, TestPostgres, command, people};
use tokio::process::Command;

use crate::dangling::world::World;

async fn run(program: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program).args(arguments).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.success(), said)
}

async fn succeed(program: &str, arguments: &[&str]) -> String {
    let (succeeded, said) = run(program, arguments).await;
    assert!(succeeded, "{program}: {said}");
    said
}

/// Runs these lines with the data directory as `$D` and that of backups as `$B`.
async fn shell(lines: &str, data: &Path, backups: &Path) -> String {
    let script = format!("set -e\nD={}\nB={}\n{lines}", data.display(), backups.display());
    succeed("sh", &["-c", &script]).await.trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_is_restored_on_another_server_serves_the_same_and_is_sound() {
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

    let elsewhere = TestPostgres::empty().await;
    let into = format!("--dbname={}", elsewhere.url());
    let restore = ["--exit-on-error", "--no-owner", &into, dump];
    let (restored, said) = run("pg_restore", &restore).await;
    assert!(
        !restored && said.contains("role \"people_service\" does not exist"),
        "{said}"
    );
    // Once more, into an empty database, as it is told.
    let client = elsewhere.connect().await.unwrap();
    client
        .batch_execute(
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public; \
             CREATE ROLE people_service NOLOGIN; CREATE ROLE people_search NOLOGIN",
        )
        .await
        .unwrap();
    succeed("pg_restore", &restore).await;

    let mut serve = command(elsewhere.url());
    serve
        .arg("serve")
        .envs([("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_MIGRATE", "false")]);
    let program = Program::start(serve).await;
    let rest = RestClient {
        address: program.rest(),
        key: KEY.to_owned(),
    };
    let doors = [
        Api::Rest(rest),
        Api::Grpc(Box::new(GrpcClient::new(program.grpc(), KEY))),
    ];
    assert!(!ids.is_empty());
    for (before, after) in server.both().iter().zip(&doors) {
        for id in &ids {
            assert_eq!(before.get(id).await.unwrap(), after.get(id).await.unwrap());
        }
        after.create(&json!({"firstName": "Later"})).await.unwrap();
    }
    let output = people(elsewhere.url(), &["check"]).await;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

async fn serve(data: &Path) -> (Program, RestClient) {
    let mut serve = command("");
    serve
        .env_remove("DATABASE_URL")
        .env("PEOPLE_DATA_DIR", data)
        .arg("serve");
    let program = Program::start(serve).await;
    let client = RestClient {
        address: program.rest(),
        key: std::fs::read_to_string(data.join("demo-api-key"))
            .unwrap()
            .trim()
            .to_owned(),
    };
    (program, client)
}

async fn stop(program: Program) {
    program.terminate().await;
    program.ended().await;
}

async fn create(client: &RestClient, name: &str) -> String {
    let body = json!({"firstName": name}).to_string();
    let created = client.send("POST", "/v1/people", body).await;
    assert_eq!(created.status, 200, "{}", created.text);
    created.json()["data"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_backup_and_the_log_after_it_bring_back_a_moment_of_the_programs_own_postgres() {
    let directory = tempfile::tempdir().unwrap();
    let (data, backups) = (directory.path().join("data"), directory.path().join("backups"));
    let wal = backups.join("wal");
    std::fs::create_dir_all(&wal).unwrap();
    // PostgreSQL runs as another user when the tests run as root.
    for (path, mode) in [(directory.path(), 0o755), (&backups, 0o755), (&wal, 0o777)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let sql = async |statements: &str| {
        let lines = format!("psql --host $D/run --username people -qAt people {statements}");
        shell(&lines, &data, &backups).await
    };
    let (program, _) = serve(&data).await;
    sql("-c 'ALTER SYSTEM SET archive_mode = on' \
         -c \"ALTER SYSTEM SET archive_command = 'test ! -f $B/wal/%f && cp %p $B/wal/%f'\"")
    .await;
    stop(program).await;

    let (program, client) = serve(&data).await;
    let in_the_backup = create(&client, "In the backup").await;
    let base = "pg_basebackup --host $D/run --username people --pgdata $B/base --format=tar --gzip --checkpoint=fast";
    shell(base, &data, &backups).await;
    let in_the_log = create(&client, "In the log").await;
    let moment = sql("-c 'SELECT clock_timestamp()'").await;
    let too_late = create(&client, "Too late").await;
    for id in [&in_the_backup, &in_the_log] {
        let deleted = client.send("DELETE", &format!("/v1/people/{id}"), "").await;
        assert!(deleted.status.is_success(), "{}", deleted.text);
    }
    let last = sql("-c 'SELECT pg_walfile_name(pg_switch_wal())'").await;
    while !wal.join(&last).exists() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    stop(program).await;

    let restore = format!(
        "cd $D; mv pg pg.before; mkdir -m 700 pg
         tar -xzf $B/base/base.tar.gz -C pg; tar -xzf $B/base/pg_wal.tar.gz -C pg/pg_wal
         echo \"restore_command = 'cp $B/wal/%f %p'\" >> pg/postgresql.auto.conf
         echo \"recovery_target_time = '{moment}'\" >> pg/postgresql.auto.conf
         echo \"recovery_target_action = 'promote'\" >> pg/postgresql.auto.conf
         echo \"hot_standby = 'off'\" >> pg/postgresql.auto.conf
         touch pg/recovery.signal; chown -R --reference=pg.before pg"
    );
    shell(&restore, &data, &backups).await;
    let (program, client) = serve(&data).await;
    for (id, status) in [(&in_the_backup, 200), (&in_the_log, 200), (&too_late, 404)] {
        let got = client.send("GET", &format!("/v1/people/{id}"), "").await;
        assert_eq!(got.status, status, "{}", got.text);
    }
    create(&client, "Afterwards").await;
    let mut check = command("");
    check
        .env_remove("DATABASE_URL")
        .env("PEOPLE_DATA_DIR", &data)
        .arg("check");
    let output = check.output().await.unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    stop(program).await;
}
