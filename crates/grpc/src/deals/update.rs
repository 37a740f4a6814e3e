//! `UpdateDeal`.

use std::sync::Arc;

use domain::{DealChange, DealView, Definitions, ObjectId, Path, Scope, Violations};
use persistence::deals;
use proto::v1::{Deal, UpdateDealRequest};
use tonic::Response;

use super::convert;
use super::home::Home;
use crate::attempts::{Attempt, until_done};
use crate::changing::{Expected, Noted};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::record_id::record_id;
use crate::required::required;
use crate::status::Failure;
use crate::{Core, update_mask};

pub(super) async fn update(
    core: &Core,
    caller: Caller,
    request: UpdateDealRequest,
) -> Result<Response<Deal>, Failure> {
    caller.require(Scope::Write)?;
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, caller, request.clone(), definitions)
    })
    .await
}

async fn attempt(
    core: &Core,
    caller: Caller,
    request: UpdateDealRequest,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<Deal>>, Failure> {
    let definitions = &*definitions;
    let UpdateDealRequest {
        deal,
        update_mask,
        validate_only,
    } = request;
    let mut violations = Violations::default();
    let path = Path::root("deal");
    let mut deal = required(deal, "deal")?;
    let home = Home::find(
        &deal.group_id,
        &deal.object_type,
        &path.field("group_id"),
        definitions,
    )?;
    let id = record_id(
        &deal.id,
        "deal",
        &path.field("id"),
        ObjectId::parse,
        ObjectId::parse_at,
    )?;
    let etag = std::mem::take(&mut deal.etag);
    let fields = update_mask::fields(
        update_mask,
        |field| convert::is_set(&deal, field),
        &mut violations,
    );
    let change = DealChange {
        new: convert::raw_deal(deal, |field| fields.contains(&field), &path, &mut violations),
        fields,
    };
    let expected = Expected {
        etag: &etag,
        validate_only,
    };
    let mut noted = Noted::new(violations);
    let decide = |current: &DealView| {
        let version = current.deal.version;
        noted.decide(current, version, &expected, definitions, |judging| {
            change.apply(current, home.place(), judging)
        })
    };
    let writing = caller.writing(definitions);
    let updated = core
        .database
        .within(caller.reach(), async |connection| {
            deals::update(connection, writing, home.at, id, definitions, decide).await
        })
        .await;
    let concluded = noted.conclude("deal", updated)?;
    Ok(concluded.map(|(view, deprecations)| {
        with_deprecations(convert::deal(*view, &home, definitions), &deprecations)
    }))
}
