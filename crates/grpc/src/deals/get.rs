//! `GetDeal`.

use std::sync::Arc;

use domain::{Definitions, ObjectId, Path, Scope};
use persistence::{Loaded, deals};
use proto::v1::{Deal, GetDealRequest};
use tonic::Response;

use super::convert;
use super::home::Home;
use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;

pub(super) async fn get(
    core: &Core,
    caller: Caller,
    request: GetDealRequest,
) -> Result<Response<Deal>, Failure> {
    caller.require(Scope::Read)?;
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, caller, &request, definitions)
    })
    .await
}

async fn attempt(
    core: &Core,
    caller: Caller,
    request: &GetDealRequest,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<Deal>>, Failure> {
    let GetDealRequest {
        group_id,
        object_type,
        id,
    } = request;
    let home = Home::find(group_id, object_type, &Path::root("group_id"), &definitions)?;
    let id = request_record_id(id, "deal", ObjectId::parse, ObjectId::parse_at)?;
    let loaded = deals::load_alone(&core.database, caller.reach(), home.at, &[id], &definitions).await?;
    match loaded {
        Loaded::Found(mut views) => {
            let view = views.pop().ok_or_else(no_such_deal)?;
            Ok(Attempt::Done(Response::new(convert::deal(
                view,
                &home,
                &definitions,
            ))))
        }
        Loaded::Stale => Ok(Attempt::Again(Again::Stale)),
    }
}

/// No deal of the place has the id.
pub(super) fn no_such_deal() -> Failure {
    Failure::NotFound("no such deal in the workspace".to_owned())
}
