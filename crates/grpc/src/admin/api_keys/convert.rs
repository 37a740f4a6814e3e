//! API keys as callers write and see them.

use domain::{RawApiKey, RawExpiry, Scope};
use persistence::api_keys::ListedApiKey;
use prost_types::Timestamp;
use proto::v1::ApiKey;
use proto::v1::api_key;

use crate::convert::time;

/// The key, without its secret, which nobody knows.
pub(super) fn api_key(key: ListedApiKey) -> ApiKey {
    let ListedApiKey {
        id,
        name,
        user_id,
        scope,
        created_at,
        expires_at,
        revoked_at,
    } = key;
    ApiKey {
        id: id.into(),
        name,
        user_id: user_id.into(),
        scope: shown_scope(scope).into(),
        create_time: Some(time(created_at)),
        expire_time: expires_at.map(time),
        revoke_time: revoked_at.map(time),
        secret: String::new(),
    }
}

fn shown_scope(scope: Scope) -> api_key::Scope {
    match scope {
        Scope::Read => api_key::Scope::Read,
        Scope::Write => api_key::Scope::Write,
        Scope::Admin => api_key::Scope::Admin,
    }
}

/// Nothing for a scope that is not named, or that this version does not know.
fn read_scope(number: i32) -> Option<Scope> {
    match api_key::Scope::try_from(number).ok()? {
        api_key::Scope::Unspecified => None,
        api_key::Scope::Read => Some(Scope::Read),
        api_key::Scope::Write => Some(Scope::Write),
        api_key::Scope::Admin => Some(Scope::Admin),
    }
}

/// What a request says a new key is to be.
pub(super) fn read_api_key(key: ApiKey) -> RawApiKey {
    let ApiKey {
        id: _,
        name,
        user_id,
        scope,
        create_time: _,
        expire_time,
        revoke_time: _,
        secret: _,
    } = key;
    RawApiKey {
        name,
        user_id,
        scope: read_scope(scope),
        expiry: match expire_time {
            None => RawExpiry::Never,
            Some(Timestamp { seconds, nanos }) => RawExpiry::At { seconds, nanos },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_read_back_as_they_are_shown() {
        for scope in Scope::ALL {
            assert_eq!(read_scope(shown_scope(scope).into()), Some(scope));
        }
        assert_eq!(read_scope(0), None);
        assert_eq!(read_scope(99), None);
    }
}
