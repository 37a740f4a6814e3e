//! The way to the database: what `sslmode` and `sslrootcert` promise, against a PostgreSQL that takes nothing else.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use server::embedded::{DATABASE, EmbeddedPostgres, ROLE, Settings};
use tempfile::TempDir;
use tests::{Program, RestClient, command, people};
use tokio_postgres::{Client, NoTls};

use super::authority::{Authority, Signed};

/// A PostgreSQL that is reached over TCP with TLS alone.
struct Encrypted {
    postgres: EmbeddedPostgres,
    host: String,
    directory: TempDir,
}

impl Encrypted {
    async fn start(certificate: impl FnOnce(&str) -> Signed) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let passable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(directory.path(), passable).unwrap();
        let settings = settings(directory.path());
        // Once to make the cluster, then again with what only a start brings into force.
        let postgres = EmbeddedPostgres::start(&settings).await.unwrap();
        // Its port is that of everybody else; an address of the machine's own network that nobody else uses is not.
        static NUMBER: AtomicU8 = AtomicU8::new(77);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let [.., high, low] = std::process::id().to_be_bytes();
        let host = format!("127.{number}.{high}.{}", low.max(1));
        let client = over_socket(&postgres).await;
        for setting in [format!("listen_addresses = '{host}'"), "ssl = on".to_owned()] {
            let sql = format!("ALTER SYSTEM SET {setting}");
            client.batch_execute(&sql).await.unwrap();
        }
        let cluster = directory.path().join("data/pg");
        put(&cluster, &certificate(&host));
        let access = cluster.join("pg_hba.conf");
        let known = std::fs::read_to_string(&access).unwrap();
        std::fs::write(&access, format!("hostssl all all 127.0.0.0/8 trust\n{known}")).unwrap();
        postgres.stop().await;
        Self {
            postgres: EmbeddedPostgres::start(&settings).await.unwrap(),
            host,
            directory,
        }
    }

    /// Shows this certificate to those who connect from now on.
    async fn show(&self, certificate: &Signed) {
        put(&self.directory.path().join("data/pg"), certificate);
        let client = over_socket(&self.postgres).await;
        client.batch_execute("SELECT pg_reload_conf()").await.unwrap();
    }

    fn url(&self, parameters: &str) -> String {
        format!("postgres://{ROLE}@{}/{DATABASE}?{parameters}", self.host)
    }
}

fn settings(directory: &Path) -> Settings {
    Settings {
        data_dir: directory.join("data"),
        bin_dir: None,
        child_launcher: tests::program(),
        durable: false,
    }
}

async fn over_socket(postgres: &EmbeddedPostgres) -> Client {
    let (client, connection) = tokio_postgres::connect(postgres.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Where PostgreSQL looks for them unless told otherwise. It takes a key only from a file of its own.
fn put(cluster: &Path, signed: &Signed) {
    let owner = std::fs::metadata(cluster).unwrap();
    for (name, text) in [("server.crt", &signed.cert), ("server.key", &signed.key)] {
        let path = cluster.join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
}

/// Whether the program can reach the database, and what it says.
async fn migrate(url: &str) -> (bool, String) {
    let output = people(url, &["migrate"]).await;
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.success(), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_is_trusted_as_far_as_sslmode_says() {
    let (authority, other) = (Authority::new(), Authority::new());
    let database = Encrypted::start(|host| authority.sign(host)).await;
    let (root, wrong_root) = (authority.file(), other.file());
    let empty = authority.put("empty.pem", "");
    let with = |mode: &str, root: &str| database.url(&format!("sslmode={mode}&sslrootcert={root}"));

    for url in [
        database.url(""),
        database.url("sslmode=prefer"),
        database.url("sslmode=require"),
        with("require", &root),
        with("verify-ca", &root),
        with("verify-full", &root),
    ] {
        let (reached, said) = migrate(&url).await;
        assert!(reached, "{url}: {said}");
    }
    for (url, reason) in [
        // It takes no connection without TLS: so those above had it.
        (database.url("sslmode=disable"), "cannot be reached"),
        (with("require", &wrong_root), "certificate"),
        (with("verify-ca", &wrong_root), "certificate"),
        (with("verify-full", &wrong_root), "certificate"),
        // No authority of the machine's has signed it.
        (database.url("sslmode=verify-full"), "certificate"),
        (with("verify-full", &empty), "sslrootcert"),
        (with("verify-full", "/nowhere.pem"), "/nowhere.pem"),
        (database.url("sslmode=verify"), "DATABASE_URL"),
    ] {
        let (reached, said) = migrate(&url).await;
        assert!(!reached && said.contains(reason), "{url}: {said}");
    }

    database.show(&authority.sign("elsewhere.example.com")).await;
    let full = with("verify-full", &root);
    // The server reads it again when it gets to it.
    for _ in 0..100 {
        if !migrate(&full).await.0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (reached, said) = migrate(&full).await;
    assert!(!reached && said.contains("not valid for name"), "{said}");
    let (reached, said) = migrate(&with("verify-ca", &root)).await;
    assert!(reached, "{said}");
    database.postgres.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_connections_of_a_running_service_are_encrypted() {
    let authority = Authority::new();
    let database = Encrypted::start(|host| authority.sign(host)).await;
    let url = database.url(&format!("sslmode=verify-full&sslrootcert={}", authority.file()));
    let output = people(&url, &["demo"]).await;
    let said = String::from_utf8(output.stdout).unwrap();
    let key = said.split_whitespace().find(|word| word.starts_with("people_"));
    let mut serve = command(&url);
    serve.arg("serve");
    let program = Program::start(serve).await;
    let client = RestClient {
        address: program.rest(),
        key: key.expect("a key").to_owned(),
    };
    let answer = client.send("GET", "/v1/people", "").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let sql = "SELECT count(*), count(*) FILTER (WHERE ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
        WHERE application_name = 'people'";
    let row = over_socket(&database.postgres)
        .await
        .query_one(sql, &[])
        .await
        .unwrap();
    let (all, encrypted): (i64, i64) = (row.get(0), row.get(1));
    assert!(all > 0 && all == encrypted, "{encrypted} of {all}");
    program.terminate().await;
    program.ended().await;
    database.postgres.stop().await;
}
