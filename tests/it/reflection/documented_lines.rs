//! The command lines of `docs/grpc.md`, run as they stand there with a client that knows only what reflection tells.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tests::TestServer;
use tests::fixture::{BOB, KEY};
use tokio::process::Command;

const PAGE: &str = include_str!("../../../docs/grpc.md");

/// A command of the page, and the title above it.
#[derive(Debug)]
struct Line {
    title: &'static str,
    command: &'static str,
}

impl Line {
    fn client(&self) -> &str {
        self.command.split_whitespace().next().unwrap()
    }
}

/// The commands in their order. (The first block only sets variables.)
fn lines() -> Vec<Line> {
    let sections = PAGE.split("\n## ").skip(1);
    let lines = sections.flat_map(|section| {
        let title = section.lines().next().unwrap();
        let blocks = section.split("\n```sh\n").skip(1);
        blocks.map(move |block| Line {
            title,
            command: block.split_once("\n```").expect("the end of a block").0,
        })
    });
    lines.collect()
}

/// A directory for PATH with `buf` in it, and something for `grpcurl` unless that is installed.
fn clients() -> tempfile::TempDir {
    let buf = std::env::var("BUF_BIN").expect(
        "BUF_BIN must say where the program buf is: run the tests with scripts/test, which fetches it, or set it",
    );
    let directory = tempfile::tempdir().unwrap();
    symlink(std::path::absolute(buf).unwrap(), directory.path().join("buf")).unwrap();
    let paths = std::env::var_os("PATH").unwrap();
    if !std::env::split_paths(&paths).any(|path| path.join("grpcurl").exists()) {
        let stand_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/reflection/grpcurl");
        symlink(stand_in, directory.path().join("grpcurl")).unwrap();
    }
    directory
}

async fn run(line: &Line, server: &TestServer, clients: &Path) -> Output {
    let path = format!("{}:{}", clients.display(), std::env::var("PATH").unwrap());
    Command::new("bash")
        .args(["-euo", "pipefail", "-c", line.command])
        .env("PATH", path)
        .env("SERVER", server.grpc.to_string())
        .env("KEY", KEY)
        // buf keeps a cache there, and must not find settings of somebody's.
        .env("HOME", clients)
        .env("XDG_CACHE_HOME", clients.join("cache"))
        .output()
        .await
        .expect("bash")
}

/// What a call that went well answers.
fn answer(line: &Line, output: &Output) -> Value {
    assert!(output.status.success(), "{line:?} {output:?}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {line:?} {output:?}"))
}

fn assert_as_documented(line: &Line, output: &Output) {
    match line.title {
        "What is there" => {
            let listed = String::from_utf8_lossy(&output.stdout);
            for service in [
                "grpc.health.v1.Health",
                "grpc.reflection.v1.ServerReflection",
                "people.v1.PeopleService",
                "people.v1.UsersService",
            ] {
                assert!(listed.contains(service), "{service}: {line:?} {output:?}");
            }
        }
        "Is it well?" => assert_eq!(answer(line, output)["status"], "SERVING"),
        "Create a person" => {
            let person = answer(line, output);
            assert!(person["id"].as_str().unwrap().starts_with("per_"), "{person}");
            assert_eq!(person["companies"][0]["displayName"], "Tech Corp", "{person}");
        }
        "Get a person" => {
            let person = answer(line, output);
            assert_eq!(
                (person["id"].as_str(), person["fullName"].as_str()),
                (Some(BOB), Some("Bob Smith"))
            );
        }
        "Who am I?" => assert_eq!(answer(line, output)["email"], "john.doe@example.com"),
        "Errors" => assert_refused(line, output),
        other => panic!("nobody looks at what the lines under {other} give"),
    }
}

fn assert_refused(line: &Line, output: &Output) {
    // Both clients end with the gRPC code beyond their own: buf shifts it, grpcurl adds 64.
    let code = output.status.code().unwrap();
    assert!([3 << 3, 64 + 3].contains(&code), "{line:?} {output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    for detail in [
        "google.rpc.ErrorInfo",
        "google.rpc.RequestInfo",
        "google.rpc.BadRequest",
        "people.v1.Violation",
    ] {
        assert!(said.contains(detail), "{detail}: {line:?} {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_does_what_its_title_says() {
    let server = TestServer::start().await;
    let clients = clients();
    let lines = lines();
    for client in ["buf", "grpcurl"] {
        let titles: Vec<_> = lines
            .iter()
            .filter(|line| line.client() == client)
            .map(|line| line.title)
            .collect();
        assert_eq!(titles.len(), 6, "{titles:?}");
    }
    for line in &lines {
        let output = run(line, &server, clients.path()).await;
        assert_as_documented(line, &output);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_says_of_a_created_person_is_stored() {
    let server = TestServer::start().await;
    let clients = clients();
    let lines = lines();
    let line = lines.iter().find(|line| line.title == "Create a person").unwrap();
    let created = answer(line, &run(line, &server, clients.path()).await);
    let [rest, _] = server.both();
    let person = rest.get(created["id"].as_str().unwrap()).await.unwrap();
    assert_eq!(person["birthday"], "1815-12-10");
    let values = &person["customFieldValues"][tests::fixture::FRIENDS];
    assert_eq!(values["Favorite number"], "42");
    assert_eq!(values["Assignee"], serde_json::json!([tests::sample::jane()]));
}
