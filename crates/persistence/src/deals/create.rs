//! Making a deal: one statement.

use diesel_async::AsyncPgConnection;
use domain::{DealDraft, DealView, ObjectId, RecordNames};

use super::DealHome;
use super::write::{ToWrite, Written, write};
use crate::Error;
use crate::records::sql::insert_references;
use crate::records::{Missing, Stored, Writing};

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("../records/look_up.sql"),
    include_str!("given.sql"),
    include_str!("insert.sql"),
    insert_references!("object", "", "accepted"),
    include_str!("answer.sql"),
    include_str!("../records/found.sql"),
);

/// A deal that is yet to be made.
#[derive(Debug, Clone)]
pub struct NewDeal {
    /// The id it will have.
    pub id: ObjectId,
    /// Where it is to be kept.
    pub home: DealHome,
    /// What it will be.
    pub draft: DealDraft,
    /// Whether to store it, or only to look up what it refers to.
    pub store: bool,
}

/// What came of making a deal.
#[derive(Debug)]
pub enum DealCreated {
    /// The definitions have changed; nothing was stored.
    Stale,
    /// These do not exist, so nothing was stored.
    Missing(Missing),
    /// The deal as it is now, or as it would be.
    Deal(Box<DealView>),
}

/// Makes a deal.
///
/// # Errors
/// [`Error::Conflict`] if something it refers to was deleted at this moment: nothing was stored, and another try sees it.
/// Otherwise when the database does not answer.
pub async fn create(
    connection: &AsyncPgConnection,
    writing: Writing,
    deal: &NewDeal,
) -> Result<DealCreated, Error> {
    let NewDeal {
        id,
        home,
        draft,
        store,
    } = deal;
    let deal = ToWrite {
        record: Stored::new(*id, &writing),
        home: *home,
        draft,
        store: *store,
        names: &RecordNames::new(),
        before: None,
    };
    Ok(match write(connection, SQL, writing, deal).await? {
        Written::Stale => DealCreated::Stale,
        Written::Missing(missing) => DealCreated::Missing(missing),
        Written::Done(view) => DealCreated::Deal(view),
    })
}
