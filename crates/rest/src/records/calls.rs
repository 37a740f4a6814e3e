//! A kind of record in the core.

use http::Uri;
use proto::v1::Filter;
use tonic::{Response, Status};

use super::{Patch, Record};
use crate::call::Call;

/// What the core says.
pub(crate) type Answer<T> = Result<Response<T>, Status>;

/// A record to be made.
pub(crate) struct Creation<R> {
    pub(crate) record: R,
    pub(crate) validate_only: bool,
    pub(crate) request_id: String,
}

/// A page of records.
pub(crate) struct PageOf<R> {
    pub(crate) records: Vec<R>,
    pub(crate) next_page_token: String,
}

/// The calls of the core that a kind of record has. The URI tells which record or collection is meant.
pub(crate) trait Calls: Record {
    fn create(call: &Call, uri: &Uri, creation: Creation<Self>) -> impl Future<Output = Answer<Self>> + Send;

    fn get(call: &Call, uri: &Uri) -> impl Future<Output = Answer<Self>> + Send;

    fn update(
        call: &Call,
        uri: &Uri,
        etag: String,
        patch: Patch<Self>,
        validate_only: bool,
    ) -> impl Future<Output = Answer<Self>> + Send;

    fn delete(call: &Call, uri: &Uri, etag: String) -> impl Future<Output = Answer<()>> + Send;

    fn list(
        call: &Call,
        uri: &Uri,
        page_size: i32,
        page_token: String,
        filter: Filter,
    ) -> impl Future<Output = Answer<PageOf<Self>>> + Send;
}
