//! What the program can be asked to do besides serving everything.

use std::process::{Command, Output};

use serde_json::{Value, json};
use tests::fixture::{BOB, KEY};
use tests::{Program, RestClient, TestDatabase, TestServer, command, people};
use tokio::net::TcpListener;

/// For what needs none.
const NO_DATABASE: &str = "postgres://nobody@127.0.0.1:1/nothing";

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn succeeded(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// What a command that failed says.
fn failed(output: &Output) -> String {
    assert!(!output.status.success(), "{}", text(&output.stdout));
    assert_eq!(text(&output.stdout), "", "an error is no result");
    let said = text(&output.stderr);
    assert!(
        said.starts_with("error: ") && !said.contains("panicked"),
        "{said}"
    );
    said
}

#[test]
fn cargo_run_starts_the_service_since_no_other_package_that_is_meant_has_a_binary() {
    let listed = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_str(&succeeded(&listed)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let meant = metadata["workspace_default_members"].as_array().unwrap();
    let targets = packages
        .iter()
        .filter(|package| meant.contains(&package["id"]))
        .flat_map(|package| package["targets"].as_array().unwrap());
    let binaries: Vec<_> = targets
        .filter(|target| target["kind"] == json!(["bin"]))
        .map(|target| &target["name"])
        .collect();
    assert_eq!(binaries, ["people"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_command_the_service_starts() {
    let database = TestDatabase::new().await;
    let program = Program::start(command(database.url())).await;
    let client = RestClient {
        address: program.rest(),
        key: KEY.to_owned(),
    };
    let got = client.send("GET", &format!("/v1/people/{BOB}"), "").await;
    assert_eq!(got.status, 200, "{}", got.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_core_and_the_facade_work_apart() {
    let database = TestDatabase::new().await;
    let mut serve_grpc = command(database.url());
    serve_grpc.args(["serve", "grpc"]);
    let core = Program::start(serve_grpc).await;

    let upstream = format!("http://{}", core.grpc());
    // Nothing of the facade needs the database.
    let mut serve_rest = command(NO_DATABASE);
    serve_rest.args(["serve", "rest", "--upstream", &upstream]);
    let facade = Program::start(serve_rest).await;
    assert!(core.serves_one_alone() && facade.serves_one_alone());

    let client = RestClient {
        address: facade.rest(),
        key: KEY.to_owned(),
    };
    let created = client.send("POST", "/v1/people", r#"{"firstName": "Far"}"#).await;
    assert_eq!(created.status, 200, "{}", created.text);
    let id = created.json()["data"]["id"].as_str().unwrap().to_owned();
    let got = client.send("GET", &format!("/v1/people/{id}"), "").await;
    assert_eq!(got.json()["data"], created.json()["data"]);
    assert_ne!(got.header("x-ratelimit-remaining"), "");
    let refused = client
        .send("POST", "/v1/people", r#"{"emails": 7, "birthday": "2023-02-29"}"#)
        .await;
    assert_eq!(
        refused.json()["error"]["details"]["issues"]
            .as_array()
            .unwrap()
            .len(),
        2,
        "{}",
        refused.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facade_without_its_core_says_that_it_is_not_available() {
    let mut serve_rest = command(NO_DATABASE);
    serve_rest
        .args(["serve", "rest", "--upstream", "http://127.0.0.1:1"])
        .env("PEOPLE_LOG", "off");
    let facade = Program::start(serve_rest).await;
    let client = RestClient {
        address: facade.rest(),
        key: KEY.to_owned(),
    };
    let answer = client.send("GET", &format!("/v1/people/{BOB}"), "").await;
    assert_eq!(answer.error(), (503, "SERVICE_UNAVAILABLE".to_owned()));
    assert_ne!(answer.header("retry-after"), "");

    let said = failed(&people(NO_DATABASE, &["serve", "rest", "--upstream", "no url"]).await);
    assert!(said.contains("--upstream"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_ends_the_start_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let database = TestDatabase::empty().await;
    for (setting, other) in [
        ("PEOPLE_REST_ADDR", "PEOPLE_GRPC_ADDR"),
        ("PEOPLE_GRPC_ADDR", "PEOPLE_REST_ADDR"),
    ] {
        let output = command(database.url())
            .arg("serve")
            .env(setting, &address)
            .env(other, "127.0.0.1:0")
            .output()
            .await
            .unwrap();
        let said = failed(&output);
        for needed in [&address, setting, "another"] {
            assert!(said.contains(needed), "{said}");
        }
    }
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(database.number(tables).await, 0, "nothing was begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn migrating_twice_does_nothing_the_second_time() {
    let database = TestDatabase::empty().await;
    let first = succeeded(&people(database.url(), &["migrate"]).await);
    assert!(first.contains("were applied"), "{first}");
    let second = succeeded(&people(database.url(), &["migrate"]).await);
    assert!(second.contains("was up to date"), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_made_once_and_each_key_it_prints_works() {
    let database = TestDatabase::empty().await;
    let records = "SELECT (SELECT count(*) FROM workspaces) * 1000000 + (SELECT count(*) FROM users) * 10000 \
        + (SELECT count(*) FROM custom_fields) * 100 + (SELECT count(*) FROM people)";
    let mut keys = Vec::new();
    let mut made = Vec::new();
    for _ in 0..2 {
        let said = succeeded(&people(database.url(), &["demo"]).await);
        let key = said.split_whitespace().find(|word| word.starts_with("people_"));
        keys.push(key.expect("a key").to_owned());
        assert!(said.contains("curl"), "{said}");
        made.push(database.number(records).await);
    }
    assert_eq!(made, [1_021_001; 2]);
    assert_ne!(keys[0], keys[1]);
    let server = TestServer::start_with(database, &[]).await;
    for key in keys {
        for api in server.both_as(&key) {
            assert_eq!(
                api.get(BOB).await.unwrap()["fullName"],
                "Bob Smith",
                "{}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn config_shows_what_is_in_force_and_no_secret() {
    let url = "postgres://someone:hunter2@db.example.com:5433/crm";
    for arguments in [&["config"][..], &["config", "--json"]] {
        let output = command(url)
            .args(arguments)
            .env("PEOPLE_DEMO_API_KEY", KEY)
            .env("PEOPLE_RATE_LIMIT", "77")
            .output()
            .await
            .unwrap();
        let said = succeeded(&output) + &text(&output.stderr);
        for secret in ["hunter2", KEY] {
            assert!(!said.contains(secret), "{said}");
        }
        for shown in [
            "someone",
            "db.example.com:5433/crm",
            "***",
            "77",
            "PEOPLE_REST_ADDR",
        ] {
            assert!(said.contains(shown), "{shown} in {said}");
        }
    }
    let output = people(url, &["config", "--json"]).await;
    let settings: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rate_limit = settings
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["variable"] == "PEOPLE_RATE_LIMIT");
    assert_eq!(rate_limit.unwrap()["value"], json!("600"));
}

#[tokio::test(flavor = "multi_thread")]
async fn help_lists_the_commands_and_each_has_help_of_its_own() {
    let help = succeeded(&people(NO_DATABASE, &["help"]).await);
    for command in ["serve", "migrate", "demo", "config"] {
        let listed = help
            .lines()
            .any(|line| line.split_whitespace().next() == Some(command));
        assert!(listed, "{command} in {help}");
        let own = succeeded(&people(NO_DATABASE, &["help", command]).await);
        assert!(own.contains(&format!("people {command}")), "{own}");
    }
    let serve = succeeded(&people(NO_DATABASE, &["serve", "--help"]).await);
    for part in ["grpc", "rest", "DATABASE_URL"] {
        assert!(serve.contains(part), "{part} in {serve}");
    }
    let output = people(NO_DATABASE, &["sevre"]).await;
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("'serve'"),
        "{}",
        text(&output.stderr)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_database_url_is_a_clear_error() {
    for command in ["serve", "migrate", "demo"] {
        for (url, expected) in [
            ("no url", "DATABASE_URL"),
            ("postgres://someone:hunter2@127.0.0.1:1/crm", "cannot be reached"),
        ] {
            let output = tests::command(url)
                .arg(command)
                .env("PEOPLE_REST_ADDR", "127.0.0.1:0")
                .env("PEOPLE_GRPC_ADDR", "127.0.0.1:0")
                .output()
                .await
                .unwrap();
            let said = failed(&output);
            assert!(said.contains(expected), "{command} {url}: {said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
    }
}
