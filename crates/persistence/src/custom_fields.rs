//! The custom fields of groups, and the options of select fields. Values keep the ids of fields and options, so that
//! names and labels are in one place.

mod delete;
mod insert;
mod options;
mod rename;
mod stored_values;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CustomFieldId, GroupId, NumericDisplay, WorkspaceId};

pub use delete::delete;
pub use domain::FieldOwner;
pub use insert::insert;
pub use options::{drop_options, options_in_use, replace_options};
pub use rename::rename;

use crate::schema::custom_fields;
use crate::{Error, definitions};

/// Where the fields stand whose names must differ: one group, and one kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldScope {
    /// The group.
    pub group_id: GroupId,
    /// Whose fields they are.
    pub owner: FieldOwner,
}

/// Changes how the numbers of a field are shown.
///
/// # Errors
/// When the database does not answer.
pub async fn set_numeric(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: CustomFieldId,
    numeric: &NumericDisplay,
) -> Result<(), Error> {
    let NumericDisplay { format, currency } = numeric;
    definitions::bump(connection, workspace_id).await?;
    diesel::update(custom_fields::table.find((workspace_id.uuid(), id.uuid())))
        .set((
            custom_fields::numeric_format.eq(format.as_str()),
            custom_fields::currency.eq(currency),
        ))
        .execute(&mut connection)
        .await?;
    Ok(())
}
