//! `ListDeals`.

use std::sync::Arc;

use domain::{Definitions, FilterFields, Path, Scope};
use persistence::deals;
use proto::v1::{ListDealsRequest, ListDealsResponse};
use tonic::Response;

use super::convert;
use super::home::Home;
use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::listing::{Listed, Listing};
use crate::status::Failure;

pub(super) async fn list(
    core: &Core,
    caller: Caller,
    request: ListDealsRequest,
) -> Result<Response<ListDealsResponse>, Failure> {
    caller.require(Scope::Read)?;
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, caller, request.clone(), definitions)
    })
    .await
}

async fn attempt(
    core: &Core,
    caller: Caller,
    request: ListDealsRequest,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<ListDealsResponse>>, Failure> {
    let definitions = &*definitions;
    let ListDealsRequest {
        group_id,
        object_type,
        page_size,
        page_token,
        filter,
    } = request;
    let home = Home::find(&group_id, &object_type, &Path::root("group_id"), definitions)?;
    let fields = FilterFields::of_deals(home.fields);
    let asked = (page_size, page_token.as_str(), filter);
    let name = format!("deals of {}", home.at.object_type_id);
    let listing = match Listing::read(&name, &fields, definitions, asked) {
        Ok(listing) => listing,
        Err(violations) => return Ok(Attempt::Again(Again::Invalid(violations))),
    };
    let wanted = listing.wanted(caller.reach());
    let found = deals::page(&core.database, home.at, &wanted, definitions).await?;
    let listed = listing.finish(found);
    Ok(listed.map(|listed| {
        let Listed {
            views,
            next_page_token,
            deprecations,
        } = listed;
        let deals = views
            .into_iter()
            .map(|view| convert::deal(view, &home, definitions))
            .collect();
        let answer = ListDealsResponse {
            deals,
            next_page_token,
        };
        with_deprecations(answer, &deprecations)
    }))
}
