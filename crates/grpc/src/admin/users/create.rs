//! `CreateUser`.

use domain::{Definitions, Path, UserDraft, UserId, Violations};
use persistence::{RawConnection, users};
use proto::v1::{CreateUserRequest, User};
use uuid::Uuid;

use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::clock;
use crate::convert::shown_user;
use crate::required::required;
use crate::status::Failure;

struct Create {
    draft: UserDraft,
}

pub(in crate::admin) async fn create(
    administrator: &Administrator,
    request: CreateUserRequest,
) -> Result<User, Failure> {
    let CreateUserRequest { user, validate_only } = request;
    let User {
        id: _,
        full_name,
        email,
    } = required(user, "user")?;
    let mut violations = Violations::default();
    let draft = UserDraft::read(full_name, &email, &Path::root("user"), &mut violations)
        .ok_or(Failure::Invalid(violations))?;
    let mut user = administrator.make(&Create { draft }, validate_only).await?;
    if validate_only {
        // Nobody has this id.
        user.id.clear();
    }
    Ok(user)
}

impl Change for Create {
    type Done = User;

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<User, Failure> {
        if let Some(other) = definitions.user_by_email(self.draft.email.as_str()) {
            let state = if other.is_active() {
                "another"
            } else {
                "a deactivated"
            };
            return Err(Failure::NameTaken {
                message: format!("{state} user has this email: {}", other.id),
                id: other.id.to_string(),
            });
        }
        let user = self.draft.clone().into_user(UserId::new(Uuid::now_v7()));
        users::insert(connection, administrator.workspace_id, &user, clock::now()).await?;
        Ok(shown_user(&user))
    }
}
