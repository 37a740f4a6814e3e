//! Changing a deal: the row is locked, a pure function decides, the whole deal is written.

use diesel_async::AsyncPgConnection;
use domain::{DealDraft, DealView, Definitions, ObjectId};

use super::DealHome;
use super::load::lock;
use super::write::{ToWrite, Written, write};
use crate::Error;
use crate::records::shown::Loaded;
use crate::records::sql::replace_references;
use crate::records::{Decision, Stored, Updated, Writing};

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("../records/look_up.sql"),
    include_str!("given.sql"),
    include_str!("replace.sql"),
    replace_references!("object", "", "accepted"),
    include_str!("answer.sql"),
    include_str!("../records/found.sql"),
);

/// Changes a deal of this place as `decide` says when it has seen it.
///
/// # Errors
/// [`Error::Conflict`] if something it refers to was deleted at this moment: nothing was stored, and another try sees it.
/// Otherwise when the database does not answer.
pub async fn update(
    connection: &AsyncPgConnection,
    writing: Writing,
    home: DealHome,
    id: ObjectId,
    definitions: &Definitions,
    decide: impl FnOnce(&DealView) -> Decision<DealDraft> + Send,
) -> Result<Updated<Box<DealView>>, Error> {
    let mut deals = match lock(connection, writing.workspace_id, home, id, definitions).await? {
        Loaded::Found(deals) => deals,
        Loaded::Stale => return Ok(Updated::Stale),
    };
    let Some(current) = deals.pop() else {
        return Ok(Updated::NotFound);
    };
    let (draft, store) = match decide(&current) {
        Decision::Leave => return Ok(Updated::Done(Box::new(current))),
        Decision::Write(draft) => (draft, true),
        Decision::DryRun(draft) => (draft, false),
    };
    let record = Stored {
        id,
        created_at: current.deal.created_at,
        created_by: current.deal.created_by,
        updated_at: current.deal.updated_at,
        version: current.deal.version,
    }
    .next(&writing);
    let deal = ToWrite {
        record,
        home,
        draft: &draft,
        store,
        names: &current.names,
        before: Some(&current.deal),
    };
    Ok(match write(connection, SQL, writing, deal).await? {
        Written::Stale => Updated::Stale,
        Written::Missing(missing) => Updated::Missing(missing),
        Written::Done(view) => Updated::Done(view),
    })
}
