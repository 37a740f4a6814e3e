//! `UpdateGroup`.

use domain::{Definitions, GroupId, GroupName, Path, Violations};
use persistence::{RawConnection, groups};
use proto::v1::{Group, UpdateGroupRequest};

use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::record_id::{no_such, record_id_at};
use crate::required::required;
use crate::status::Failure;

struct Rename {
    id: GroupId,
    name: GroupName,
}

pub(in crate::admin) async fn update(
    administrator: &Administrator,
    request: UpdateGroupRequest,
) -> Result<Group, Failure> {
    let UpdateGroupRequest { group, validate_only } = request;
    let Group { id, name } = required(group, "group")?;
    let mut violations = Violations::default();
    let path = Path::root("group");
    let id = record_id_at(
        &id,
        "group",
        &path.field("id"),
        &mut violations,
        GroupId::parse,
        GroupId::parse_at,
    )?;
    let name = GroupName::parse(name, &path.field("name"), &mut violations);
    let (Some(id), Some(name)) = (id, name) else {
        return Err(Failure::Invalid(violations));
    };
    administrator.make(&Rename { id, name }, validate_only).await
}

impl Change for Rename {
    type Done = Group;

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        _: &Definitions,
    ) -> Result<Group, Failure> {
        let name = self.name.as_str();
        if !groups::rename(connection, administrator.workspace_id, self.id, name).await? {
            return Err(no_such("group"));
        }
        Ok(Group {
            id: self.id.to_string(),
            name: name.to_owned(),
        })
    }
}
