//! `/v1/api-keys`.

mod create;
mod json;
mod list;
mod revoke;
mod routes;

use crate::error::Places;

pub(crate) use routes::routes;

/// Where callers write what the core has in other places.
const PLACES: Places = Places(&[("api_key.expire_time", &["expiresAt"]), ("id", &["keyId"])]);
