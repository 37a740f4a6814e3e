//! Users as JSON.

use proto::v1::User;
use serde::Serialize;

/// A user, wherever one is shown.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserJson<'a> {
    id: &'a str,
    full_name: &'a str,
    email: &'a str,
}

impl<'a> From<&'a User> for UserJson<'a> {
    fn from(User { id, full_name, email }: &'a User) -> Self {
        Self { id, full_name, email }
    }
}
