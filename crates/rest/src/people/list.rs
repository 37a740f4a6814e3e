//! `GET /v1/people`, and `POST /v1/people/search`: the same list, its filter in the query string or in the body

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{ListPeopleRequest, ListPeopleResponse};

use super::json::PersonJson;
use crate::body;
use crate::call::{Call, Failure};
use crate::filter::{self, Filter, FilterPlaces};
use crate::json::{Fields, Json, Path, ShapeIssues};
use crate::pages::{NextLink, Page, page_answer};
use crate::query::Query;

const PATH: &str = "/v1/people";
const SEARCH_PATH: &str = "/v1/people/search";

/// The longest link that carries the filter of a search; most servers and proxies take a request line of 8 KiB.
const LINK_LIMIT: usize = 8000;

pub(super) async fn list(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let mut issues = ShapeIssues::default();
    let mut query = Query::of(request.uri());
    let page = Page::of_query(&mut query, &mut issues);
    let filter = filter::read_query(&mut query, &mut issues);
    query.finish(filter::PARAMETERS, &mut issues);
    answer(&call, page, &filter, issues, usize::MAX).await
}

pub(super) async fn search(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let ((filter, page), mut issues) = body::read_slowly(&call, &parts.headers, body, read).await?;
    // The rest of the query string is ignored, as on every POST.
    let in_query = Page::of_query(&mut Query::of(&parts.uri), &mut issues);
    let page = page.or(in_query, &mut issues);
    answer(&call, page, &filter, issues, LINK_LIMIT).await
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

async fn answer(
    call: &Call,
    page: Page,
    filter: &Filter,
    issues: ShapeIssues,
    link_limit: usize,
) -> Result<Response, Failure> {
    let limit = page.limit;
    let (page_size, page_token) = page.into_core();
    let mut people = call.core().people();
    let answer = people.list_people(call.request(ListPeopleRequest {
        page_size,
        page_token,
        filter: Some(filter.to_core()),
    }));
    let (response, remarks) = call.submit(answer, &FilterPlaces(filter), issues).await?;
    let ListPeopleResponse {
        people,
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
    let mut next_link = link(PATH, &filter.to_query());
    if next_link.as_ref().is_some_and(|link| link.len() > link_limit) {
        // To be sent with the same body again.
        next_link = link(SEARCH_PATH, &[]);
    }
    page_answer(call, people.iter().map(PersonJson::from), next_link, remarks)
}
