//! Companies: a row of their own, and rows for memberships and references.

mod create;
mod delete;
mod load;
mod make_named;
mod page;
mod row;
mod snapshot;
mod update;
mod write;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CompanyId, NameKey, WorkspaceId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use create::{CompanyCreated, NewCompany, create};
pub use delete::delete;
pub(crate) use load::StoredCompany;
pub use load::{load, load_alone};
pub(crate) use make_named::{NamedCompany, make_named};
pub use page::page;
pub use update::update;

use crate::Error;
use crate::schema::companies;

/// The bytes under which a name is unique.
pub(crate) fn name_key(key: &NameKey) -> Vec<u8> {
    Sha256::digest(key.as_str()).to_vec()
}

/// The same as the documents of statements hold it.
pub(crate) fn name_key_hex(key: &NameKey) -> String {
    use std::fmt::Write as _;
    let bytes = name_key(key);
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The company of this name.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_name(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    key: &NameKey,
) -> Result<Option<CompanyId>, Error> {
    let id: Option<Uuid> = companies::table
        .filter(companies::workspace_id.eq(workspace_id.uuid()))
        .filter(companies::name_key.eq(name_key(key)))
        .select(companies::id)
        .first(&mut connection)
        .await
        .optional()?;
    Ok(id.map(CompanyId::new))
}
