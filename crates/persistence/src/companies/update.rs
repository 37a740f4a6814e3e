//! Changing a company: the row is locked, a pure function decides, the whole company is written.

use diesel_async::AsyncPgConnection;
use domain::{CompanyDraft, CompanyId, CompanyView, Definitions};

use super::load::lock;
use super::write::{ToWrite, Written, write};
use crate::Error;
use crate::records::shown::Loaded;
use crate::records::sql::{replace_memberships, replace_references};
use crate::records::{Decision, Stored, Updated, Writing};

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("../records/look_up.sql"),
    include_str!("given.sql"),
    include_str!("replace.sql"),
    replace_memberships!("company", "accepted"),
    replace_references!("company", "group_id, ", "accepted"),
    include_str!("answer.sql"),
);

/// Changes a company as `decide` says when it has seen it.
///
/// # Errors
/// [`Error::Conflict`] if another company took the new name, or something it refers to was deleted, at this
/// moment: nothing was stored, and another try sees it. Otherwise when the database does not answer.
pub async fn update(
    connection: &AsyncPgConnection,
    writing: Writing,
    id: CompanyId,
    definitions: &Definitions,
    decide: impl FnOnce(&CompanyView) -> Decision<CompanyDraft> + Send,
) -> Result<Updated<Box<CompanyView>>, Error> {
    let mut companies = match lock(connection, writing.workspace_id, id, definitions).await? {
        Loaded::Found(companies) => companies,
        Loaded::Stale => return Ok(Updated::Stale),
    };
    let Some(current) = companies.pop() else {
        return Ok(Updated::NotFound);
    };
    let (draft, store) = match decide(&current) {
        Decision::Leave => return Ok(Updated::Done(Box::new(current))),
        Decision::Write(draft) => (draft, true),
        Decision::DryRun(draft) => (draft, false),
    };
    let record = Stored {
        id,
        created_at: current.company.created_at,
        created_by: current.company.created_by,
        updated_at: current.company.updated_at,
        version: current.company.version,
    }
    .next(&writing);
    let company = ToWrite {
        record,
        draft: &draft,
        store,
        names: &current.names,
        before: Some(&current.company),
    };
    Ok(match write(connection, SQL, writing, company).await? {
        Written::Stale => Updated::Stale,
        Written::Missing(missing) => Updated::Missing(missing),
        Written::Existing(other) => Updated::NameTaken(other),
        Written::Raced => return Err(Error::Conflict { constraint: None }),
        Written::Done(view) => Updated::Done(view),
    })
}
