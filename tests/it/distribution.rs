//! The tables can be distributed by their workspace: the rules that Citus has for that, asked of the catalogue, and the
//! statements of `docs/scaling.md`, which must name every table.

use std::collections::{BTreeMap, BTreeSet};

use tests::TestDatabase;
use tokio_postgres::Client;

const DOCUMENT: &str = include_str!("../../docs/scaling.md");

/// Every table but the ledger of Diesel, which stays local.
const TABLES: &str = "(SELECT oid, relname FROM pg_class WHERE relkind IN ('r', 'p') \
    AND relnamespace = 'public'::regnamespace AND relname <> '__diesel_schema_migrations')";

struct Schema {
    _database: TestDatabase,
    client: Client,
}

impl Schema {
    async fn migrated() -> Self {
        let database = TestDatabase::empty().await;
        persistence::migrate(database.url()).await.unwrap();
        let client = database.connect().await;
        Self {
            _database: database,
            client,
        }
    }

    async fn texts(&self, query: &str) -> Vec<String> {
        let rows = self.client.query(query, &[]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Asserts that a query, in which `tenants` are the tables to distribute, names nothing.
    async fn none(&self, rule: &str, query: &str) {
        let tenants = quoted(&documented().distributed);
        let query = format!(
            "WITH tenants AS (SELECT oid, relname FROM {TABLES} AS t WHERE relname IN ({tenants})) {query}"
        );
        assert_eq!(self.texts(&query).await, [""; 0], "{rule}");
    }
}

/// The tables that the document distributes and makes references, in its order.
struct Documented {
    reference: Vec<String>,
    distributed: Vec<String>,
}

fn documented() -> Documented {
    let named = |function: &str| -> Vec<String> {
        let calls = DOCUMENT.match_indices(function).filter_map(|(at, _)| {
            let argument = DOCUMENT[at + function.len()..].strip_prefix("('")?;
            Some(argument.split('\'').next()?.to_owned())
        });
        calls.collect()
    };
    Documented {
        reference: named("create_reference_table"),
        distributed: named("create_distributed_table"),
    }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
    names.join(", ")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_distributes_every_table_once_after_those_it_refers_to() {
    let schema = Schema::migrated().await;
    let Documented {
        reference,
        distributed,
    } = documented();
    assert_eq!(reference, ["workspaces", "api_keys"]);
    let all: Vec<_> = reference.iter().chain(&distributed).cloned().collect();
    let mut sorted = all.clone();
    sorted.sort();
    let there = schema
        .texts(&format!("SELECT relname::text FROM {TABLES} AS t ORDER BY 1"))
        .await;
    assert_eq!(sorted, there, "docs/scaling.md and the schema");

    // A table that refers to one that is not distributed yet would be refused.
    let pairs = schema
        .client
        .query(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint \
             WHERE contype = 'f' AND connamespace = 'public'::regnamespace",
            &[],
        )
        .await
        .unwrap();
    let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for pair in pairs {
        needs.entry(pair.get(0)).or_default().insert(pair.get(1));
    }
    let mut done = BTreeSet::new();
    for table in &all {
        for needed in needs.get(table).into_iter().flatten() {
            assert!(
                needed == table || done.contains(needed),
                "{table} refers to {needed}, which must come before it"
            );
        }
        done.insert(table.clone());
    }
    // All with one, so that the rows of a workspace are on one node.
    for table in &distributed[1..] {
        let call = format!(
            "create_distributed_table('{table}', 'workspace_id', colocate_with => '{}')",
            distributed[0]
        );
        assert!(DOCUMENT.contains(&call), "{call}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_a_tenants_is_fit_to_be_distributed_by_its_workspace() {
    let schema = Schema::migrated().await;
    assert!(documented().distributed.len() > 20);
    schema
        .none(
            "workspace_id is a uuid and never null",
            "SELECT t.relname::text FROM tenants t WHERE NOT EXISTS (SELECT FROM pg_attribute a \
             WHERE a.attrelid = t.oid AND a.attname = 'workspace_id' AND a.attnotnull \
             AND a.atttypid = 'uuid'::regtype)",
        )
        .await;
    schema
        .none(
            "a primary key",
            "SELECT t.relname::text FROM tenants t WHERE NOT EXISTS (SELECT FROM pg_index i \
             WHERE i.indrelid = t.oid AND i.indisprimary)",
        )
        .await;
    schema
        .none(
            "the workspace, as such, is in every key, and compared for equality",
            "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN tenants t ON t.oid = i.indrelid \
             LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'x' \
             WHERE (i.indisunique OR i.indisexclusion) AND NOT EXISTS ( \
                 SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place) \
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum \
                 WHERE a.attname = 'workspace_id' AND k.place <= i.indnkeyatts \
                 AND (c.oid IS NULL OR c.conexclop[k.place::int] = '=(uuid,uuid)'::regoperator))",
        )
        .await;
    schema
        .none(
            "a foreign key to another tenant's table has the workspace at the same place on both sides",
            "SELECT c.conname::text FROM pg_constraint c JOIN tenants t ON t.oid = c.conrelid \
             JOIN tenants r ON r.oid = c.confrelid WHERE c.contype = 'f' AND NOT EXISTS ( \
                 SELECT FROM unnest(c.conkey, c.confkey) AS k (ours, theirs) \
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.ours \
                 JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.theirs \
                 WHERE a.attname = 'workspace_id' AND b.attname = 'workspace_id')",
        )
        .await;
    schema
        .none(
            "no foreign key would change the workspace of a row",
            "SELECT c.conname::text FROM pg_constraint c JOIN tenants t ON t.oid = c.conrelid \
             WHERE c.contype = 'f' AND (c.confdeltype IN ('n', 'd') OR c.confupdtype NOT IN ('a', 'r'))",
        )
        .await;
    schema
        .none(
            "a table without a workspace refers to none that has one",
            "SELECT c.conname::text FROM pg_constraint c JOIN tenants r ON r.oid = c.confrelid \
             WHERE c.contype = 'f' AND c.conrelid NOT IN (SELECT oid FROM tenants)",
        )
        .await;
    schema
        .none(
            "no triggers of our own",
            "SELECT g.tgname::text FROM pg_trigger g JOIN tenants t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal",
        )
        .await;
    schema
        .none(
            "no rules",
            "SELECT r.rulename::text FROM pg_rewrite r JOIN tenants t ON t.oid = r.ev_class",
        )
        .await;
    schema
        .none(
            "numbers from a sequence are bigints, of which each node can have a range",
            "SELECT t.relname || '.' || a.attname FROM pg_attribute a JOIN tenants t ON t.oid = a.attrelid \
             LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
             WHERE a.attnum > 0 AND a.atttypid <> 'bigint'::regtype \
             AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%')",
        )
        .await;
    schema
        .none(
            "the workspace comes from the caller, not from a default",
            "SELECT t.relname::text FROM pg_attribute a JOIN tenants t ON t.oid = a.attrelid \
             WHERE a.attname = 'workspace_id' AND (a.atthasdef OR a.attgenerated <> '')",
        )
        .await;
    schema
        .none(
            "row-level security, with a policy for the service",
            "SELECT t.relname::text FROM tenants t JOIN pg_class c ON c.oid = t.oid \
             WHERE NOT c.relrowsecurity OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid \
             AND p.polroles = ARRAY['people_service'::regrole::oid])",
        )
        .await;
}
