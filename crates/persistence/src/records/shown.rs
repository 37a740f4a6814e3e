//! Reading what records share: memberships with their values, and links in custom fields with the names of what they
//! lead to.

use std::collections::BTreeMap;

use diesel::result::QueryResult;
use diesel::sql_types;
use diesel_async::AsyncPgConnection;
use domain::{
    CustomFieldId, CustomValue, Definitions, EntityType, FieldSet, GroupId, Member, Membership, RecordName,
    RecordNames, WorkspaceId,
};
use uuid::Uuid;

use super::values::{self, StoredTarget, StoredValues};
use crate::fragments::Fragments;
use crate::session::Alone;
use crate::statement::{Read, row_within};
use crate::{Database, Error, Reach};

/// What a read found.
#[derive(Debug)]
pub enum Loaded<View> {
    /// The records that exist of those asked for, in the order of their ids.
    Found(Vec<View>),
    /// The definitions given are not those of the rows; others are needed to read them.
    Stale,
}

/// A record as it is stored.
pub(crate) trait Shown: Sized {
    /// What is made of it.
    type View;

    /// The rest of a statement behind a table `wanted` of one row that has the `ids` of records in an array, and whether there are
    /// `more` than these.
    const OF_IDS: &'static str;
    /// The same for a page: the first records of all that have greater ids than some.
    const OF_PAGE: &'static str;
    /// What the first is in a transaction of its own.
    const ALONE_OF_IDS: Alone;
    /// And the second.
    const ALONE_OF_PAGE: Alone;

    /// Asks for records with a statement that ends so.
    fn fetch(
        connection: &AsyncPgConnection,
        statement: Fragments,
    ) -> impl Future<Output = QueryResult<Fetched<Self>>> + Send;

    /// Reads it by the definitions that were in force.
    fn view(self, definitions: &Definitions) -> Result<Self::View, Error>;

    /// Its id.
    fn id(&self) -> Uuid;
}

/// Records as they are stored, in the order of their ids.
#[derive(Debug)]
pub(crate) struct Fetched<T> {
    /// The definitions that were in force; a workspace has some.
    pub(crate) definitions_version: Option<i64>,
    /// Whether there are more than were asked for.
    pub(crate) more: bool,
    pub(crate) records: Vec<T>,
}

impl<T: Shown> Fetched<T> {
    /// The records, which the database gives in any order.
    pub(crate) fn of(head: Option<HeadRow>, mut records: Vec<T>) -> Self {
        records.sort_unstable_by_key(T::id);
        Self {
            definitions_version: head.as_ref().and_then(|head| head.definitions_version),
            more: head.is_some_and(|head| head.more),
            records,
        }
    }
}

/// A column of `wanted`, which each of the statements goes through: outside of a transaction of a workspace they fail, and do not
/// answer that there is nothing.
pub(crate) const WITHIN_WORKSPACE: &str = "current_setting('people.workspace_id')::uuid AS within";

/// Asks for the records with these ids in one statement, however many.
pub(crate) async fn fetch_by_ids<T: Shown>(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    ids: Vec<Uuid>,
) -> QueryResult<Fetched<T>> {
    let mut statement = Fragments::default();
    // The workspace is `$1` of all that follows.
    statement
        .sql("WITH wanted AS MATERIALIZED (SELECT ")
        .uuid(workspace_id.uuid())
        .sql(" AS workspace_id, ")
        .uuids(ids)
        .sql(" AS ids, false AS more, ")
        .sql(WITHIN_WORKSPACE)
        .sql(")\n")
        .sql(T::OF_IDS);
    T::fetch(connection, statement).await
}

/// The same in a transaction of its own.
pub(crate) async fn fetch_alone<T: Shown + Send>(
    database: &Database,
    reach: Reach,
    ids: Vec<Uuid>,
) -> Result<Fetched<T>, Error> {
    database
        .alone(reach, T::ALONE_OF_IDS, 1, async |connection| {
            Ok(fetch_by_ids(connection, reach.workspace_id, ids).await?)
        })
        .await
}

/// Reads records, by definitions that must be those that were in force.
pub(crate) fn read<T: Shown>(
    fetched: Fetched<T>,
    definitions: &Definitions,
) -> Result<Loaded<T::View>, Error> {
    let Fetched {
        definitions_version,
        more: _,
        records,
    } = fetched;
    if definitions_version.is_some_and(|version| version != definitions.version()) {
        return Ok(Loaded::Stale);
    }
    let views = records.into_iter().map(|record| record.view(definitions));
    Ok(Loaded::Found(views.collect::<Result<_, Error>>()?))
}

/// A part of a record.
pub(crate) trait Part {
    /// Whose part it is.
    fn record_id(&self) -> Uuid;

    /// Where it stands among those of its kind.
    fn position(&self) -> i16;
}

/// The parts of records, by the ids of these.
pub(crate) struct Parts<T>(BTreeMap<Uuid, Vec<T>>);

impl<T: Part> Parts<T> {
    pub(crate) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub(crate) fn add(&mut self, part: T) {
        self.0.entry(part.record_id()).or_default().push(part);
    }

    /// Takes out those of a record, in their order.
    pub(crate) fn of(&mut self, record: Uuid) -> Vec<T> {
        let mut parts = self.0.remove(&record).unwrap_or_default();
        parts.sort_unstable_by_key(T::position);
        parts
    }
}

/// What holds of all that is read.
#[derive(Debug)]
pub(crate) struct HeadRow {
    definitions_version: Option<i64>,
    more: bool,
}

/// A record that is linked, and its name.
#[derive(Debug)]
pub(crate) struct NamedRow {
    record_id: Uuid,
    position: i16,
    id: Uuid,
    /// Foreign keys see to it that there is one.
    name: Option<String>,
}

#[derive(Debug)]
pub(crate) struct MembershipRow {
    record_id: Uuid,
    position: i16,
    group_id: Uuid,
    values: Read<StoredValues>,
}

#[derive(Debug)]
pub(crate) struct ReferenceRow {
    record_id: Uuid,
    position: i16,
    field_id: Uuid,
    target_person_id: Option<Uuid>,
    target_company_id: Option<Uuid>,
    target_user_id: Option<Uuid>,
    target_object_id: Option<Uuid>,
    /// Users have none here.
    name: Option<String>,
}

row_within!(HeadRow {
    definitions_version: sql_types::Nullable<sql_types::BigInt>,
    more: sql_types::Bool,
});

row_within!(NamedRow {
    record_id: sql_types::Uuid,
    position: sql_types::SmallInt,
    id: sql_types::Uuid,
    name: sql_types::Nullable<sql_types::Text>,
});

row_within!(MembershipRow {
    record_id: sql_types::Uuid,
    position: sql_types::SmallInt,
    group_id: sql_types::Uuid,
    values: sql_types::Jsonb,
});

row_within!(ReferenceRow {
    record_id: sql_types::Uuid,
    position: sql_types::SmallInt,
    field_id: sql_types::Uuid,
    target_person_id: sql_types::Nullable<sql_types::Uuid>,
    target_company_id: sql_types::Nullable<sql_types::Uuid>,
    target_user_id: sql_types::Nullable<sql_types::Uuid>,
    target_object_id: sql_types::Nullable<sql_types::Uuid>,
    name: sql_types::Nullable<sql_types::Text>,
});

impl Part for NamedRow {
    fn record_id(&self) -> Uuid {
        self.record_id
    }

    fn position(&self) -> i16 {
        self.position
    }
}

impl Part for MembershipRow {
    fn record_id(&self) -> Uuid {
        self.record_id
    }

    fn position(&self) -> i16 {
        self.position
    }
}

impl Part for ReferenceRow {
    fn record_id(&self) -> Uuid {
        self.record_id
    }

    fn position(&self) -> i16 {
        self.position
    }
}

/// The links of one record by field, and the names of what they lead to.
pub(crate) struct ReadLinks {
    links: BTreeMap<Uuid, Vec<StoredTarget>>,
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
    /// The ids of linked records of this type, whose names are kept. What leads nowhere is left out, as if it were gone.
    pub(crate) fn named(&mut self, rows: Vec<NamedRow>, entity_type: EntityType) -> Vec<Uuid> {
        let mut ids = Vec::with_capacity(rows.len());
        for NamedRow {
            record_id: _,
            position: _,
            id,
            name,
        } in rows
        {
            if let Some(name) = name {
                self.names.insert(id, RecordName { entity_type, name });
                ids.push(id);
            }
        }
        ids
    }

    pub(crate) fn new(references: Vec<ReferenceRow>) -> Self {
        let mut read = Self {
            links: BTreeMap::new(),
            names: RecordNames::new(),
        };
        for ReferenceRow {
            record_id: _,
            position: _,
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
        let membership = |MembershipRow {
                              record_id: _,
                              position: _,
                              group_id,
                              values,
                          }| {
            let group = definitions.group(GroupId::new(group_id));
            let group = group.ok_or_else(|| origin.inconsistent("group_id"))?;
            Ok(Membership {
                group_id: group.id,
                values: self.values(origin.read("values", values)?, member.fields(group), origin)?,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq)]
    struct Entry(Uuid, i16);

    impl Part for Entry {
        fn record_id(&self) -> Uuid {
            self.0
        }

        fn position(&self) -> i16 {
            self.1
        }
    }

    #[test]
    fn each_record_gets_its_parts_in_their_order_however_they_come() {
        let [first, second, third] = [1, 2, 3].map(Uuid::from_u128);
        let mut parts = Parts::new();
        for (record, position) in [(second, 2), (first, 1), (second, 0), (first, 0), (second, 1)] {
            parts.add(Entry(record, position));
        }
        let positions = |parts: Vec<Entry>| parts.iter().map(Part::position).collect::<Vec<_>>();
        assert_eq!(positions(parts.of(second)), [0, 1, 2]);
        assert!(parts.of(third).is_empty());
        assert_eq!(positions(parts.of(first)), [0, 1]);
    }
}
