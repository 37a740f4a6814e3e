//! `UpdateCustomField`.

use domain::{
    CustomFieldPatch, DefinedField, Definitions, FieldKind, FieldName, ObjectTypeId, OptionId, OptionsChange,
    Path, Violations,
};
use persistence::custom_fields::{self, FieldScope};
use persistence::{RawConnection, groups};
use proto::v1::{CustomField, UpdateCustomFieldRequest};
use uuid::Uuid;

use super::address::{FieldAddress, RawFieldAddress};
use super::update_mask::read_patch;
use super::{shown, taken};
use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::required::required;
use crate::status::Failure;

struct Update {
    address: FieldAddress,
    /// What is new; read once the field's type is known.
    field: CustomField,
    mask: Option<prost_types::FieldMask>,
    remove_used_options: bool,
}

pub(in crate::admin) async fn update(
    administrator: &Administrator,
    request: UpdateCustomFieldRequest,
) -> Result<CustomField, Failure> {
    let UpdateCustomFieldRequest {
        custom_field,
        update_mask,
        custom_field_name,
        remove_used_options,
        validate_only,
    } = request;
    let field = required(custom_field, "custom_field")?;
    let raw = RawFieldAddress {
        id: &field.id,
        group_id: &field.group_id,
        entity_type: &field.entity_type,
        name: &custom_field_name,
    };
    let mut violations = Violations::default();
    let path = Path::root("custom_field");
    let address = FieldAddress::read(&raw, &path.field("id"), &path.field("group_id"), &mut violations)?
        .ok_or(Failure::Invalid(violations))?;
    let update = Update {
        address,
        field,
        mask: update_mask,
        remove_used_options,
    };
    administrator.make(&update, validate_only).await
}

impl Change for Update {
    type Done = CustomField;

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<CustomField, Failure> {
        let defined = self.address.find(definitions)?;
        let under_way = UnderWay {
            administrator,
            defined,
            scope: FieldScope {
                group_id: defined.group.id,
                owner: defined.owner,
            },
        };
        let kind = defined.field.field_type.kind();
        let mut violations = Violations::default();
        let raw = read_patch(
            self.field.clone(),
            self.mask.clone(),
            kind.has_options(),
            kind == FieldKind::Numeric,
            &mut violations,
        );
        let path = Path::root("custom_field");
        let CustomFieldPatch {
            name,
            options,
            numeric,
        } = CustomFieldPatch::read(raw, kind, &path, &mut violations);
        let options = match (options, defined.field.field_type.options()) {
            (Some(drafts), Some(present)) => {
                let new_id = || OptionId::new(Uuid::now_v7());
                let path = path.field("options");
                let change = OptionsChange::decide(present, &drafts, new_id, &path, &mut violations);
                if !self.remove_used_options {
                    under_way
                        .check_unused(connection, &change, &path, &mut violations)
                        .await?;
                }
                Some(change)
            }
            (Some(_), None) | (None, _) => None,
        };
        if !violations.is_empty() {
            return Err(Failure::Invalid(violations));
        }
        if let Some(name) = name {
            under_way.rename(connection, &name).await?;
        }
        if let Some(change) = options {
            under_way.set_options(connection, &change).await?;
        }
        let id = defined.field.id;
        if let Some(numeric) = numeric {
            custom_fields::set_numeric(connection, administrator.workspace_id, id, &numeric).await?;
        }
        shown(administrator, connection, id).await
    }
}

/// An update of a field that was found.
struct UnderWay<'a> {
    administrator: &'a Administrator,
    defined: DefinedField<'a>,
    scope: FieldScope,
}

impl UnderWay<'_> {
    /// Reports each option that is to go and that some record has as its value.
    async fn check_unused(
        &self,
        connection: &RawConnection,
        change: &OptionsChange,
        path: &Path<'_>,
        violations: &mut Violations,
    ) -> Result<(), Failure> {
        if change.removed.is_empty() {
            return Ok(());
        }
        let workspace_id = self.administrator.workspace_id;
        let (scope, id, removed) = (self.scope, self.defined.field.id, removed(change));
        let used = custom_fields::options_in_use(connection, workspace_id, scope, id, &removed).await?;
        for option in change.removed.iter().filter(|option| used.contains(&option.id)) {
            let message = format!(
                "the option \"{}\" is in use; to remove it with the values that have it, set remove_used_options",
                option.label
            );
            violations.custom(path, message);
        }
        Ok(())
    }

    async fn set_options(&self, connection: &RawConnection, change: &OptionsChange) -> Result<(), Failure> {
        let workspace_id = self.administrator.workspace_id;
        let (scope, id) = (self.scope, self.defined.field.id);
        if !change.removed.is_empty() {
            custom_fields::drop_options(connection, workspace_id, scope, id, &removed(change)).await?;
        }
        custom_fields::replace_options(connection, workspace_id, id, &change.options).await?;
        Ok(())
    }

    async fn rename(&self, connection: &RawConnection, name: &FieldName) -> Result<(), Failure> {
        match self.defined.field.field_type.object_type() {
            Some(target) => self.rename_objects(connection, target, name).await,
            None => self.rename_one(connection, &self.defined, name).await,
        }
    }

    async fn rename_one(
        &self,
        connection: &RawConnection,
        defined: &DefinedField<'_>,
        name: &FieldName,
    ) -> Result<(), Failure> {
        let (workspace_id, field) = (self.administrator.workspace_id, defined.field);
        match defined.siblings.called(name.as_str()) {
            Some(other) if other.id != field.id => return Err(taken(other.id)),
            Some(_) | None => {}
        }
        let scope = FieldScope {
            group_id: defined.group.id,
            owner: defined.owner,
        };
        custom_fields::rename(connection, workspace_id, scope, field, name.as_str()).await?;
        Ok(())
    }

    /// Renames the kind of objects, and every field that is called as it: for people, for companies, for objects.
    async fn rename_objects(
        &self,
        connection: &RawConnection,
        target: ObjectTypeId,
        name: &FieldName,
    ) -> Result<(), Failure> {
        let DefinedField { group, field, .. } = self.defined;
        match group.object_type(name.as_str()) {
            Some(other) if other.id != target => {
                return Err(match group.fields_pointing_to(other.id).next() {
                    Some(defined) => taken(defined.field.id),
                    None => objects_left(name),
                });
            }
            Some(_) | None => {}
        }
        for defined in group.fields_pointing_to(target) {
            if defined.field.name == field.name {
                self.rename_one(connection, &defined, name).await?;
            }
        }
        let workspace_id = self.administrator.workspace_id;
        groups::rename_object_type(connection, workspace_id, target, name.as_str()).await?;
        Ok(())
    }
}

/// The failure that no field, but still some objects are called so.
fn objects_left(name: &FieldName) -> Failure {
    let mut violations = Violations::default();
    let message = format!(
        "the group still keeps objects called \"{}\", of a field that was deleted; create that field again to have them",
        name.as_str()
    );
    violations.custom(&Path::root("custom_field").field("name"), message);
    Failure::Invalid(violations)
}

fn removed(change: &OptionsChange) -> Vec<OptionId> {
    change.removed.iter().map(|option| option.id).collect()
}
