//! Deals and other objects that groups keep.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::group_values::read_values;
use crate::membership::same_values;
use crate::text::check_entries;
use crate::{
    CompanyId, CustomFieldId, CustomValue, DealField, Draft, FieldSet, GroupId, Judging, Name, ObjectId,
    ObjectTypeId, Path, PersonId, PlacedReference, RawValue, RecordNames, ReferenceTarget, UserId,
    Violations,
};

/// The most people, and the most companies, of a deal.
const MAX_PARTIES: usize = 20;

/// The plain fields of a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealProfile {
    /// The name to show.
    pub name: Name<1000>,
    /// The companies that take part, in their order.
    pub companies: Vec<CompanyId>,
    /// The people who take part, in their order.
    pub people: Vec<PersonId>,
}

/// A deal, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    /// The deal's id.
    pub id: ObjectId,
    /// The group that keeps it.
    pub group_id: GroupId,
    /// Its type, one of the group's.
    pub object_type_id: ObjectTypeId,
    /// The plain fields.
    pub profile: DealProfile,
    /// The custom values that are set, each field once.
    pub values: Vec<(CustomFieldId, CustomValue)>,
    /// When the deal was made.
    pub created_at: DateTime<Utc>,
    /// Whose key made it.
    pub created_by: UserId,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Grows with every change.
    pub version: i64,
}

/// A deal with what is needed to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct DealView {
    /// The deal.
    pub deal: Deal,
    /// The names of the people and companies, and of the records in contact and object fields.
    pub names: RecordNames,
}

impl DealView {
    /// Every record of which something shows when the deal is shown: its own, and those that it names.
    pub fn shown_records(&self) -> impl Iterator<Item = Uuid> + '_ {
        std::iter::once(self.deal.id.uuid()).chain(self.names.keys().copied())
    }
}

/// A deal as it is to be stored. It may be only if reading it broke no rule and all that it points to exists.
#[derive(Debug, Clone, PartialEq)]
pub struct DealDraft {
    /// The plain fields.
    pub profile: DealProfile,
    /// The custom values, each field once.
    pub values: Vec<(CustomFieldId, CustomValue)>,
    /// What the request points to and only the database knows to exist.
    pub references: Vec<PlacedReference>,
}

/// A deal as a request sends it; the name is read already.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawDeal {
    /// The name, if it is a good one.
    pub name: Option<Name<1000>>,
    /// Ids of companies.
    pub companies: Vec<String>,
    /// Ids of people.
    pub people: Vec<String>,
    /// Names of fields and their values.
    pub values: Vec<(String, RawValue)>,
}

/// What is to change of a deal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DealChange {
    /// Which fields of `new` count.
    pub fields: HashSet<DealField>,
    /// Their new values.
    pub new: RawDeal,
}

/// Where a deal is kept.
#[derive(Debug, Clone, Copy)]
pub struct DealPlace<'a> {
    /// The group, of which people and companies must be members.
    pub group_id: GroupId,
    /// The fields of its type.
    pub fields: &'a FieldSet,
}

impl DealDraft {
    /// Reads a new deal; reports everything that is wrong. Without a good name there is no draft, but what the rest
    /// points to is answered all the same.
    pub fn read(
        raw: RawDeal,
        place: DealPlace<'_>,
        path: &Path<'_>,
        judging: &mut Judging<'_>,
    ) -> Result<Self, Vec<PlacedReference>> {
        let RawDeal {
            name,
            companies,
            people,
            values,
        } = raw;
        let mut references = Vec::new();
        let companies = read_companies(companies, place, path, &mut references, judging.violations);
        let people = read_people(people, place, path, &mut references, judging.violations);
        let mut kept = Vec::new();
        place.read_values(values, &mut kept, &mut references, path, judging);
        match name {
            Some(name) => Ok(Self {
                profile: DealProfile {
                    name,
                    companies,
                    people,
                },
                values: kept,
                references,
            }),
            None => Err(references),
        }
    }
}

impl DealChange {
    /// The deal as it is to be after the change; reports everything that is wrong. Paths begin with the field `deal` of
    /// a request.
    pub fn apply(self, current: &DealView, place: DealPlace<'_>, judging: &mut Judging<'_>) -> DealDraft {
        let Self { fields, new } = self;
        let RawDeal {
            name,
            companies,
            people,
            values,
        } = new;
        let path = Path::root("deal");
        let mut draft = DealDraft {
            profile: current.deal.profile.clone(),
            values: current.deal.values.clone(),
            references: Vec::new(),
        };
        if let Some(name) = name.filter(|_| fields.contains(&DealField::Name)) {
            draft.profile.name = name;
        }
        if fields.contains(&DealField::Companies) {
            draft.profile.companies =
                read_companies(companies, place, &path, &mut draft.references, judging.violations);
        }
        if fields.contains(&DealField::People) {
            draft.profile.people =
                read_people(people, place, &path, &mut draft.references, judging.violations);
        }
        if fields.contains(&DealField::CustomFieldValues) {
            place.read_values(values, &mut draft.values, &mut draft.references, &path, judging);
        }
        draft
    }
}

impl DealPlace<'_> {
    fn read_values(
        self,
        values: Vec<(String, RawValue)>,
        kept: &mut Vec<(CustomFieldId, CustomValue)>,
        references: &mut Vec<PlacedReference>,
        path: &Path<'_>,
        judging: &mut Judging<'_>,
    ) {
        let path = path.field("custom_field_values");
        read_values(
            values,
            self.fields,
            "objects of this type",
            kept,
            references,
            &path,
            judging,
        );
    }
}

fn read_companies(
    ids: Vec<String>,
    place: DealPlace<'_>,
    path: &Path<'_>,
    references: &mut Vec<PlacedReference>,
    violations: &mut Violations,
) -> Vec<CompanyId> {
    let target = |id| ReferenceTarget::CompanyInGroup(id, place.group_id);
    read_parties(
        ids,
        &path.field("companies"),
        references,
        violations,
        CompanyId::parse_at,
        target,
    )
}

fn read_people(
    ids: Vec<String>,
    place: DealPlace<'_>,
    path: &Path<'_>,
    references: &mut Vec<PlacedReference>,
    violations: &mut Violations,
) -> Vec<PersonId> {
    let target = |id| ReferenceTarget::PersonInGroup(id, place.group_id);
    read_parties(
        ids,
        &path.field("people"),
        references,
        violations,
        PersonId::parse_at,
        target,
    )
}

/// Reads a list of ids; the same one twice counts once.
fn read_parties<Id: Copy + Eq + std::hash::Hash>(
    ids: Vec<String>,
    path: &Path<'_>,
    references: &mut Vec<PlacedReference>,
    violations: &mut Violations,
    parse_at: impl Fn(&str, &Path<'_>, &mut Violations) -> Option<Id>,
    target: impl Fn(Id) -> ReferenceTarget,
) -> Vec<Id> {
    check_entries(ids.len(), MAX_PARTIES, path, violations);
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for (index, id) in ids.into_iter().enumerate() {
        let path = path.index(index);
        let path = path.field("id");
        let Some(id) = parse_at(&id, &path, violations).filter(|id| seen.insert(*id)) else {
            continue;
        };
        references.push(PlacedReference {
            path: path.to_segments(),
            target: target(id),
        });
        kept.push(id);
    }
    kept
}

impl Draft for DealDraft {
    type View = DealView;

    fn references(&self) -> &[PlacedReference] {
        &self.references
    }

    fn differs_from(&self, current: &DealView) -> bool {
        self.profile != current.deal.profile || !same_values(&self.values, &current.deal.values)
    }
}
