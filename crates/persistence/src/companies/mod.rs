//! Companies: a row of their own, and rows for memberships and references.

mod create;
mod delete;
mod load;
mod page;
mod row;
mod snapshot;
mod update;
mod write;

use std::fmt::Write as _;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CompanyId, NameKey, WorkspaceId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use create::{CompanyCreated, NewCompany, create};
pub use delete::delete;
pub(crate) use load::StoredCompany;
pub use load::{load, load_alone};
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
    let bytes: [u8; 32] = Sha256::digest(key.as_str()).into();
    // As two numbers: to format byte by byte was 3 % of all that the service does for a create.
    let (halves, _) = bytes.as_chunks();
    halves.iter().fold(String::with_capacity(64), |mut text, half| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{:032x}", u128::from_be_bytes(*half));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hex_of_a_name_is_that_of_its_bytes() {
        let key = NameKey::new("Meadow & Sons");
        let expected: String = name_key(&key).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(name_key_hex(&key), expected);
    }
}
