//! People: a row of their own, and rows for memberships, companies and references.

mod create;
mod load;
mod row;
mod values;

pub use create::{CreatePeople, Created, NewPerson, Outcome, create};
pub use load::{Loaded, load};
