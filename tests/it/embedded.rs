//! `people serve` with nothing set: a PostgreSQL and a demo workspace of its own.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::fixture::{BOB, ENGINEERING, FRIENDS};
use tests::{Api, Program, RestClient, command, sample};

async fn serve(data_dir: &Path) -> Program {
    let mut serve = command("");
    serve
        .env_remove("DATABASE_URL")
        .env("PEOPLE_DATA_DIR", data_dir)
        .arg("serve");
    Program::start(serve).await
}

fn demo_key(data_dir: &Path) -> String {
    let file = data_dir.join("demo-api-key");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    std::fs::read_to_string(file).unwrap().trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_later_ones_and_one_after_a_crash_serve_the_same_data() {
    let directory = tempfile::tempdir().unwrap();
    // PostgreSQL runs as another user when the tests run as root.
    std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let data_dir = directory.path().join("data");

    let mut program = serve(&data_dir).await;
    let key = demo_key(&data_dir);
    let mut made = Vec::new();
    for crash in [true, false] {
        let rest = Api::Rest(RestClient {
            address: program.rest(),
            key: key.clone(),
        });
        assert_eq!(rest.get(BOB).await.unwrap()["fullName"], "Bob Smith");
        let mut body = sample::documented();
        body["groups"] = json!([{"id": ENGINEERING}, {"id": FRIENDS}]);
        made.push(rest.create(&body).await.unwrap());
        if crash {
            program.kill().await;
        } else {
            program.terminate().await;
            program.ended().await;
        }

        program = serve(&data_dir).await;
        assert_eq!(demo_key(&data_dir), key);
        let rest = Api::Rest(RestClient {
            address: program.rest(),
            key: key.clone(),
        });
        for person in &made {
            assert_eq!(rest.get(person["id"].as_str().unwrap()).await.unwrap(), *person);
        }
    }
    program.terminate().await;
    program.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_on_the_same_data_is_told_who_has_it() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let data_dir = directory.path().join("data");
    let program = serve(&data_dir).await;

    let second = command("")
        .env_remove("DATABASE_URL")
        .env("PEOPLE_DATA_DIR", &data_dir)
        .env("PEOPLE_REST_ADDR", "127.0.0.1:0")
        .env("PEOPLE_GRPC_ADDR", "127.0.0.1:0")
        .arg("serve")
        .output()
        .await
        .unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(!second.status.success());
    let holder = format!("in use by another people (process {})", program.id());
    for needed in [data_dir.to_str().unwrap(), &holder, "another PEOPLE_DATA_DIR"] {
        assert!(said.contains(needed), "{said}");
    }

    // A command beside it uses the server that runs.
    let demo = command("")
        .env_remove("DATABASE_URL")
        .env("PEOPLE_DATA_DIR", &data_dir)
        .arg("demo")
        .output()
        .await
        .unwrap();
    let said = String::from_utf8(demo.stdout).unwrap();
    assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
    assert!(said.contains(&demo_key(&data_dir)), "{said}");
    program.terminate().await;
    program.ended().await;
}

/// The process of the PostgreSQL on these data, if there is one.
fn postmaster(data_dir: &Path) -> Option<String> {
    let file = std::fs::read_to_string(data_dir.join("pg/postmaster.pid")).ok()?;
    Some(file.lines().next()?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_killed_is_started_again_and_has_lost_nothing() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let data_dir = directory.path().join("data");
    let program = serve(&data_dir).await;
    let rest = RestClient {
        address: program.rest(),
        key: demo_key(&data_dir),
    };
    for _ in 0..2 {
        let answer = rest
            .send("POST", "/v1/people", json!({"firstName": "Ada"}).to_string())
            .await;
        let id = answer.json()["data"]["id"].as_str().unwrap().to_owned();

        let killed_one = postmaster(&data_dir).unwrap();
        let killed = std::process::Command::new("kill")
            .args(["-9", &killed_one])
            .status()
            .unwrap();
        assert!(killed.success());

        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let answer = rest.send("GET", &format!("/v1/people/{id}"), "").await;
            // For a moment the backends of the one that was killed still answer.
            let is_another = postmaster(&data_dir).is_some_and(|pid| pid != killed_one);
            if answer.status == 200 && is_another {
                break;
            }
            if answer.status != 200 {
                assert_eq!(answer.error(), (503, "SERVICE_UNAVAILABLE".to_owned()));
            }
            assert!(Instant::now() < deadline, "the database does not come back");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    program.terminate().await;
    program.ended().await;
}
