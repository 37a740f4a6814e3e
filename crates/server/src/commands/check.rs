//! `people check`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use domain::WorkspaceId;
use persistence::check::{self, Finding, Report};
use persistence::{Database, workspaces};
use serde_json::{Value, json};

use super::Failure;
use crate::config::Config;
use crate::database::DatabaseHome;

/// The exit code when something breaks a rule.
const BROKEN: u8 = 1;
/// The exit code when the database could not be checked.
pub(super) const NOT_CHECKED: u8 = 2;

/// How long a statement may take: some look through a whole workspace. A longer PEOPLE_DB_STATEMENT_TIMEOUT counts.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// Look for what breaks the rules in a database: after a restore, after a repair, or every night.
///
/// Only reads, and may run beside `people serve`. Tells ids and nothing else of what is stored. The exit code is 0 if
/// nothing is wrong, 1 if something is, 2 if the database could not be checked.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Only this workspace, by id or name
    #[arg(long, value_name = "ID_OR_NAME")]
    workspace: Option<String>,

    /// Answer in JSON, for programs
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) async fn run(&self, config: &Config) -> Result<ExitCode, Failure> {
        let home = DatabaseHome::open(config).await?;
        let report = self.report(config, &home).await;
        home.close().await;
        let report = report?;
        let text = if self.json {
            format!("{:#}\n", as_json(&report))
        } else {
            as_text(&report)
        };
        std::io::stdout().write_all(text.as_bytes())?;
        Ok(match report.findings.is_empty() {
            true => ExitCode::SUCCESS,
            false => BROKEN.into(),
        })
    }

    async fn report(&self, config: &Config, home: &DatabaseHome) -> Result<Report, Failure> {
        home.require_schema("only a whole schema can be checked").await?;
        // One after the other: nobody waits for this, and everybody else for the database.
        let database = home.pool_of(1, config.database.statement_timeout.max(STATEMENT_TIMEOUT))?;
        let mut report = Report::default();
        check::schema(&database, &mut report).await?;
        for id in self.workspaces(&database).await? {
            check::workspace(&database, id, &mut report).await?;
        }
        Ok(report)
    }

    async fn workspaces(&self, database: &Database) -> Result<Vec<WorkspaceId>, Failure> {
        let mut all = workspaces::list(&*database.connection().await?).await?;
        if let Some(asked) = &self.workspace {
            all.retain(|(id, name)| id.to_string() == *asked || name == asked);
            if all.is_empty() {
                return Err(format!(
                    "there is no workspace \"{asked}\"; see them all: people admin workspace list"
                )
                .into());
            }
        }
        Ok(all.into_iter().map(|(id, _)| id).collect())
    }
}

/// What is wrong, once for each rule and place, with all that break it there.
fn as_text(report: &Report) -> String {
    let Report {
        findings,
        more,
        workspaces,
        records,
    } = report;
    let mut places: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for (workspace_id, finding) in findings {
        let Finding {
            table,
            column,
            id,
            rule,
        } = finding;
        let row = match workspace_id {
            Some(workspace_id) => format!("{id} (in {workspace_id})"),
            None => id.clone(),
        };
        places.entry((table, column, rule)).or_default().push(row);
    }
    let mut text = String::new();
    for ((table, column, rule), rows) in places {
        let column = column
            .as_ref()
            .map_or(String::new(), |column| format!(".{column}"));
        // Writing into a String cannot fail.
        let _ = write!(
            text,
            "{table}{column}: {}\n  what to do: {}\n  where:\n    {}\n\n",
            rule.problem(),
            rule.remedy(),
            rows.join("\n    ")
        );
    }
    let checked = format!("{workspaces} workspaces with {records} records were checked");
    let _ = match (findings.len() + more, more) {
        (0, _) => writeln!(text, "{checked}: nothing is wrong."),
        (all, 0) => writeln!(text, "{checked}: {all} things are wrong."),
        (all, _) => writeln!(
            text,
            "{checked}: {all} things are wrong; those above are the first."
        ),
    };
    text
}

fn as_json(report: &Report) -> Value {
    let Report {
        findings,
        more,
        workspaces,
        records,
    } = report;
    let finding = |(workspace_id, finding): &(Option<WorkspaceId>, Finding)| {
        let Finding {
            table,
            column,
            id,
            rule,
        } = finding;
        json!({
            "workspaceId": workspace_id.map(|id| id.to_string()),
            "table": table,
            "column": column,
            "id": id,
            "rule": rule,
            "problem": rule.problem(),
            "remedy": rule.remedy(),
        })
    };
    json!({
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "more": more,
        "workspaces": workspaces,
        "records": records,
    })
}
