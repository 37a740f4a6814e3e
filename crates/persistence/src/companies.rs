//! Companies, as far as people name them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CompanyId, CompanyName, EntityType, GroupId, Operation, UserId, WorkspaceId};
use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::changes::{self, Change};
use crate::schema::{companies, company_memberships};

/// The bytes under which a name is unique.
pub(crate) fn name_key(name: &CompanyName) -> Vec<u8> {
    Sha256::digest(name.key().as_str()).to_vec()
}

/// Makes a company that is in these groups.
///
/// # Errors
/// [`Error::Conflict`] with `companies_name_unique` if the name is taken.
pub async fn insert(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: CompanyId,
    name: &CompanyName,
    groups: &[GroupId],
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    diesel::insert_into(companies::table)
        .values((
            companies::workspace_id.eq(workspace_id.uuid()),
            companies::id.eq(id.uuid()),
            companies::name.eq(name.as_str()),
            companies::name_key.eq(name_key(name)),
            companies::created_at.eq(now),
            companies::created_by.eq(actor.uuid()),
            companies::updated_at.eq(now),
        ))
        .execute(connection)
        .await?;
    let memberships: Vec<_> = (0_i16..)
        .zip(groups)
        .map(|(position, group)| {
            (
                company_memberships::workspace_id.eq(workspace_id.uuid()),
                company_memberships::company_id.eq(id.uuid()),
                company_memberships::group_id.eq(group.uuid()),
                company_memberships::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(company_memberships::table)
        .values(memberships)
        .execute(connection)
        .await?;
    let change = Change {
        entity: (EntityType::Company, id.uuid()),
        operation: Operation::Create,
        payload: None,
    };
    changes::append(connection, workspace_id, actor, change, now).await
}
