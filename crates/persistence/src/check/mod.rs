//! Looking for what breaks the rules in a database: what constraints hold, and what they cannot. Only reads, a page of
//! records at a time, each page in one snapshot, so that writers are not disturbed and memory stays small.

mod foreign_keys;
mod records;
mod rule;

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{EmailKey, WorkspaceId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use rule::Rule;

use crate::statement::{Document, Statement};
use crate::transaction::send;
use crate::{Database, Error, Reach, definitions};

/// How many findings a report holds; the others are counted. Who has that many will look at the first.
const FINDINGS: usize = 1000;

/// Something that breaks a rule. It holds nothing of what is stored but ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The table.
    pub table: String,
    /// The column, if it is one.
    pub column: Option<String>,
    /// Which row, constraint or index: its id or its name.
    pub id: String,
    /// What it breaks.
    pub rule: Rule,
}

/// What was looked at, and what was found. What belongs to no workspace is `None`'s.
#[derive(Debug, Default)]
pub struct Report {
    /// What breaks a rule, and where.
    pub findings: Vec<(Option<WorkspaceId>, Finding)>,
    /// How many more do.
    pub more: usize,
    /// How many workspaces were read.
    pub workspaces: usize,
    /// How many people, companies and objects were read.
    pub records: usize,
}

impl Report {
    fn add(&mut self, workspace_id: Option<WorkspaceId>, finding: Finding) {
        if self.findings.len() < FINDINGS {
            self.findings.push((workspace_id, finding));
        } else {
            self.more += 1;
        }
    }
}

/// Whether the schema enforces what it says.
///
/// # Errors
/// When the database does not answer.
pub async fn schema(database: &Database, report: &mut Report) -> Result<(), Error> {
    let connection = database.connection().await?;
    // No workspace is meant: nothing but the catalogue is read.
    for finding in findings(&connection, include_str!("schema.sql"), Uuid::nil(), ()).await? {
        report.add(None, finding);
    }
    Ok(())
}

/// Whether all that a workspace holds is as the rules want it.
///
/// # Errors
/// When the database does not answer.
pub async fn workspace(
    database: &Database,
    workspace_id: WorkspaceId,
    report: &mut Report,
) -> Result<(), Error> {
    let of_workspace = Some(workspace_id);
    let (readable, found) = snapshot(database, workspace_id, async |mut connection| {
        let id = workspace_id.uuid();
        let mut found = findings(connection, include_str!("workspace.sql"), id, FINDINGS).await?;
        found.extend(foreign_keys::broken(connection, id, FINDINGS).await?);
        let users: Vec<Document<StoredUser>> = Statement {
            sql: USERS,
            workspace_id: id,
            input: &Document(()),
        }
        .get_results(&mut connection)
        .await?;
        found.extend(users.into_iter().filter_map(|Document(user)| user.broken()));
        let readable = match definitions::load(connection, workspace_id).await {
            // That there are none is found above.
            Ok(definitions) => definitions.is_some(),
            Err(Error::Inconsistent { table, column, row }) => {
                found.push(unreadable(table, Some(column), row));
                false
            }
            Err(error) => return Err(error),
        };
        Ok((readable, found))
    })
    .await?;
    report.workspaces += 1;
    for finding in found {
        report.add(of_workspace, finding);
    }
    // Records are read by the definitions.
    if readable {
        records::check(database, workspace_id, report).await?;
    }
    Ok(())
}

const USERS: &str = "SELECT json_build_object('id', u.id, 'email', u.email, 'email_key', u.email_key) FROM users u \
    WHERE u.workspace_id = $1 AND $2::jsonb IS NOT NULL";

#[derive(Debug, Deserialize)]
struct StoredUser {
    id: Uuid,
    email: String,
    email_key: String,
}

impl StoredUser {
    fn broken(self) -> Option<Finding> {
        let Self { id, email, email_key } = self;
        (EmailKey::new(&email).as_str() != email_key).then(|| Finding {
            table: "users".to_owned(),
            column: Some("email_key".to_owned()),
            id: id.to_string(),
            rule: Rule::DerivedColumn,
        })
    }
}

fn unreadable(table: &str, column: Option<&str>, row: Uuid) -> Finding {
    Finding {
        table: table.to_owned(),
        column: column.map(str::to_owned),
        id: row.to_string(),
        rule: Rule::Unreadable,
    }
}

/// The rows of a statement that answers findings.
async fn findings(
    mut connection: &AsyncPgConnection,
    sql: &'static str,
    workspace_id: Uuid,
    input: impl std::fmt::Debug + Serialize + Send + Sync,
) -> Result<Vec<Finding>, Error> {
    let statement = Statement {
        sql,
        workspace_id,
        input: &Document(input),
    };
    let found: Vec<Document<Finding>> = statement.get_results(&mut connection).await?;
    Ok(found.into_iter().map(|Document(finding)| finding).collect())
}

/// Reads as if nobody wrote meanwhile.
async fn snapshot<T>(
    database: &Database,
    workspace_id: WorkspaceId,
    work: impl AsyncFnOnce(&AsyncPgConnection) -> Result<T, Error>,
) -> Result<T, Error> {
    let reads = async |connection: &AsyncPgConnection| {
        send(
            connection,
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        )
        .await?;
        work(connection).await
    };
    database.within(Reach::of(workspace_id), reads).await
}
