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

/// Implements [`Calls`] where the core's messages have the usual form: `field` is the record in them, `at` what they say
/// of the collection and in which segment of the path it is, and `patch` what of a [`Patch`] goes into an update beside
/// record and mask.
macro_rules! calls {
    ($record:ty {
        client: $client:ident,
        field: $field:ident,
        at: { $($key:ident: $place:literal),* },
        create: $create:ident($create_request:ident),
        get: $get:ident($get_request:ident),
        update: $update:ident($update_request:ident),
        patch: { $($patch:tt)* } => { $($sent:ident),* },
        delete: $delete:ident($delete_request:ident),
        list: $list:ident($list_request:ident) => $page:ident { $records:ident },
    }) => {
        impl $crate::records::Calls for $record {
            async fn create(
                call: &$crate::call::Call,
                uri: &http::Uri,
                creation: $crate::records::Creation<Self>,
            ) -> $crate::records::Answer<Self> {
                let $crate::records::Creation { record, validate_only, request_id } = creation;
                let [$($key),*] = $crate::path::segments(uri, [$($place),*]);
                let record = Self { $($key,)* ..record };
                let message = $create_request { $field: Some(record), validate_only, request_id };
                call.core().$client().$create(call.request(message)).await
            }

            async fn get(
                call: &$crate::call::Call,
                uri: &http::Uri,
            ) -> $crate::records::Answer<Self> {
                let [$($key),*] = $crate::path::segments(uri, [$($place),*]);
                let message = $get_request { $($key,)* id: $crate::path::id(uri) };
                call.core().$client().$get(call.request(message)).await
            }

            async fn update(
                call: &$crate::call::Call,
                uri: &http::Uri,
                etag: String,
                patch: $crate::records::Patch<Self>,
                validate_only: bool,
            ) -> $crate::records::Answer<Self> {
                let $crate::records::Patch { record, update_mask, $($patch)* } = patch;
                let [$($key),*] = $crate::path::segments(uri, [$($place),*]);
                let record = Self { $($key,)* id: $crate::path::id(uri), etag, ..record };
                let message = $update_request {
                    $field: Some(record),
                    update_mask: Some(update_mask),
                    $($sent,)*
                    validate_only,
                };
                call.core().$client().$update(call.request(message)).await
            }

            async fn delete(
                call: &$crate::call::Call,
                uri: &http::Uri,
                etag: String,
            ) -> $crate::records::Answer<()> {
                let [$($key),*] = $crate::path::segments(uri, [$($place),*]);
                let message = $delete_request { $($key,)* id: $crate::path::id(uri), etag };
                call.core().$client().$delete(call.request(message)).await
            }

            async fn list(
                call: &$crate::call::Call,
                uri: &http::Uri,
                page_size: i32,
                page_token: String,
                filter: proto::v1::Filter,
            ) -> $crate::records::Answer<$crate::records::PageOf<Self>> {
                let [$($key),*] = $crate::path::segments(uri, [$($place),*]);
                let message = $list_request { $($key,)* page_size, page_token, filter: Some(filter) };
                let answer = call.core().$client().$list(call.request(message)).await?;
                Ok(answer.map(|$page { $records, next_page_token }| $crate::records::PageOf {
                    records: $records,
                    next_page_token,
                }))
            }
        }
    };
}

pub(crate) use calls;
