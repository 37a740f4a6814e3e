//! Making the companies that people name, and that do not exist.

use diesel_async::AsyncPgConnection;
use domain::{CompanyId, CompanyName, NameKey};
use serde::Serialize;
use uuid::Uuid;

use super::name_key_hex;
use crate::Error;
use crate::records::{Head, Writing};
use crate::statement::{Document, Statement};

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("make_named.sql")
);

/// A company that is known by its name only, and the id that it gets if it is made.
#[derive(Debug)]
pub(crate) struct NamedCompany<'a> {
    pub(crate) id: CompanyId,
    pub(crate) name: &'a CompanyName,
    pub(crate) key: NameKey,
}

#[derive(Debug, Serialize)]
struct Input<'a> {
    #[serde(flatten)]
    head: Head,
    companies: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    id: Uuid,
    name: &'a str,
    name_key: String,
}

impl<'a> Row<'a> {
    fn of(company: &'a NamedCompany<'_>) -> Self {
        let NamedCompany { id, name, key } = company;
        Self {
            id: id.uuid(),
            name: name.as_str(),
            name_key: name_key_hex(key),
        }
    }
}

/// Makes companies, unless others have just done so. What follows in the transaction sees them either way.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn make_named(
    connection: &AsyncPgConnection,
    writing: Writing,
    companies: &[NamedCompany<'_>],
) -> Result<(), Error> {
    let statement = Statement {
        sql: SQL,
        workspace_id: writing.workspace_id.uuid(),
        input: &Document(Input {
            head: writing.head(),
            companies: companies.iter().map(Row::of).collect(),
        }),
    };
    let _: u64 = statement.answer(connection).await?;
    Ok(())
}
