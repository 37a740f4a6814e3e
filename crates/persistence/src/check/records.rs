//! Every record, page by page: read as calls read it, and compared with what else is kept of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CompanyView, DealView, NameKey, PersonView, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Finding, Report, Rule, findings, snapshot, unreadable};
use crate::records::contact::email_keys;
use crate::records::shown::{Fetched, Shown, fetch_by_ids};
use crate::statement::{Document, Statement};
use crate::{Database, Error, companies, deals, definitions, people};

/// How many records are read in one transaction: enough that the transactions themselves do not count, few enough that
/// none of them is long.
const PAGE: usize = 500;

/// The page of `$2`.
const WANTED: &str = "WITH wanted AS MATERIALIZED (\n    \
    SELECT r.id FROM {table} r WHERE r.workspace_id = $1 AND r.id > ($2::jsonb ->> 'after')::uuid\n    \
    ORDER BY r.id LIMIT ($2::jsonb ->> 'limit')::bigint\n)\n";

#[derive(Debug, Clone, Copy, Serialize)]
struct Wanted {
    after: Uuid,
    limit: usize,
}

/// The statements about one kind of record.
struct Kind {
    table: &'static str,
    /// The ids of the page, with the columns that are made from others.
    derived: String,
    /// What the page breaks.
    rules: String,
}

/// The texts that make a kind's statements.
struct Texts {
    table: &'static str,
    record: &'static str,
    derived: &'static str,
    values_table: &'static str,
    values: &'static str,
    links: &'static str,
    more: &'static str,
    lists: [&'static str; 2],
}

/// A record as it is stored, with what should be in columns that are made from others.
trait Derived: Shown {
    fn derived(view: &Self::View) -> Value;
}

impl Kind {
    fn new(texts: &Texts) -> Self {
        let Texts {
            table,
            record,
            derived,
            values_table,
            values,
            links,
            more,
            lists,
        } = texts;
        let wanted = WANTED.replace("{table}", table);
        let positions = lists.map(|list| include_str!("positions.sql").replace("{list}", list));
        let rules = include_str!("record.sql")
            .replace("{more}", &format!("{more}{}", positions.concat()))
            .replace("{record_values}", values)
            .replace("{record_links}", links)
            .replace("{values_table}", values_table)
            .replace("{table}", table)
            .replace("{record}", record);
        Self {
            table,
            derived: format!(
                "{wanted}SELECT json_build_object('id', r.id, 'columns', {derived})\n\
                 FROM wanted w JOIN {table} r ON r.workspace_id = $1 AND r.id = w.id ORDER BY r.id"
            ),
            rules: format!("{wanted}{rules}"),
        }
    }
}

static PEOPLE: LazyLock<Kind> = LazyLock::new(|| {
    Kind::new(&Texts {
        table: "people",
        record: "person",
        derived: "json_build_object('full_name', r.full_name, 'email_keys', r.email_keys)",
        values_table: "person_memberships",
        values: VALUES_OF_MEMBERS,
        links: LINKS_OF_MEMBERS,
        more: include_str!("interactions.sql"),
        lists: ["person_memberships", "person_companies"],
    })
});

static COMPANIES: LazyLock<Kind> = LazyLock::new(|| {
    Kind::new(&Texts {
        table: "companies",
        record: "company",
        derived: "json_build_object('name_key', encode(r.name_key, 'hex'), 'email_keys', r.email_keys)",
        values_table: "company_memberships",
        values: VALUES_OF_MEMBERS,
        links: LINKS_OF_MEMBERS,
        more: include_str!("interactions.sql"),
        // The order of a company's groups is the only one it has.
        lists: ["company_memberships"; 2],
    })
});

static OBJECTS: LazyLock<Kind> = LazyLock::new(|| {
    Kind::new(&Texts {
        table: "objects",
        record: "object",
        derived: "json_build_object()",
        values_table: "objects",
        values: "SELECT o.id, o.group_id, o.object_type_id, o.\"values\"
            FROM wanted w JOIN objects o ON o.workspace_id = $1 AND o.id = w.id",
        links: "SELECT o.id, o.group_id, o.object_type_id, l.field_id, l.target_object_id
            FROM wanted w JOIN objects o ON o.workspace_id = $1 AND o.id = w.id
            JOIN object_references l ON l.workspace_id = $1 AND l.object_id = o.id",
        more: include_str!("parties.sql"),
        lists: ["object_people", "object_companies"],
    })
});

const VALUES_OF_MEMBERS: &str = "SELECT m.{record}_id, m.group_id, NULL::uuid, m.\"values\"
            FROM wanted w JOIN {record}_memberships m ON m.workspace_id = $1 AND m.{record}_id = w.id";
const LINKS_OF_MEMBERS: &str = "SELECT l.{record}_id, l.group_id, NULL::uuid, l.field_id, l.target_object_id
            FROM wanted w JOIN {record}_references l ON l.workspace_id = $1 AND l.{record}_id = w.id";

/// Checks every record of a workspace.
pub(super) async fn check(
    database: &Database,
    workspace_id: WorkspaceId,
    report: &mut Report,
) -> Result<(), Error> {
    all::<people::StoredPerson>(database, workspace_id, &PEOPLE, report).await?;
    all::<companies::StoredCompany>(database, workspace_id, &COMPANIES, report).await?;
    all::<deals::StoredDeal>(database, workspace_id, &OBJECTS, report).await
}

async fn all<T: Derived>(
    database: &Database,
    workspace_id: WorkspaceId,
    kind: &'static Kind,
    report: &mut Report,
) -> Result<(), Error> {
    let mut after = Uuid::nil();
    loop {
        let wanted = Wanted { after, limit: PAGE };
        let page = snapshot(database, workspace_id, async |connection| {
            page::<T>(connection, workspace_id, kind, wanted).await
        })
        .await?;
        report.records += page.ids.len();
        for finding in page.found {
            report.add(Some(workspace_id), finding);
        }
        match page.ids.last() {
            Some(last) => after = *last,
            None => return Ok(()),
        }
    }
}

struct Page {
    ids: Vec<Uuid>,
    found: Vec<Finding>,
}

/// The columns of a row that are made from others.
#[derive(Debug, Deserialize)]
struct Columns {
    id: Uuid,
    columns: Map<String, Value>,
}

async fn page<T: Derived>(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    kind: &'static Kind,
    wanted: Wanted,
) -> Result<Page, Error> {
    let workspace = workspace_id.uuid();
    let statement = Statement {
        sql: &kind.derived,
        workspace_id: workspace,
        input: &Document(wanted),
    };
    let columns: Vec<Document<Columns>> = statement.get_results(&mut connection).await?;
    let ids: Vec<Uuid> = columns.iter().map(|Document(row)| row.id).collect();
    if ids.is_empty() {
        return Ok(Page {
            ids,
            found: Vec::new(),
        });
    }
    let mut found = findings(connection, &kind.rules, workspace, wanted).await?;
    // Gone with the workspace's version since the first page.
    let Some(definitions) = definitions::load(connection, workspace_id).await? else {
        return Ok(Page { ids, found });
    };
    let Fetched { records, .. } = fetch_by_ids::<T>(connection, workspace_id, ids.clone()).await?;
    let columns = columns.into_iter().map(|Document(row)| (row.id, row.columns));
    let columns: BTreeMap<_, _> = columns.collect();
    for stored in records {
        let id = stored.id();
        let Some(columns) = columns.get(&id) else {
            continue;
        };
        match stored.view(&definitions) {
            Ok(view) => found.extend(differing(kind.table, id, columns, &T::derived(&view))),
            Err(Error::Inconsistent { table, column, row }) => {
                found.push(unreadable(table, Some(column), row));
            }
            Err(_) => found.push(unreadable(kind.table, None, id)),
        }
    }
    Ok(Page { ids, found })
}

/// The columns that hold something else than what they are made from gives.
fn differing(table: &str, id: Uuid, columns: &Map<String, Value>, derived: &Value) -> Vec<Finding> {
    let differs = columns
        .iter()
        .filter(|(name, value)| derived[name.as_str()] != **value);
    differs
        .map(|(name, _)| Finding {
            table: table.to_owned(),
            column: Some(name.clone()),
            id: id.to_string(),
            rule: Rule::DerivedColumn,
        })
        .collect()
}

impl Derived for people::StoredPerson {
    fn derived(view: &PersonView) -> Value {
        let profile = &view.person.profile;
        json!({"full_name": profile.shown_full_name(), "email_keys": email_keys(&profile.contact)})
    }
}

impl Derived for companies::StoredCompany {
    fn derived(view: &CompanyView) -> Value {
        let profile = &view.company.profile;
        let key = NameKey::new(profile.name.as_str());
        json!({"name_key": companies::name_key_hex(&key), "email_keys": email_keys(&profile.contact)})
    }
}

impl Derived for deals::StoredDeal {
    fn derived(_: &DealView) -> Value {
        json!({})
    }
}
