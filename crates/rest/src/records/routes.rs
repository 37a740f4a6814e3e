//! The routes that every kind of record has.

use super::{Calls, create, delete, get, list, update};
use crate::operations::Operations;

/// Where a kind of record is.
pub(crate) struct Paths {
    pub(crate) all: &'static str,
    /// [`Paths::all`] and `/search`.
    pub(crate) search: &'static str,
    /// [`Paths::all`] and an id.
    pub(crate) one: &'static str,
}

pub(crate) fn routes<R: Calls>(paths: Paths) -> Operations {
    let Paths { all, search, one } = paths;
    Operations::default()
        .get(all, list::list::<R>)
        .post(all, create::create::<R>)
        .post(search, list::search::<R>)
        .get(one, get::get::<R>)
        .patch(one, update::update::<R>)
        .delete(one, delete::delete::<R>)
}
