//! Who may administer a workspace.

use std::sync::Arc;

use domain::{Definitions, Scope, User, UserId, WorkspaceId};
use persistence::{Database, Reach};
use proto::v1::{
    ApiKey, CreateApiKeyRequest, CreateCustomFieldRequest, CreateGroupRequest, CreateUserRequest,
    CustomField, DeactivateUserRequest, DeleteCustomFieldRequest, DeleteGroupRequest, Group,
    RevokeApiKeyRequest, UpdateCustomFieldRequest, UpdateGroupRequest,
};

use super::{Refusal, api_keys, custom_fields, groups, users};
use crate::Core;
use crate::definitions::Cache;
use crate::edge::{Caller, Deadline};
use crate::status::Failure;

/// Somebody who may administer a workspace.
#[derive(Clone)]
pub struct Administrator {
    pub(super) database: Database,
    pub(super) definitions: Cache,
    pub(super) workspace_id: WorkspaceId,
    /// Nobody when the database itself is at hand.
    pub(super) user_id: Option<UserId>,
    /// For how long a caller waits.
    pub(super) deadline: Option<Deadline>,
}

impl Administrator {
    /// The caller, if the key's scope allows it.
    ///
    /// # Errors
    /// It does not.
    pub(super) fn by_key(core: &Core, caller: Caller) -> Result<Self, Failure> {
        caller.require(Scope::Admin)?;
        Ok(Self {
            database: core.database.clone(),
            definitions: core.definitions.clone(),
            workspace_id: caller.workspace_id,
            user_id: Some(caller.user_id),
            deadline: Some(caller.deadline),
        })
    }

    /// Whoever has the database in hand, and so may do anything. The workspace must exist.
    #[must_use]
    pub fn of_database(database: Database, workspace_id: WorkspaceId) -> Self {
        Self {
            definitions: Cache::new(database.clone()),
            database,
            workspace_id,
            user_id: None,
            deadline: None,
        }
    }

    /// What the administrator may reach in the database.
    pub(super) fn reach(&self) -> Reach {
        Reach {
            workspace_id: self.workspace_id,
            until: self.deadline.map(|deadline| deadline.0),
        }
    }

    /// As whom the change log knows the administrator: with the database in hand, as nobody.
    pub(super) fn actor(&self) -> UserId {
        self.user_id.unwrap_or_else(|| UserId::new(uuid::Uuid::nil()))
    }

    /// What the workspace defines.
    pub(super) async fn known(&self) -> Result<Arc<Definitions>, Failure> {
        self.definitions.get(self.workspace_id).await
    }

    /// Every group, in the order of their ids.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub async fn groups(&self) -> Result<Vec<Group>, Refusal> {
        let definitions = self.known().await?;
        Ok(definitions
            .groups()
            .into_iter()
            .map(crate::groups::convert::group)
            .collect())
    }

    /// Every custom field: group by group, and within one as they are listed.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub async fn custom_fields(&self) -> Result<Vec<CustomField>, Refusal> {
        let definitions = self.known().await?;
        let fields = definitions
            .groups()
            .into_iter()
            .flat_map(domain::Group::custom_fields);
        Ok(fields
            .map(|defined| crate::custom_fields::convert::field(&defined))
            .collect())
    }

    /// The names of the kinds of records that the group can have fields for; none if there is no such group.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub async fn entity_types(&self, group_id: &str) -> Result<Vec<String>, Refusal> {
        let definitions = self.known().await?;
        let groups = definitions.groups().into_iter();
        let sets = groups
            .filter(|group| group.id.to_string() == group_id)
            .flat_map(domain::Group::field_sets);
        Ok(sets.map(|(entity_type, _, _)| entity_type.to_owned()).collect())
    }

    /// Every user, deactivated ones included, in the order of their ids.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub async fn users(&self) -> Result<Vec<User>, Refusal> {
        let definitions = self.known().await?;
        Ok(definitions.users().into_iter().cloned().collect())
    }

    /// Every API key, revoked and expired ones included, in the order of their ids.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub async fn api_keys(&self) -> Result<Vec<ApiKey>, Refusal> {
        Ok(api_keys::all(self).await?)
    }
}

/// The operations of `people.v1.AdminService`, without a call. Each fails as that says, in words.
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident($request:ty) -> $answer:ty = $operation:path;)*) => {
        impl Administrator {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// See [`Refusal`].
                pub async fn $name(&self, request: $request) -> Result<$answer, Refusal> {
                    Ok($operation(self, request).await?)
                }
            )*
        }
    };
}

operations! {
    /// Creates a group.
    create_group(CreateGroupRequest) -> Group = groups::create;
    /// Renames a group.
    update_group(UpdateGroupRequest) -> Group = groups::update;
    /// Deletes a group and all that it defines.
    delete_group(DeleteGroupRequest) -> () = groups::delete;
    /// Creates a custom field.
    create_custom_field(CreateCustomFieldRequest) -> CustomField = custom_fields::create;
    /// Changes a custom field.
    update_custom_field(UpdateCustomFieldRequest) -> CustomField = custom_fields::update;
    /// Deletes a custom field and its values.
    delete_custom_field(DeleteCustomFieldRequest) -> () = custom_fields::delete;
    /// Creates a user.
    create_user(CreateUserRequest) -> proto::v1::User = users::create;
    /// Deactivates a user for good.
    deactivate_user(DeactivateUserRequest) -> proto::v1::User = users::deactivate;
    /// Creates an API key; the answer alone has its secret.
    create_api_key(CreateApiKeyRequest) -> ApiKey = api_keys::create;
    /// Revokes an API key for good.
    revoke_api_key(RevokeApiKeyRequest) -> ApiKey = api_keys::revoke;
}
