//! `DeleteGroup`.

use domain::{Definitions, GroupId};
use persistence::{RawConnection, groups};
use proto::v1::DeleteGroupRequest;

use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::clock;
use crate::record_id::{no_such, request_record_id};
use crate::status::Failure;

struct Delete {
    id: GroupId,
}

pub(in crate::admin) async fn delete(
    administrator: &Administrator,
    request: DeleteGroupRequest,
) -> Result<(), Failure> {
    let DeleteGroupRequest { id } = request;
    let id = request_record_id(&id, "group", GroupId::parse, GroupId::parse_at)?;
    administrator.make(&Delete { id }, false).await
}

impl Change for Delete {
    type Done = ();

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        _: &Definitions,
    ) -> Result<(), Failure> {
        let (workspace_id, actor) = (administrator.workspace_id, administrator.actor());
        match groups::delete(connection, workspace_id, self.id, actor, clock::now()).await? {
            true => Ok(()),
            false => Err(no_such("group")),
        }
    }
}
