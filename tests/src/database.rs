//! Databases for tests: one cluster a run, a template with the fixture in it, a clone for each test.

use tokio::sync::OnceCell;
use tokio_postgres::Client;

use crate::cluster::{self, Cluster};
use crate::fixture;

/// The cluster of this run.
static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
/// The name of the template, once it is filled.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

async fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(Cluster::start).await
}

async fn template() -> &'static str {
    TEMPLATE
        .get_or_init(|| async {
            let (cluster, name) = (cluster().await, cluster::new_name());
            let client = cluster.connect().await;
            let sql = format!("CREATE DATABASE {name}");
            client.batch_execute(&sql).await.expect("a template");
            fixture::fill(&cluster.url_of(&name)).await;
            name
        })
        .await
}

/// A database of its own for one test, dropped with this.
pub struct TestDatabase {
    url: String,
    name: String,
}

impl TestDatabase {
    /// One that is migrated and has the fixture in it: a clone of the template.
    ///
    /// # Panics
    /// If there is none to be had.
    pub async fn new() -> Self {
        let template = template().await;
        let client = cluster().await.connect().await;
        // Before PostgreSQL 15 copying files is the only way, and has no name.
        let version = client
            .query_one("SELECT current_setting('server_version_num')::integer", &[])
            .await
            .expect("a version");
        let recent = version.get::<_, i32>(0) >= 150_000;
        let strategy = if recent { "STRATEGY file_copy" } else { "" };
        Self::create(&client, &format!("TEMPLATE {template} {strategy}")).await
    }

    /// One with nothing in it, not even a schema.
    ///
    /// # Panics
    /// If there is none to be had.
    pub async fn empty() -> Self {
        Self::create(&cluster().await.connect().await, "").await
    }

    async fn create(client: &Client, options: &str) -> Self {
        let name = cluster::new_name();
        let sql = format!("CREATE DATABASE {name} {options}");
        client.batch_execute(&sql).await.expect("a new database");
        let url = cluster().await.url_of(&name);
        Self { url, name }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection to it.
    ///
    /// # Panics
    /// If there is none to be had.
    pub async fn connect(&self) -> Client {
        cluster::connect(&self.url).await
    }

    /// The single value that a query gives, as text.
    ///
    /// # Panics
    /// If the query fails or gives another number of rows.
    pub async fn text(&self, sql: &str) -> String {
        let row = self.connect().await.query_one(sql, &[]).await.expect("one row");
        row.get(0)
    }

    /// The single number that a query gives.
    ///
    /// # Panics
    /// If the query fails or gives another number of rows.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self.connect().await.query_one(sql, &[]).await.expect("one row");
        row.get(0)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(cluster) = CLUSTER.get() else { return };
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A runtime of its own: this one may be going down, and dropping must not wait in it.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let _ = cluster.connect().await.batch_execute(&sql).await;
            });
        });
        let _ = dropped.join();
    }
}
