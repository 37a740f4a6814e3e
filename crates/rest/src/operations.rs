//! The operations of the API: each by its method and path, and what every one of them goes through.

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use axum::{Extension, Router};
use http::Method;

use crate::call::{Call, Failure};

/// Routes that can be listed.
#[derive(Debug, Default)]
pub(crate) struct Operations {
    router: Router,
    list: Vec<(Method, &'static str)>,
}

impl Operations {
    pub(crate) fn get<F: Operation>(self, path: &'static str, operation: F) -> Self {
        self.on(Method::GET, MethodFilter::GET, path, operation)
    }

    pub(crate) fn post<F: Operation>(self, path: &'static str, operation: F) -> Self {
        self.on(Method::POST, MethodFilter::POST, path, operation)
    }

    pub(crate) fn patch<F: Operation>(self, path: &'static str, operation: F) -> Self {
        self.on(Method::PATCH, MethodFilter::PATCH, path, operation)
    }

    pub(crate) fn delete<F: Operation>(self, path: &'static str, operation: F) -> Self {
        self.on(Method::DELETE, MethodFilter::DELETE, path, operation)
    }

    fn on<F: Operation>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        operation: F,
    ) -> Self {
        let handler = on(
            filter,
            move |Extension(call): Extension<Arc<Call>>, request: Request| async move {
                let result = operation.run(Arc::clone(&call), request).await;
                call.answer(result).await
            },
        );
        self.router = self.router.route(path, handler);
        self.list.push((method, path));
        self
    }

    /// These and those.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        let Self { router, list } = other;
        self.router = self.router.merge(router);
        self.list.extend(list);
        self
    }

    pub(crate) fn list(self) -> Vec<(Method, &'static str)> {
        self.list
    }

    pub(crate) fn router(self) -> Router {
        self.router
    }
}

/// What answers one method of one path.
pub(crate) trait Operation: Clone + Send + Sync + 'static {
    fn run(self, call: Arc<Call>, request: Request)
    -> impl Future<Output = Result<Response, Failure>> + Send;
}

impl<F, R> Operation for F
where
    F: Fn(Arc<Call>, Request) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = Result<Response, Failure>> + Send,
{
    fn run(
        self,
        call: Arc<Call>,
        request: Request,
    ) -> impl Future<Output = Result<Response, Failure>> + Send {
        self(call, request)
    }
}
