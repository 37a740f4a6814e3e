//! Deals and other objects that groups keep: a row of their own, and rows for people, companies and references.

mod create;
mod delete;
mod load;
mod page;
mod row;
mod snapshot;
mod update;
mod write;

pub use create::{DealCreated, NewDeal, create};
pub use delete::delete;
pub(crate) use load::StoredDeal;
pub use load::{load, load_alone};
pub use page::page;
pub use update::update;

use domain::{GroupId, ObjectTypeId};

/// Where deals are kept: the deals of another place are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DealHome {
    /// The group.
    pub group_id: GroupId,
    /// Their type, one of the group's.
    pub object_type_id: ObjectTypeId,
}
