//! Filters of lists: read from query strings and from bodies, written into links, and the way back from what the core
//! says of them to what the caller wrote. Which fields and operators go together is for the core to say.

mod condition;
mod field_name;
mod from_body;
mod from_query;
mod operator;
mod places;
mod to_query;

#[cfg(test)]
mod round_trip;

use condition::{Condition, Operand, Target};

pub(crate) use field_name::CustomFieldNames;
pub(crate) use from_body::read_body;
pub(crate) use from_query::{PARAMETERS, read_query};
pub(crate) use places::FilterPlaces;

use proto::v1::filter::Combinator;

/// The conditions on a list, as the caller wrote them.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    combinator: Option<Combinator>,
    conditions: Vec<Condition>,
}

impl Filter {
    /// The core's form, of a filter of records whose custom fields are named like this.
    pub(crate) fn to_core(&self, names: CustomFieldNames) -> proto::v1::Filter {
        let Self {
            combinator,
            conditions,
        } = self;
        proto::v1::Filter {
            combinator: combinator.unwrap_or(Combinator::Unspecified).into(),
            conditions: conditions.iter().map(|one| one.to_core(names)).collect(),
        }
    }
}
