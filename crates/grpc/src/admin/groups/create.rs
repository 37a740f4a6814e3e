//! `CreateGroup`.

use domain::{Definitions, GroupId, GroupName, Path, Violations};
use persistence::{RawConnection, groups};
use proto::v1::{CreateGroupRequest, Group};
use uuid::Uuid;

use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::clock;
use crate::required::required;
use crate::status::Failure;

struct Create {
    name: GroupName,
}

pub(in crate::admin) async fn create(
    administrator: &Administrator,
    request: CreateGroupRequest,
) -> Result<Group, Failure> {
    let CreateGroupRequest { group, validate_only } = request;
    let Group { id: _, name } = required(group, "group")?;
    let mut violations = Violations::default();
    let name = GroupName::parse(name, &Path::root("group").field("name"), &mut violations)
        .ok_or(Failure::Invalid(violations))?;
    let mut group = administrator.make(&Create { name }, validate_only).await?;
    if validate_only {
        // Nothing has this id.
        group.id.clear();
    }
    Ok(group)
}

impl Change for Create {
    type Done = Group;

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        _: &Definitions,
    ) -> Result<Group, Failure> {
        let id = GroupId::new(Uuid::now_v7());
        let name = self.name.as_str();
        groups::insert(connection, administrator.workspace_id, id, name, clock::now()).await?;
        Ok(Group {
            id: id.to_string(),
            name: name.to_owned(),
        })
    }
}
