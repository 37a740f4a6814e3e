//! `CreateCustomField`.

use domain::{
    CustomFieldDraft, CustomFieldId, Definitions, FieldTypeDraft, Group, GroupId, ObjectTypeId, OptionId,
    Path, Violations,
};
use persistence::{RawConnection, custom_fields, groups};
use proto::v1::{CreateCustomFieldRequest, CustomField};
use uuid::Uuid;

use super::{read_group_id, shown, taken};
use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::clock;
use crate::custom_fields::{convert, field_set};
use crate::record_id::no_such;
use crate::required::required;
use crate::status::Failure;

struct Create {
    group_id: GroupId,
    entity_type: String,
    draft: CustomFieldDraft,
}

pub(in crate::admin) async fn create(
    administrator: &Administrator,
    request: CreateCustomFieldRequest,
) -> Result<CustomField, Failure> {
    let CreateCustomFieldRequest {
        custom_field,
        validate_only,
    } = request;
    let field = required(custom_field, "custom_field")?;
    let mut violations = Violations::default();
    let path = Path::root("custom_field");
    let group_id = read_group_id(&field.group_id, &path.field("group_id"), &mut violations)?;
    let entity_type = field.entity_type.clone();
    let draft = CustomFieldDraft::read(convert::read_field(field), &path, &mut violations);
    let (Some(group_id), Some(draft)) = (group_id, draft) else {
        return Err(Failure::Invalid(violations));
    };
    let create = Create {
        group_id,
        entity_type,
        draft,
    };
    let mut field = administrator.make(&create, validate_only).await?;
    if validate_only {
        // Nothing has this id.
        field.id.clear();
    }
    Ok(field)
}

impl Change for Create {
    type Done = CustomField;

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<CustomField, Failure> {
        let workspace_id = administrator.workspace_id;
        let group = definitions.group(self.group_id).ok_or_else(|| no_such("group"))?;
        let (owner, siblings) = field_set(group, &self.entity_type)?;
        if let Some(other) = siblings.called(self.draft.name.as_str()) {
            return Err(taken(other.id));
        }
        // Of no use to other types than objects.
        let mut target = ObjectTypeId::new(Uuid::now_v7());
        if self.draft.field_type == FieldTypeDraft::Object {
            target = self.object_type(administrator, connection, group, target).await?;
        }
        let id = CustomFieldId::new(Uuid::now_v7());
        let new_option_id = || OptionId::new(Uuid::now_v7());
        let field = self.draft.clone().into_field(id, target, new_option_id);
        custom_fields::insert(connection, workspace_id, group.id, owner, &field, clock::now()).await?;
        shown(administrator, connection, id).await
    }
}

impl Create {
    /// The kind of objects that is called as the field, made with this id if the group has none.
    async fn object_type(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        group: &Group,
        new_id: ObjectTypeId,
    ) -> Result<ObjectTypeId, Failure> {
        let name = self.draft.name.as_str();
        if let Some(known) = group.object_type(name) {
            return Ok(known.id);
        }
        groups::insert_object_type(connection, administrator.workspace_id, group.id, new_id, name).await?;
        Ok(new_id)
    }
}
