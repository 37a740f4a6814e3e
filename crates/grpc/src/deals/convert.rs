//! Deals between protobuf and the domain.

use domain::{DealField, DealProfile, DealView, Definitions, Name, Path, RawDeal, RecordNames, Violations};
use proto::v1::{Deal, DealCompany, DealPerson};
use uuid::Uuid;

use super::home::Home;
use crate::convert::{etag, time, user};
use crate::custom_values;

/// Reads the fields of a deal that are meant; reports what is wrong with the name.
pub(crate) fn raw_deal(
    deal: Deal,
    is_meant: impl Fn(DealField) -> bool,
    path: &Path<'_>,
    violations: &mut Violations,
) -> RawDeal {
    let Deal {
        id: _,
        group_id: _,
        object_type: _,
        name,
        companies,
        people,
        custom_field_values,
        create_time: _,
        update_time: _,
        created_by: _,
        etag: _,
    } = deal;
    let name = is_meant(DealField::Name)
        .then(|| Name::parse(name, &path.field("name"), violations))
        .flatten();
    RawDeal {
        name,
        companies: companies
            .into_iter()
            .map(|DealCompany { id, name: _ }| id)
            .collect(),
        people: people
            .into_iter()
            .map(|DealPerson { id, full_name: _ }| id)
            .collect(),
        values: custom_field_values
            .into_iter()
            .map(custom_values::field_value)
            .collect(),
    }
}

/// Whether a field of a deal says something.
pub(super) fn is_set(deal: &Deal, field: DealField) -> bool {
    match field {
        DealField::Name => !deal.name.is_empty(),
        DealField::Companies => !deal.companies.is_empty(),
        DealField::People => !deal.people.is_empty(),
        DealField::CustomFieldValues => !deal.custom_field_values.is_empty(),
    }
}

/// The deal as its callers see it.
pub(super) fn deal(view: DealView, home: &Home<'_>, definitions: &Definitions) -> Deal {
    let DealView { deal, names } = view;
    let domain::Deal {
        id,
        group_id,
        object_type_id: _,
        profile,
        values,
        created_at,
        created_by,
        updated_at,
        version,
    } = deal;
    let DealProfile {
        name,
        companies,
        people,
    } = profile;
    let company = |id: &domain::CompanyId| DealCompany {
        id: (*id).into(),
        name: name_of(id.uuid(), &names),
    };
    let person = |id: &domain::PersonId| DealPerson {
        id: (*id).into(),
        full_name: name_of(id.uuid(), &names),
    };
    Deal {
        id: id.into(),
        group_id: group_id.into(),
        object_type: home.object_type.to_owned(),
        name: name.into_string(),
        companies: companies.iter().map(company).collect(),
        people: people.iter().map(person).collect(),
        custom_field_values: custom_values::of_fields(home.fields, values, &names, definitions),
        create_time: Some(time(created_at)),
        update_time: Some(time(updated_at)),
        created_by: user(created_by, definitions),
        etag: etag(version),
    }
}

fn name_of(id: Uuid, names: &RecordNames) -> String {
    names
        .get(&id)
        .map(|record| record.name.clone())
        .unwrap_or_default()
}
