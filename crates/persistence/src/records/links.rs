//! What records point to: memberships with their values, and links in custom fields.

use domain::{CustomFieldId, CustomValue, GroupId, Membership};
use serde::Serialize;
use uuid::Uuid;

use super::values::{self, Placed, StoredTarget, StoredValues};

/// The rows of what records point to, on their way to a statement that writes them.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Links {
    memberships: Vec<MembershipRow>,
    references: Vec<ReferenceRow>,
}

#[derive(Debug, Serialize)]
struct MembershipRow {
    record_id: Uuid,
    group_id: Uuid,
    position: i16,
    values: StoredValues,
}

#[derive(Debug, Serialize)]
struct ReferenceRow {
    record_id: Uuid,
    group_id: Option<Uuid>,
    field_id: Uuid,
    position: i16,
    #[serde(flatten)]
    target: StoredTarget,
}

impl Links {
    pub(crate) fn add_memberships(&mut self, record_id: Uuid, memberships: &[Membership]) {
        for (position, membership) in (0_i16..).zip(memberships) {
            let values = self.add_values(record_id, Some(membership.group_id), &membership.values);
            self.memberships.push(MembershipRow {
                record_id,
                group_id: membership.group_id.uuid(),
                position,
                values,
            });
        }
    }

    /// Adds the links among values; answers the plain ones.
    pub(crate) fn add_values(
        &mut self,
        record_id: Uuid,
        group_id: Option<GroupId>,
        values: &[(CustomFieldId, CustomValue)],
    ) -> StoredValues {
        let mut plain = StoredValues::new();
        for (field, value) in values {
            match values::to_stored(value) {
                Placed::Plain(value) => {
                    plain.insert(field.uuid(), value);
                }
                Placed::Links(links) => {
                    let rows = (0_i16..).zip(links).map(|(position, target)| ReferenceRow {
                        record_id,
                        group_id: group_id.map(GroupId::uuid),
                        field_id: field.uuid(),
                        position,
                        target,
                    });
                    self.references.extend(rows);
                }
            }
        }
        plain
    }
}
