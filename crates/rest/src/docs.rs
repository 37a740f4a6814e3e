//! The documentation that the service carries with it: an interactive page, the OpenAPI document and a page about errors.
//! Nothing of it comes from elsewhere.

mod errors;
mod openapi;
mod page;

use axum::Router;
use axum::routing::get;
use swagger_ui_dist::{ApiDefinition, OpenApiSource};

/// Where the assets of Swagger UI are.
const ASSETS: &str = "/docs/assets";

pub(crate) fn routes(base_url: &str) -> Router {
    let document = openapi::document(base_url);
    let errors = errors::page();
    // Its own start page depends on the request's query; ours stands beside it.
    let assets = swagger_ui_dist::generate_routes(ApiDefinition {
        uri_prefix: ASSETS,
        api_definition: OpenApiSource::Uri("/openapi.json"),
        title: Some("API"),
    });
    Router::new()
        .route("/openapi.json", get(async || openapi::answer(document)))
        .route("/docs", get(page::page))
        .route("/docs/start.js", get(page::start))
        .route("/docs/errors", get(async || page::html(errors)))
        .merge(assets)
}
