//! `GET` on one record

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;

use super::Calls;
use super::record::record_answer;
use crate::call::{Call, Failure};
use crate::query::Query;

pub(super) async fn get<R: Calls>(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let uri = request.uri();
    let issues = Query::of(uri).expect_none();
    let (record, remarks) = call.submit(R::get(&call, uri), &R::PLACES, issues).await?;
    record_answer(&call, &record, remarks)
}
