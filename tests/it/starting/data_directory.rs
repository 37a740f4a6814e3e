//! The PostgreSQL of the program's own cannot have its place. (Two programs on one data directory: `embedded.rs`.)

use std::path::Path;

use tests::command;
use tokio::process::Command;

use super::Refusal;

fn serve(data_dir: &Path) -> Command {
    let mut serve = command("");
    serve
        .env_remove("DATABASE_URL")
        .env("PEOPLE_DATA_DIR", data_dir)
        .arg("serve");
    serve
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_made() {
    // Nobody can write there, root neither.
    Refusal::of(serve(Path::new("/proc/people"))).await.says(&[
        "cannot make the directory /proc/people",
        "owner, mode",
        "PEOPLE_DATA_DIR",
    ]);
    let file = tempfile::NamedTempFile::new().unwrap();
    Refusal::of(serve(file.path())).await.says(&[
        file.path().to_str().unwrap(),
        "Not a directory",
        "PEOPLE_DATA_DIR",
    ]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_another_version_of_postgres_or_of_something_else() {
    let directory = passable();
    let cluster = directory.path().join("pg");
    std::fs::create_dir(&cluster).unwrap();
    if we_are_root() {
        // As root the program lets the cluster's owner serve it, who is never root.
        let given = std::process::Command::new("chown")
            .arg("nobody")
            .arg(&cluster)
            .status();
        assert!(given.unwrap().success());
    }
    Refusal::of(serve(directory.path())).await.says(&[
        "is not a database cluster",
        "PG_VERSION",
        "move it away",
    ]);
    std::fs::write(cluster.join("PG_VERSION"), "8\n").unwrap();
    Refusal::of(serve(directory.path())).await.says(&[
        "written by PostgreSQL 8",
        "the PostgreSQL found is version",
        "pg_upgrade",
    ]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_programs_of_postgres() {
    let directory = passable();
    let mut ran = serve(&directory.path().join("data"));
    ran.env("PEOPLE_PG_BIN_DIR", directory.path());
    Refusal::of(ran)
        .await
        .says(&["PEOPLE_PG_BIN_DIR", "initdb", "install"]);
}

/// PostgreSQL runs as another user when the tests run as root.
fn passable() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    directory
}

fn we_are_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}
