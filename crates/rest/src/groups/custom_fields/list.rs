//! `GET /v1/groups/{groupId}/custom-fields/{entityType}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{ListCustomFieldsRequest, ListCustomFieldsResponse};

use super::output::FieldJson;
use super::{FieldSet, PLACES};
use crate::call::{Call, Failure};
use crate::pages::{NextLink, Page, page_answer};
use crate::query::Query;

pub(in crate::groups) async fn list(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (page, issues) = Page::of_whole_query(Query::of(request.uri()));
    let FieldSet {
        group_id,
        entity_type,
    } = FieldSet::of(request.uri());
    let limit = page.limit;
    let (page_size, page_token) = page.into_core();

    let groups = call.core().groups();
    let answer = groups.list_custom_fields(call.request(ListCustomFieldsRequest {
        group_id,
        entity_type,
        page_size,
        page_token,
    }));
    let (response, remarks) = call.submit(answer, &PLACES, issues).await?;
    let ListCustomFieldsResponse {
        custom_fields,
        next_page_token,
    } = response;
    let next_link = NextLink::of(request.uri(), limit, &next_page_token).url(&call);
    page_answer(
        &call,
        custom_fields.iter().map(FieldJson::from),
        next_link,
        remarks,
    )
}
