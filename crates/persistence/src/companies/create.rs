//! Making a company, unless there is one of its name: one statement.

use diesel_async::AsyncPgConnection;
use domain::{CompanyDraft, CompanyId, CompanyView, RecordNames};

use super::write::{ToWrite, Written, write};
use crate::Error;
use crate::records::sql::{insert_memberships, insert_references};
use crate::records::{Missing, Stored, Writing};

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("../records/look_up.sql"),
    include_str!("given.sql"),
    include_str!("insert.sql"),
    insert_memberships!("company", "accepted"),
    insert_references!("company", "group_id, ", "accepted"),
    include_str!("answer.sql"),
);

/// A company that is yet to be made.
#[derive(Debug, Clone)]
pub struct NewCompany {
    /// The id it will have.
    pub id: CompanyId,
    /// What it will be.
    pub draft: CompanyDraft,
    /// Whether to store it, or only to look up what it refers to.
    pub store: bool,
}

/// What came of making a company.
#[derive(Debug)]
pub enum CompanyCreated {
    /// The definitions have changed; nothing was stored.
    Stale,
    /// These do not exist, so nothing was stored.
    Missing(Missing),
    /// There is a company of this name, and it is as it was.
    Existing(CompanyId),
    /// The company as it is now, or as it would be.
    Company(Box<CompanyView>),
}

/// Makes a company.
///
/// # Errors
/// [`Error::Conflict`] if something it refers to was deleted, or another company of its name was made, at this moment:
/// nothing was stored, and another try sees it. Otherwise when the database does not answer.
pub async fn create(
    connection: &AsyncPgConnection,
    writing: Writing,
    company: &NewCompany,
) -> Result<CompanyCreated, Error> {
    let NewCompany { id, draft, store } = company;
    let company = ToWrite {
        record: Stored::new(*id, &writing),
        draft,
        store: *store,
        names: &RecordNames::new(),
        before: None,
    };
    match write(connection, SQL, writing, company).await? {
        Written::Stale => Ok(CompanyCreated::Stale),
        Written::Missing(missing) => Ok(CompanyCreated::Missing(missing)),
        Written::Existing(id) => Ok(CompanyCreated::Existing(id)),
        Written::Raced => Err(Error::Conflict { constraint: None }),
        Written::Done(view) => Ok(CompanyCreated::Company(view)),
    }
}
