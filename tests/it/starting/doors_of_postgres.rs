//! PostgreSQL is not there, is something else, or does not let the program in.

use tests::TestPostgres;
use tokio::net::TcpListener;

use super::{PASSWORD, Refusal};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_at_the_address() {
    Refusal::at(&format!("postgres://ann:{PASSWORD}@127.0.0.1:1/crm"))
        .await
        .says(&[
            "nothing listens at 127.0.0.1:1",
            "start PostgreSQL",
            "DATABASE_URL",
        ]);
    Refusal::at(&format!("postgres://ann:{PASSWORD}@nowhere.invalid/crm"))
        .await
        .says(&["nowhere.invalid:5432", "not known", "DATABASE_URL"]);
    Refusal::at("postgres://ann@%2Fnowhere/crm")
        .await
        .says(&["no socket /nowhere/.s.PGSQL.5432", "DATABASE_URL"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_takes_the_connection_and_says_nothing_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    // The backlog takes the connection; nobody reads it.
    Refusal::at(&format!(
        "postgres://ann:{PASSWORD}@{address}/crm?connect_timeout=1"
    ))
    .await
    .says(&[&address.to_string(), "within 1 s", "firewall"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_speaks_something_else() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.try_write(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    Refusal::at(&format!("postgres://ann:{PASSWORD}@{address}/crm"))
        .await
        .says(&[&address.to_string(), "DATABASE_URL"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_postgres_does_not_let_in_learns_why() {
    let postgres = TestPostgres::start().await;
    let access = postgres.data_dir().join("pg/pg_hba.conf");
    std::fs::write(
        access,
        "local all people trust\nlocal all nobody reject\nlocal all all scram-sha-256\n",
    )
    .unwrap();
    let client = postgres.connect().await.unwrap();
    for sql in [
        &format!("CREATE ROLE ann LOGIN PASSWORD '{PASSWORD}'"),
        &format!("CREATE ROLE group_only PASSWORD '{PASSWORD}'"),
        "CREATE ROLE nobody LOGIN",
        "CREATE DATABASE closed",
        "REVOKE CONNECT ON DATABASE closed FROM public",
        "SELECT pg_reload_conf()",
    ] {
        client.batch_execute(sql).await.unwrap();
    }
    let url = |user: &str, database: &str| {
        let (_, place) = postgres.url().split_once('@').unwrap();
        let (place, _) = place.rsplit_once('/').unwrap();
        format!("postgres://{user}@{place}/{database}")
    };
    let socket = postgres.data_dir().join("run");
    let socket = socket.to_str().unwrap();
    let ann = format!("ann:{PASSWORD}");
    for (user, database, expected) in [
        // PostgreSQL does not tell the first two apart.
        ("ann:wrong", "people", ["user ann", "password is wrong", "%40"]),
        (
            "ghost:wrong",
            "people",
            ["user ghost", "no such user", "DATABASE_URL"],
        ),
        (
            "ann",
            "people",
            ["user ann", "none in DATABASE_URL", "user:password@host"],
        ),
        ("nobody", "people", ["user nobody", "pg_hba.conf", "DATABASE_URL"]),
        (
            &format!("group_only:{PASSWORD}"),
            "people",
            ["group_only", "not permitted to log in", "LOGIN"],
        ),
        (&ann, "absent", ["no database absent", "CREATE DATABASE", "UTF8"]),
        (&ann, "closed", ["user ann", "database closed", "GRANT CONNECT"]),
    ] {
        let refusal = Refusal::at(&url(user, database)).await;
        refusal.says(&[socket]);
        refusal.says(&expected);
    }
}
