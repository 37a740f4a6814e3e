//! The routes of users.

use axum::Router;
use axum::routing;

use super::get;

pub(crate) fn routes() -> Router {
    // `me` in place of an id is the core's to know.
    Router::new().route("/v1/users/{userId}", routing::get(get::get))
}
