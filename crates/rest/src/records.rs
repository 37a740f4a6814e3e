//! What people, companies and deals have in common: they are created, read, changed, deleted, listed and searched in the
//! same way. A kind of record adds its fields in JSON ([`Record`]) and its calls of the core ([`Calls`]).

mod calls;
mod create;
mod custom_values;
mod delete;
mod get;
mod links;
mod list;
mod patch;
mod record;
mod routes;
mod update;

pub(crate) use calls::{Answer, Calls, Creation, PageOf, calls};
pub(crate) use custom_values::{
    CustomValueInput, GroupsJson, ValuesJson, custom_values, field_values, group_values,
};
pub(crate) use links::{group_link, groups, ids, linked_id};
pub(crate) use patch::{ADD, Patch, REMOVE};
pub(crate) use record::{EntriesReader, Record, read_record};
pub(crate) use routes::{Paths, routes};

#[cfg(test)]
pub(crate) use patch::read_patch;
