//! A kind of record in JSON.

use axum::response::Response;
use http::header;
use serde::Serialize;

use super::Patch;
use crate::answer::{Remarks, success};
use crate::call::{Call, Failure};
use crate::error::Places;
use crate::etag::etag_header;
use crate::filter::CustomFieldNames;
use crate::json::{Fields, Json, Path, ShapeIssues};

/// Reads single entries of lists, to be added or removed.
pub(crate) type EntriesReader<E> = fn(&Json<'_>, Path<'_>, &mut ShapeIssues) -> Option<E>;

/// A kind of record in JSON.
pub(crate) trait Record: Default + Clone + Send + Sync + 'static {
    /// The record on its way out.
    type Json<'a>: Serialize + From<&'a Self>;

    /// Single entries of its lists.
    type Entries: Send;

    /// Where callers write what the core has in other places.
    const PLACES: Places;

    /// The texts that a new one must have.
    const REQUIRED_TEXTS: &'static [&'static str];

    /// How filters name its custom fields.
    const CUSTOM_FIELDS: CustomFieldNames;

    /// The slow way in for what a patch adds and removes; nothing if its lists change as a whole alone.
    const READ_ENTRIES: Option<EntriesReader<Self::Entries>>;

    /// The slow way in: reads the fields of a record; the object may have others. What cannot be read is left out, in
    /// lists replaced by something empty.
    fn read(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Self;

    /// The fast way in, for records that come in numbers; nothing if the shape is not entirely right.
    fn read_fast(_text: &str) -> Option<Self> {
        None
    }

    /// The same for a patch.
    fn read_patch_fast(_text: &str) -> Option<Patch<Self>> {
        None
    }

    fn etag(&self) -> &str;
}

/// Reads a new record anywhere in a body.
pub(crate) fn read_record<R: Record>(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<R> {
    let mut fields = Fields::of(value, path, issues)?;
    let record = R::read(&mut fields, issues);
    fields.require_texts(R::REQUIRED_TEXTS, issues);
    fields.finish(issues);
    Some(record)
}

/// The answer that is one record, with its `ETag`.
pub(super) fn record_answer<R: Record>(
    call: &Call,
    record: &R,
    remarks: Remarks,
) -> Result<Response, Failure> {
    let mut response = success(call, &R::Json::from(record), remarks)?;
    response
        .headers_mut()
        .extend(etag_header(record.etag()).map(|value| (header::ETAG, value)));
    Ok(response)
}
