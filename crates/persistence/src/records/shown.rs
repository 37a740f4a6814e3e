//! Reading what records share: memberships with their values, and links in custom fields with the names of what they
//! lead to.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel_async::AsyncPgConnection;
use domain::{
    CustomFieldId, CustomValue, Definitions, EntityType, FieldSet, GroupId, Member, Membership, RecordName,
    RecordNames,
};
use serde::Deserialize;
use uuid::Uuid;

use super::values::{self, StoredTarget, StoredValues};
use crate::Error;
use crate::statement::Read;

/// What a read found.
#[derive(Debug)]
pub enum Loaded<View> {
    /// The records that exist of those asked for, in the order of their ids.
    Found(Vec<View>),
    /// The definitions given are not those of the rows; others are needed to read them.
    Stale,
}

/// A record as a row of its statement.
pub(crate) trait Shown: Sized {
    /// What is made of it.
    type View;

    /// Asks for records with a statement that ends as [`Self`] wants its rows.
    fn fetch<Q>(
        connection: &AsyncPgConnection,
        query: Q,
    ) -> impl Future<Output = QueryResult<Vec<Self>>> + Send
    where
        Q: QueryFragment<Pg> + QueryId + Send;

    /// The definitions that were in force.
    fn definitions_version(&self) -> i64;

    /// Reads it by those definitions.
    fn view(self, definitions: &Definitions) -> Result<Self::View, Error>;
}

/// Reads records, by definitions that must be those that were in force.
pub(crate) fn read<T: Shown>(stored: Vec<T>, definitions: &Definitions) -> Result<Loaded<T::View>, Error> {
    let current = |record: &T| record.definitions_version() == definitions.version();
    if !stored.iter().all(current) {
        return Ok(Loaded::Stale);
    }
    let views = stored.into_iter().map(|record| record.view(definitions));
    Ok(Loaded::Found(views.collect::<Result<_, Error>>()?))
}

/// A record that is linked, and its name. Like the other rows within a row, an array of what it holds.
#[derive(Debug, Deserialize)]
pub(crate) struct NamedRow(pub(crate) Uuid, pub(crate) String);

#[derive(Debug, Deserialize)]
pub(crate) struct MembershipRow {
    group_id: Uuid,
    values: StoredValues,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ReferenceRow {
    field_id: Uuid,
    target_person_id: Option<Uuid>,
    target_company_id: Option<Uuid>,
    target_user_id: Option<Uuid>,
    target_object_id: Option<Uuid>,
    /// Users have none here.
    name: Option<String>,
}

/// The links of one record by field, and the names of what they lead to.
pub(crate) struct ReadLinks {
    links: HashMap<Uuid, Vec<StoredTarget>>,
    pub(crate) names: RecordNames,
}

/// Where a record's values are, to say what is inconsistent.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) table: &'static str,
    pub(crate) row: Uuid,
}

impl Origin {
    /// What a column holds.
    pub(crate) fn read<T>(self, column: &'static str, Read(value): Read<T>) -> Result<T, Error> {
        value.ok_or_else(|| self.inconsistent(column))
    }

    pub(crate) fn inconsistent(self, column: &'static str) -> Error {
        let Self { table, row } = self;
        Error::Inconsistent { table, column, row }
    }
}

impl ReadLinks {
    pub(crate) fn new(references: Vec<ReferenceRow>) -> Self {
        let mut read = Self {
            links: HashMap::new(),
            names: RecordNames::new(),
        };
        for ReferenceRow {
            field_id,
            target_person_id,
            target_company_id,
            target_user_id,
            target_object_id,
            name,
        } in references
        {
            let target = StoredTarget {
                target_person_id,
                target_company_id,
                target_user_id,
                target_object_id,
            };
            if let Some((id, entity_type)) = record_of(&target)
                && let Some(name) = name
            {
                read.names.insert(id, RecordName { entity_type, name });
            }
            read.links.entry(field_id).or_default().push(target);
        }
        read
    }

    /// The memberships of a record of this kind.
    pub(crate) fn memberships(
        &self,
        rows: Vec<MembershipRow>,
        member: Member,
        origin: Origin,
        definitions: &Definitions,
    ) -> Result<Vec<Membership>, Error> {
        let membership = |MembershipRow { group_id, values }| {
            let group = definitions.group(GroupId::new(group_id));
            let group = group.ok_or_else(|| origin.inconsistent("group_id"))?;
            Ok(Membership {
                group_id: group.id,
                values: self.values(values, member.fields(group), origin)?,
            })
        };
        rows.into_iter().map(membership).collect()
    }

    /// The values of these fields, in their order.
    pub(crate) fn values(
        &self,
        mut stored: StoredValues,
        fields: &FieldSet,
        origin: Origin,
    ) -> Result<Vec<(CustomFieldId, CustomValue)>, Error> {
        let mut read = Vec::new();
        for field in fields.as_slice() {
            let plain = stored.remove(&field.id.uuid());
            let links = self.links.get(&field.id.uuid()).map_or(&[][..], Vec::as_slice);
            let value =
                values::from_stored(field, plain, links).map_err(|_| origin.inconsistent("values"))?;
            read.extend(value.map(|value| (field.id, value)));
        }
        Ok(read)
    }
}

/// The record that a link names; users are named by the definitions.
fn record_of(target: &StoredTarget) -> Option<(Uuid, EntityType)> {
    let StoredTarget {
        target_person_id,
        target_company_id,
        target_user_id: _,
        target_object_id,
    } = target;
    let person = target_person_id.map(|id| (id, EntityType::Person));
    let company = target_company_id.map(|id| (id, EntityType::Company));
    let object = target_object_id.map(|id| (id, EntityType::Object));
    person.or(company).or(object)
}
