//! `DeactivateUser`.

use domain::{Definitions, Path, UserId, Violations};
use persistence::{RawConnection, users};
use proto::v1::{DeactivateUserRequest, User};

use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::clock;
use crate::convert::shown_user;
use crate::record_id::{no_such, request_record_id};
use crate::status::Failure;

struct Deactivate {
    id: UserId,
}

pub(in crate::admin) async fn deactivate(
    administrator: &Administrator,
    request: DeactivateUserRequest,
) -> Result<User, Failure> {
    let DeactivateUserRequest { id } = request;
    let id = request_record_id(&id, "user", UserId::parse, UserId::parse_at)?;
    if administrator.user_id == Some(id) {
        let mut violations = Violations::default();
        let message =
            "nobody deactivates themselves, so that a workspace is not locked; ask another administrator";
        violations.custom(&Path::root("id"), message);
        return Err(Failure::Invalid(violations));
    }
    administrator.make(&Deactivate { id }, false).await
}

impl Change for Deactivate {
    type Done = User;

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<User, Failure> {
        let user = definitions.user(self.id).ok_or_else(|| no_such("user"))?;
        users::deactivate(connection, administrator.workspace_id, self.id, clock::now()).await?;
        Ok(shown_user(user))
    }
}
