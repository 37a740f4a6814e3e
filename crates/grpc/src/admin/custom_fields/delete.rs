//! `DeleteCustomField`.

use domain::{Definitions, Path, Violations};
use persistence::RawConnection;
use persistence::custom_fields::{self, FieldScope};
use proto::v1::DeleteCustomFieldRequest;

use super::address::{FieldAddress, RawFieldAddress};
use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::status::Failure;

struct Delete {
    address: FieldAddress,
}

pub(in crate::admin) async fn delete(
    administrator: &Administrator,
    request: DeleteCustomFieldRequest,
) -> Result<(), Failure> {
    let DeleteCustomFieldRequest {
        id,
        group_id,
        entity_type,
        name,
    } = request;
    let raw = RawFieldAddress {
        id: &id,
        group_id: &group_id,
        entity_type: &entity_type,
        name: &name,
    };
    let mut violations = Violations::default();
    let (id_path, group_path) = (Path::root("id"), Path::root("group_id"));
    let address = FieldAddress::read(&raw, &id_path, &group_path, &mut violations)?
        .ok_or(Failure::Invalid(violations))?;
    administrator.make(&Delete { address }, false).await
}

impl Change for Delete {
    type Done = ();

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<(), Failure> {
        let defined = self.address.find(definitions)?;
        let scope = FieldScope {
            group_id: defined.group.id,
            owner: defined.owner,
        };
        custom_fields::delete(connection, administrator.workspace_id, scope, defined.field).await?;
        Ok(())
    }
}
