//! The embedded PostgreSQL against the real programs: starts, crashes, strangers. Needs PostgreSQL's binaries.

#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use server::embedded::{EmbeddedPostgres, Error, Settings};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

const PATIENCE: Duration = Duration::from_secs(60);

/// Tells a copy of this test program to hold the directory until it is killed.
const HOLD: &str = "PEOPLE_TEST_HOLD";

fn data_dir() -> TempDir {
    let directory = tempfile::Builder::new()
        .prefix("people-")
        .tempdir_in("/tmp")
        .unwrap();
    // As root the server runs as somebody else, who has to pass through.
    std::fs::set_permissions(directory.path(), PermissionsExt::from_mode(0o711)).unwrap();
    directory
}

fn settings(data_dir: &Path) -> Settings {
    Settings {
        data_dir: data_dir.to_owned(),
        bin_dir: None,
        child_launcher: env!("CARGO_BIN_EXE_people").into(),
        durable: true,
    }
}

async fn connect(postgres: &EmbeddedPostgres) -> Client {
    let (client, connection) = tokio_postgres::connect(postgres.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

fn server_pid(data_dir: &Path) -> i32 {
    let text = std::fs::read_to_string(data_dir.join("pg/postmaster.pid")).unwrap();
    text.lines().next().unwrap().parse().unwrap()
}

/// Whether the process still runs; one that has ended but was not waited for does not.
fn runs(pid: i32) -> bool {
    let answer = Command::new("ps")
        .args(["-o", "stat=", "-p", &pid.to_string()])
        .output()
        .unwrap();
    let state = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

async fn until(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn spawn_holder(data_dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "hold_the_directory_until_killed"])
        .env(HOLD, data_dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Not a test of its own: the other program in the tests that need one.
#[tokio::test]
#[ignore = "started by other tests"]
async fn hold_the_directory_until_killed() {
    let Some(data_dir) = std::env::var_os(HOLD) else {
        return;
    };
    let postgres = EmbeddedPostgres::start(&settings(Path::new(&data_dir)))
        .await
        .unwrap();
    let client = connect(&postgres).await;
    client
        .batch_execute("create table if not exists kept (n int); insert into kept values (1)")
        .await
        .unwrap();
    std::fs::write(Path::new(&data_dir).join("holding"), "").unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn what_was_written_is_there_after_a_stop_and_a_second_start() {
    let directory = data_dir();
    let first = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    assert!(first.is_ours());
    let client = connect(&first).await;
    client
        .batch_execute("create table kept (name text); insert into kept values ('ÉLODIE')")
        .await
        .unwrap();
    let pid = server_pid(directory.path());
    first.stop().await;
    assert!(!runs(pid));

    let second = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    let client = connect(&second).await;
    let found = client
        .query("select 1 from kept where name ilike '%élo%'", &[])
        .await
        .unwrap();
    assert_eq!(found.len(), 1, "case must be ignored beyond ASCII too");
}

#[tokio::test]
async fn only_its_user_reaches_the_server_and_its_log_repeats_no_values() {
    let directory = data_dir();
    let postgres = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    for private in ["pg", "run"] {
        let mode = std::fs::metadata(directory.path().join(private))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700, "{private}");
    }
    let client = connect(&postgres).await;
    let listens = client.query_one("show listen_addresses", &[]).await.unwrap();
    assert_eq!(listens.get::<_, &str>(0), "");
    client
        .batch_execute("create table t (email text primary key); insert into t values ('a@secret')")
        .await
        .unwrap();
    client
        .batch_execute("insert into t values ('a@secret')")
        .await
        .unwrap_err();
    client.batch_execute("select 'a@secret'::int").await.unwrap_err();
    postgres.stop().await;
    let log = std::fs::read_to_string(directory.path().join("postgres.log")).unwrap();
    assert!(log.contains("ready to accept connections"), "{log}");
    assert!(!log.contains("secret"), "{log}");
}

#[tokio::test]
async fn dropping_it_ends_the_server() {
    let directory = data_dir();
    let postgres = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    let pid = server_pid(directory.path());
    drop(postgres);
    assert!(!runs(pid));
}

#[tokio::test]
async fn a_killed_program_takes_its_server_along_and_the_next_start_works() {
    let directory = data_dir();
    let mut holder = spawn_holder(directory.path());
    until("the other program is ready", || {
        directory.path().join("holding").exists()
    })
    .await;
    let pid = server_pid(directory.path());
    holder.kill().unwrap();
    holder.wait().unwrap();
    if cfg!(target_os = "linux") {
        until("the server has gone", || !runs(pid)).await;
    }
    let next = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    let rows = connect(&next)
        .await
        .query("select n from kept", &[])
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
}

#[tokio::test]
async fn a_start_right_behind_the_kill_waits_for_the_server_that_is_still_stopping() {
    let directory = data_dir();
    let mut holder = spawn_holder(directory.path());
    until("the other program is ready", || {
        directory.path().join("holding").exists()
    })
    .await;
    holder.kill().unwrap();
    holder.wait().unwrap();
    EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_killed_server_is_noticed_and_the_next_start_recovers() {
    let directory = data_dir();
    let postgres = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    let client = connect(&postgres).await;
    client
        .batch_execute("create table kept (n int); insert into kept values (1)")
        .await
        .unwrap();
    // A backend at work does not notice at once that its server has gone.
    let busy = tokio::spawn(async move {
        client
            .batch_execute("select count(*) from generate_series(1, 1e10)")
            .await
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let ended = postgres.ended();
    kill(Pid::from_raw(server_pid(directory.path())), Signal::SIGKILL).unwrap();
    tokio::time::timeout(PATIENCE, ended).await.unwrap();
    drop(postgres);

    let next = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    let rows = connect(&next)
        .await
        .query("select n from kept", &[])
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    busy.await.unwrap().unwrap_err();
}

#[tokio::test]
async fn killing_program_and_server_together_does_no_harm() {
    let directory = data_dir();
    let mut holder = spawn_holder(directory.path());
    until("the other program is ready", || {
        directory.path().join("holding").exists()
    })
    .await;
    let pid = server_pid(directory.path());
    holder.kill().unwrap();
    // The server may be ending already.
    let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
    holder.wait().unwrap();
    let next = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
    let rows = connect(&next)
        .await
        .query("select n from kept", &[])
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
}

#[tokio::test]
async fn a_first_start_killed_half_way_does_not_hinder_the_next() {
    let directory = data_dir();
    let mut holder = spawn_holder(directory.path());
    let has_unfinished = || {
        std::fs::read_dir(directory.path())
            .unwrap()
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("pg.new-") && entry.path().exists())
    };
    until("initdb is at work", has_unfinished).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(
        !directory.path().join("pg").exists(),
        "the kill came too late to test anything"
    );
    EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_second_program_is_told_who_has_the_directory_and_may_attach() {
    let directory = data_dir();
    let mut holder = spawn_holder(directory.path());
    until("the other program is ready", || {
        directory.path().join("holding").exists()
    })
    .await;
    let error = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::InUse { holder: Some(pid), .. } if pid == holder.id()),
        "{error}"
    );

    let attached = EmbeddedPostgres::open(&settings(directory.path())).await.unwrap();
    assert!(!attached.is_ours());
    connect(&attached)
        .await
        .query_one("select n from kept", &[])
        .await
        .unwrap();
    attached.stop().await;
    let again = EmbeddedPostgres::open(&settings(directory.path())).await.unwrap();
    connect(&again)
        .await
        .query_one("select n from kept", &[])
        .await
        .unwrap();
    holder.kill().unwrap();
    holder.wait().unwrap();
}

#[tokio::test]
async fn a_pid_file_with_the_id_of_a_stranger_does_not_stop_a_start() {
    let directory = data_dir();
    EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap()
        .stop()
        .await;
    // A stranger of the same user is what PostgreSQL itself would take for a running server.
    let mut stranger = Command::new("sleep").arg("300").spawn().unwrap();
    let content = format!("{}\n{}/pg\n1\n5432\n", stranger.id(), directory.path().display());
    std::fs::write(directory.path().join("pg/postmaster.pid"), &content).unwrap();
    std::fs::write(directory.path().join("run/.s.PGSQL.5432.lock"), &content).unwrap();
    let started = EmbeddedPostgres::start(&settings(directory.path())).await;
    assert!(
        runs(stranger.id().try_into().unwrap()),
        "the stranger must be left alone"
    );
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    started.unwrap();
}

#[tokio::test]
async fn a_server_that_cannot_start_says_why_and_at_once() {
    let directory = data_dir();
    EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap()
        .stop()
        .await;
    std::fs::write(
        directory.path().join("pg/postgresql.auto.conf"),
        "no_such_setting = 1\n",
    )
    .unwrap();
    let error = tokio::time::timeout(
        Duration::from_secs(10),
        EmbeddedPostgres::start(&settings(directory.path())),
    )
    .await
    .unwrap()
    .unwrap_err();
    assert!(error.to_string().contains("no_such_setting"), "{error}");
}

#[tokio::test]
async fn data_of_another_major_version_is_refused_with_both_versions() {
    let directory = data_dir();
    let cluster = directory.path().join("pg");
    std::fs::create_dir(&cluster).unwrap();
    std::fs::write(cluster.join("PG_VERSION"), "11\n").unwrap();
    if nix::unistd::Uid::effective().is_root() {
        std::os::unix::fs::chown(&cluster, Some(65_534), None).unwrap();
    }
    let error = EmbeddedPostgres::start(&settings(directory.path()))
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::OtherMajorVersion { wrote: 11, .. }),
        "{error}"
    );
}

#[test]
fn a_launcher_whose_parent_has_gone_starts_nothing() {
    // Process 1 is not the parent of what a test starts.
    let launched = Command::new(env!("CARGO_BIN_EXE_people"))
        .args(["__postgres", "1", "-", "/bin/echo", "no"])
        .output();
    let launched = launched.unwrap();
    assert!(!launched.status.success() && launched.stdout.is_empty());
    assert!(String::from_utf8_lossy(&launched.stderr).contains("has gone"));
}
