//! API keys as JSON, in and out.

use proto::v1::ApiKey;
use proto::v1::api_key::Scope;
use serde::Serialize;

use crate::json::{Fields, Json, Named, Path, ShapeIssues, name_of, named, text, time};
use crate::time::iso_time;

const SCOPES: [Named<Scope>; 3] = [
    ("read", Scope::Read),
    ("write", Scope::Write),
    ("admin", Scope::Admin),
];

/// Reads a new key.
pub(super) fn read_key(body: &Json<'_>, issues: &mut ShapeIssues) -> ApiKey {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return ApiKey::default();
    };
    let name = fields.required_text("name", issues).unwrap_or_default();
    let scope = fields.required("scope", "string", issues, |value, path, issues| {
        named(&SCOPES, value, path, issues)
    });
    let key = ApiKey {
        id: String::new(),
        name,
        user_id: fields.read("userId", issues, text),
        scope: scope.unwrap_or(Scope::Unspecified).into(),
        create_time: None,
        expire_time: fields.read("expiresAt", issues, |value, path, issues| {
            time(value, path, issues).map(Some)
        }),
        revoke_time: None,
        secret: String::new(),
    };
    fields.finish(issues);
    key
}

/// A key on its way out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeyJson<'a> {
    id: &'a str,
    name: &'a str,
    user_id: &'a str,
    scope: &'static str,
    created_at: Option<String>,
    expires_at: Option<String>,
    revoked_at: Option<String>,
    /// Only of a key that was just made.
    #[serde(skip_serializing_if = "str::is_empty")]
    secret: &'a str,
}

impl<'a> From<&'a ApiKey> for KeyJson<'a> {
    fn from(key: &'a ApiKey) -> Self {
        let scope = key.scope();
        let ApiKey {
            id,
            name,
            user_id,
            scope: _,
            create_time,
            expire_time,
            revoke_time,
            secret,
        } = key;
        Self {
            id,
            name,
            user_id,
            scope: name_of(&SCOPES, scope).unwrap_or_default(),
            created_at: create_time.as_ref().and_then(iso_time),
            expires_at: expire_time.as_ref().and_then(iso_time),
            revoked_at: revoke_time.as_ref().and_then(iso_time),
            secret,
        }
    }
}
