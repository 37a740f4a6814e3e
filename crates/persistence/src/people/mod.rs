//! People: a row of their own, and rows for memberships, companies and references.

mod create;
mod delete;
mod load;
mod page;
mod row;
mod snapshot;
mod update;
mod write;

pub use create::{Created, NewPerson, create, create_alone};
pub use delete::delete;
pub(crate) use load::StoredPerson;
pub use load::{load, load_alone};
pub use page::{StoredPage, fetch_pages, page};
pub use update::{ChangedPerson, UpdatedPerson, update};
pub use write::Outcome;
