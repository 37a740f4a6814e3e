//! `GET` on a collection, and `POST` on its `/search`: the same list, its filter in the query string or in the body

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use http::Uri;

use super::{Calls, PageOf};
use crate::body;
use crate::call::{Call, Failure};
use crate::filter::{self, Filter, FilterPlaces};
use crate::json::{Fields, Json, Path, ShapeIssues};
use crate::pages::{NextLink, Page, page_answer};
use crate::query::Query;

const SEARCH: &str = "/search";

/// Where the filter is.
enum FilterIn {
    Query,
    Body,
}

/// The longest link that carries the filter of a search; most servers and proxies take a request line of 8 KiB.
const LINK_LIMIT: usize = 8000;

pub(super) async fn list<R: Calls>(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let mut issues = ShapeIssues::default();
    let mut query = Query::of(request.uri());
    let page = Page::of_query(&mut query, &mut issues);
    let filter = filter::read_query(&mut query, &mut issues);
    query.finish(filter::PARAMETERS, &mut issues);
    answer::<R>(&call, request.uri(), FilterIn::Query, page, &filter, issues).await
}

pub(super) async fn search<R: Calls>(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let ((filter, page), mut issues) = body::read_slowly(&call, &parts.headers, body, read).await?;
    // The rest of the query string is ignored, as on every POST.
    let in_query = Page::of_query(&mut Query::of(&parts.uri), &mut issues);
    let page = page.or(in_query, &mut issues);
    answer::<R>(&call, &parts.uri, FilterIn::Body, page, &filter, issues).await
}

fn read(body: &Json<'_>, issues: &mut ShapeIssues) -> (Filter, Page) {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return (Filter::default(), Page::default());
    };
    let filter = filter::read_body(&mut fields, issues);
    let page = Page::of_body(&mut fields, issues);
    fields.finish(issues);
    (filter, page)
}

async fn answer<R: Calls>(
    call: &Call,
    uri: &Uri,
    filter_in: FilterIn,
    page: Page,
    filter: &Filter,
    issues: ShapeIssues,
) -> Result<Response, Failure> {
    let limit = page.limit;
    let (page_size, page_token) = page.into_core();
    let answer = R::list(call, uri, page_size, page_token, filter.to_core(R::CUSTOM_FIELDS));
    let (response, remarks) = call.submit(answer, &FilterPlaces(filter), issues).await?;
    let PageOf {
        records,
        next_page_token,
    } = response;

    let link = |path, parameters: &[(String, String)]| {
        NextLink {
            path,
            parameters,
            limit,
            cursor: &next_page_token,
        }
        .url(call)
    };
    let path = uri.path();
    let next_link = match filter_in {
        FilterIn::Query => link(path, &filter.to_query()),
        FilterIn::Body => {
            let list = path.strip_suffix(SEARCH).unwrap_or(path);
            link(list, &filter.to_query()).and_then(|url| {
                // One that is too long is to be sent with the same body again.
                if url.len() > LINK_LIMIT {
                    link(path, &[])
                } else {
                    Some(url)
                }
            })
        }
    };
    page_answer(call, records.iter().map(R::Json::from), next_link, remarks)
}
