//! Creating, changing and deleting custom fields.

mod address;
mod create;
mod delete;
mod update;
mod update_mask;

use domain::{CustomFieldId, Definitions, GroupId, Path, Violations};
use persistence::{RawConnection, definitions};
use proto::v1::CustomField;

pub(super) use create::create;
pub(super) use delete::delete;
pub(super) use update::update;

use super::Administrator;
use crate::custom_fields::convert;
use crate::record_id::record_id_at;
use crate::status::Failure;

/// Reads the id of a group at this place.
fn read_group_id(
    text: &str,
    path: &Path<'_>,
    violations: &mut Violations,
) -> Result<Option<GroupId>, Failure> {
    record_id_at(text, "group", path, violations, GroupId::parse, GroupId::parse_at)
}

/// The field as the transaction has made it.
async fn shown(
    administrator: &Administrator,
    connection: &RawConnection,
    id: CustomFieldId,
) -> Result<CustomField, Failure> {
    let known: Option<Definitions> = definitions::load(connection, administrator.workspace_id).await?;
    let known = known.ok_or(Failure::Internal)?;
    let field = known.custom_field(id).ok_or(Failure::Internal)?;
    Ok(convert::field(&field))
}

/// The failure that a field has the name.
fn taken(other: CustomFieldId) -> Failure {
    Failure::NameTaken {
        message: format!("another custom field has this name: {other}"),
        id: other.to_string(),
    }
}
