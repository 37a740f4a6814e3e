//! The plain values of a custom field, in the `jsonb` of memberships and objects: SQL that goes through all of them.

use std::sync::LazyLock;

use domain::{CustomFieldId, FieldOwner, OptionId};
use serde::Serialize;
use uuid::Uuid;

use super::FieldScope;

/// What the statements here take.
#[derive(Debug, Serialize)]
pub(super) struct StoredOptions {
    /// The group of memberships, or the type of objects.
    of: Uuid,
    field_id: Uuid,
    options: Vec<Uuid>,
}

impl StoredOptions {
    pub(super) fn new(scope: FieldScope, field_id: CustomFieldId, options: &[OptionId]) -> Self {
        let FieldScope { group_id, owner } = scope;
        Self {
            of: match owner {
                FieldOwner::People | FieldOwner::Companies => group_id.uuid(),
                FieldOwner::Objects(object_type) => object_type.uuid(),
            },
            field_id: field_id.uuid(),
            options: options.iter().map(|option| option.uuid()).collect(),
        }
    }
}

/// A statement for each table that keeps values.
pub(super) struct Tables {
    people: String,
    companies: String,
    objects: String,
}

pub(super) static OPTIONS_IN_USE: LazyLock<Tables> =
    LazyLock::new(|| Tables::new(include_str!("options_in_use.sql")));
pub(super) static DROP_OPTIONS: LazyLock<Tables> =
    LazyLock::new(|| Tables::new(include_str!("drop_options.sql")));
pub(super) static DROP_VALUES: LazyLock<Tables> =
    LazyLock::new(|| Tables::new(include_str!("drop_values.sql")));

impl Tables {
    fn new(template: &str) -> Self {
        let sql = |table: &str, owner: &str| template.replace("{table}", table).replace("{owner}", owner);
        Self {
            people: sql("person_memberships", "group_id"),
            companies: sql("company_memberships", "group_id"),
            objects: sql("objects", "object_type_id"),
        }
    }

    /// The statement for the values of these records.
    pub(super) fn of(&self, owner: FieldOwner) -> &str {
        match owner {
            FieldOwner::People => &self.people,
            FieldOwner::Companies => &self.companies,
            FieldOwner::Objects(_) => &self.objects,
        }
    }
}
