//! The table of contents of the service: every route, and what stands before them.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Redirect;
use axum::routing::get;
use http::Method;
use tokio::sync::Semaphore;
use tower::Layer as _;

use crate::edge::{self, App, InFlight, Shared};
use crate::operations::Operations;
use crate::{Core, Settings, api_keys, companies, deals, docs, groups, interactions, people, users};

fn all() -> Operations {
    people::routes()
        .merge(companies::routes())
        .merge(deals::routes())
        .merge(interactions::routes())
        .merge(groups::routes())
        .merge(users::routes())
        .merge(api_keys::routes())
}

/// Every operation of the API, by its method and the pattern of its path.
#[must_use]
pub fn operations() -> Vec<(Method, &'static str)> {
    all().list()
}

/// The whole facade: the API under `/v1`, and the documentation when the settings want it.
pub fn router(core: Core, mut settings: Settings) -> Router {
    settings.body_limit = settings.body_limit.min(Settings::MOST_BODY_LIMIT);
    let app = App::new(Shared {
        core,
        in_flight: InFlight::at_most(settings.max_in_flight),
        batches: Semaphore::new(settings.max_batches.min(Semaphore::MAX_PERMITS)),
        settings,
    });
    let mut router = all().router();
    if app.settings.docs {
        // Relative, so that it holds behind a proxy that adds a path.
        router = router
            .route("/", get(|| async { Redirect::temporary("docs") }))
            .merge(docs::routes(app.settings.base_url()));
    }
    let router = router
        .fallback(edge::not_found)
        .method_not_allowed_fallback(edge::method_not_allowed)
        .layer(from_fn(edge::measure))
        // axum would make services of its handlers at each request.
        .with_state(());
    // A router adds headers outside of its layers: only what is around the router sees the whole answer.
    Router::new().fallback_service(from_fn_with_state(app, edge::entrance).layer(router))
}
