//! `ListCompanies`.

use std::sync::Arc;

use domain::{Definitions, FilterFields, Scope};
use persistence::companies;
use proto::v1::{ListCompaniesRequest, ListCompaniesResponse};
use tonic::Response;

use super::convert;
use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::listing::{Listed, Listing};
use crate::status::Failure;

pub(super) async fn list(
    core: &Core,
    caller: Caller,
    request: ListCompaniesRequest,
) -> Result<Response<ListCompaniesResponse>, Failure> {
    caller.require(Scope::Read)?;
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, caller, request.clone(), definitions)
    })
    .await
}

async fn attempt(
    core: &Core,
    caller: Caller,
    request: ListCompaniesRequest,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<ListCompaniesResponse>>, Failure> {
    let definitions = &*definitions;
    let ListCompaniesRequest {
        page_size,
        page_token,
        filter,
    } = request;
    let fields = FilterFields::of_companies();
    let asked = (page_size, page_token.as_str(), filter);
    let listing = match Listing::read("companies", &fields, definitions, asked) {
        Ok(listing) => listing,
        Err(violations) => return Ok(Attempt::Again(Again::Invalid(violations))),
    };
    let wanted = listing.wanted(caller.reach());
    let found = companies::page(&core.database, &wanted, definitions).await?;
    let listed = listing.finish(found);
    Ok(listed.map(|listed| {
        let Listed {
            views,
            next_page_token,
            deprecations,
        } = listed;
        let companies = views
            .into_iter()
            .map(|view| convert::company(view, definitions))
            .collect();
        let answer = ListCompaniesResponse {
            companies,
            next_page_token,
        };
        with_deprecations(answer, &deprecations)
    }))
}
