//! `ListPeople`.

use std::sync::Arc;

use domain::{Definitions, FilterFields, Scope};
use persistence::people;
use proto::v1::{ListPeopleRequest, ListPeopleResponse};
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
    request: ListPeopleRequest,
) -> Result<Response<ListPeopleResponse>, Failure> {
    caller.require(Scope::Read)?;
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, caller, request.clone(), definitions)
    })
    .await
}

async fn attempt(
    core: &Core,
    caller: Caller,
    request: ListPeopleRequest,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<ListPeopleResponse>>, Failure> {
    let definitions = &*definitions;
    let ListPeopleRequest {
        page_size,
        page_token,
        filter,
    } = request;
    let fields = FilterFields::of_people();
    let asked = (page_size, page_token.as_str(), filter);
    let listing = match Listing::read("people", &fields, definitions, asked) {
        Ok(listing) => listing,
        Err(violations) => return Ok(Attempt::Again(Again::Invalid(violations))),
    };
    let wanted = listing.wanted(caller.reach());
    let found = if wanted.filter.conditions.is_empty() {
        let fetched = core.lists.ask(caller.workspace_id, wanted.page).await;
        fetched.ok_or(Failure::Internal)??.read(definitions)?
    } else {
        people::page(&core.database, &wanted, definitions).await?
    };
    let listed = listing.finish(found);
    Ok(listed.map(|listed| {
        let Listed {
            views,
            next_page_token,
            deprecations,
        } = listed;
        let people = views
            .into_iter()
            .map(|view| convert::person(view, caller.user_id, definitions))
            .collect();
        let answer = ListPeopleResponse {
            people,
            next_page_token,
        };
        with_deprecations(answer, &deprecations)
    }))
}
