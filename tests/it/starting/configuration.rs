//! The settings cannot be used.

use std::io::Write as _;

use tests::command;
use tokio::net::TcpListener;

use super::{PASSWORD, Refusal};

#[tokio::test(flavor = "multi_thread")]
async fn a_database_url_that_is_none_is_told_why_and_not_repeated() {
    for (url, reason) in [
        (format!("postgres//ann:{PASSWORD}@db/crm"), "cannot be read"),
        (format!("postgres://ann:{PASSWORD}@db:port/crm"), "`port`"),
        (format!("postgres://ann:pa@{PASSWORD}@db/crm"), "more than one @"),
        (
            format!("postgres://ann:{PASSWORD}@db/crm?sslmode=verify"),
            "verify-full",
        ),
        ("postgres:///crm".to_owned(), "names no host"),
    ] {
        Refusal::at(&url).await.says(&[
            "DATABASE_URL",
            reason,
            "postgres://user:password@host:5432/database",
        ]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_missing_or_has_a_key_that_is_not_known() {
    let mut serve = command("postgres://ann@127.0.0.1:1/crm");
    serve.args(["serve", "--config", "/nowhere/people.toml"]);
    Refusal::of(serve).await.says(&[
        "/nowhere/people.toml",
        "No such file",
        "--config or PEOPLE_CONFIG",
    ]);

    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "pubic_url = \"https://crm.example.com\"").unwrap();
    let path = file.path().to_str().unwrap();
    let mut serve = command("postgres://ann@127.0.0.1:1/crm");
    serve.arg("serve").env("PEOPLE_CONFIG", path);
    Refusal::of(serve)
        .await
        .says(&[path, "unknown key pubic_url", "public_url"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_for_operators_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut serve = command("postgres://ann@127.0.0.1:1/crm");
    serve.arg("serve").env("PEOPLE_METRICS_ADDR", &address);
    Refusal::of(serve)
        .await
        .says(&[&address, "another program listens there", "PEOPLE_METRICS_ADDR"]);
}
