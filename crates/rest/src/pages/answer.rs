//! A page of a list as JSON.

use axum::response::Response;
use form_urlencoded::Serializer;
use http::Uri;
use serde::Serialize;

use crate::answer::{Remarks, success_of_many};
use crate::call::{Call, Failure};

/// The link to the page after this one.
#[derive(Debug)]
pub(crate) struct NextLink<'a> {
    /// The path of the list, encoded.
    pub(crate) path: &'a str,
    /// What the list was asked for beside the page.
    pub(crate) parameters: &'a [(String, String)],
    /// How many records, if the caller said it.
    pub(crate) limit: Option<i32>,
    /// Where the next page begins; empty on the last page.
    pub(crate) cursor: &'a str,
}

impl<'a> NextLink<'a> {
    /// Of a list that is asked for by its path alone.
    pub(crate) fn of(uri: &'a Uri, limit: Option<i32>, cursor: &'a str) -> Self {
        Self {
            path: uri.path(),
            parameters: &[],
            limit,
            cursor,
        }
    }

    /// The absolute URL; nothing on the last page.
    pub(crate) fn url(&self, call: &Call) -> Option<String> {
        let Self {
            path,
            parameters,
            limit,
            cursor,
        } = self;
        if cursor.is_empty() {
            return None;
        }
        let mut query = Serializer::new(String::new());
        query.extend_pairs(parameters.iter());
        query.extend_pairs(limit.map(|limit| ("limit", limit.to_string())));
        query.append_pair("cursor", cursor);
        let base_url = call.context().settings().base_url();
        Some(format!("{base_url}{path}?{}", query.finish()))
    }
}

#[derive(Serialize)]
struct PageJson<T> {
    items: Vec<T>,
    pagination: PaginationJson,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PaginationJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
}

/// The answer that is a page.
pub(crate) fn page_answer<T: Serialize>(
    call: &Call,
    items: impl Iterator<Item = T>,
    next_link: Option<String>,
    remarks: Remarks,
) -> Result<Response, Failure> {
    let page = PageJson {
        items: items.collect(),
        pagination: PaginationJson { next_link },
    };
    success_of_many(call, &page, page.items.len(), remarks)
}
