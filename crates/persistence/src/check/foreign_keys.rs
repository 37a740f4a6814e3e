//! Every foreign key, looked up: the database itself looks only when something is written, and not while triggers are
//! off, as they can be when a dump is restored.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::{Finding, Rule};
use crate::Error;

#[derive(Debug, QueryableByName)]
struct ForeignKey {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    column: String,
    /// Its query, with the workspace as `$1` and how many to answer at most as `$2`.
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(Debug, QueryableByName)]
struct Broken {
    #[diesel(sql_type = Uuid)]
    id: uuid::Uuid,
}

/// The rows of a workspace that refer to no row.
pub(super) async fn broken(
    mut connection: &AsyncPgConnection,
    workspace_id: uuid::Uuid,
    limit: usize,
) -> Result<Vec<Finding>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let keys: Vec<ForeignKey> = diesel::sql_query(include_str!("foreign_keys.sql"))
        .load(&mut connection)
        .await?;
    let mut found = Vec::new();
    for ForeignKey { child, column, sql } in keys {
        let broken: Vec<Broken> = diesel::sql_query(sql)
            .bind::<Uuid, _>(workspace_id)
            .bind::<BigInt, _>(limit)
            .load(&mut connection)
            .await?;
        found.extend(broken.into_iter().map(|Broken { id }| Finding {
            table: child.clone(),
            column: Some(column.clone()),
            id: id.to_string(),
            rule: Rule::DanglingReference,
        }));
    }
    Ok(found)
}
