//! What drafts of records share.

use crate::PlacedReference;

/// A record as it is to be stored. It may be only if reading it broke no rule and all that it points to exists.
pub trait Draft {
    /// The record as it is stored and shown.
    type View;

    /// What the request points to and only the database knows to exist.
    fn references(&self) -> &[PlacedReference];

    /// Whether storing it would change the record.
    fn differs_from(&self, current: &Self::View) -> bool;
}
