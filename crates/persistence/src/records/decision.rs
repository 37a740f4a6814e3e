//! Changing a record that was seen as it is.

use domain::CompanyId;

use super::Missing;

/// What to do with a record, having seen it as it is.
#[derive(Debug)]
pub enum Decision<Draft> {
    /// Leave it.
    Leave,
    /// Make it this.
    Write(Box<Draft>),
    /// Look up what such a record would refer to, and store nothing.
    DryRun(Box<Draft>),
}

impl<Draft> Decision<Draft> {
    /// The same of another kind of draft.
    pub fn map<Other>(self, map: impl FnOnce(Draft) -> Other) -> Decision<Other> {
        match self {
            Self::Leave => Decision::Leave,
            Self::Write(draft) => Decision::Write(Box::new(map(*draft))),
            Self::DryRun(draft) => Decision::DryRun(Box::new(map(*draft))),
        }
    }
}

/// What came of changing a record.
#[derive(Debug)]
pub enum Updated<Record> {
    /// There is no such record.
    NotFound,
    /// The definitions have changed; nothing was stored.
    Stale,
    /// These do not exist, so nothing was stored.
    Missing(Missing),
    /// Another company has the new name; nothing was stored.
    NameTaken(CompanyId),
    /// The record as it is now, or as it would be.
    Done(Record),
}
