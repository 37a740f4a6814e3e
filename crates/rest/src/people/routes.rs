//! The routes of people.

use axum::Router;
use axum::routing::{get, post};

use super::{create, get};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/v1/people", post(create::create))
        .route("/v1/people/{personId}", get(get::get))
}
