//! `ListChanges`.

use domain::{Path, Problem, Scope, Unit, Violations};
use persistence::changes;
use proto::v1::{ListChangesRequest, ListChangesResponse};
use tonic::Response;

use super::{convert, position};
use crate::Core;
use crate::edge::Caller;
use crate::status::Failure;

const DEFAULT_SIZE: i64 = 100;
const MAX_SIZE: i64 = 1000;

pub(super) async fn list(
    core: &Core,
    caller: Caller,
    request: ListChangesRequest,
) -> Result<Response<ListChangesResponse>, Failure> {
    caller.require(Scope::Read)?;
    let ListChangesRequest { page_size, after } = request;
    let mut violations = Violations::default();
    if page_size < 0 {
        let problem = Problem::TooSmall {
            unit: Unit::Number,
            minimum: 0,
            exact: false,
        };
        violations.add(&Path::root("page_size"), problem, "a page has no negative size");
    }
    let start = position::parse(&after);
    if start.is_none() && !after.is_empty() {
        let message = "this is no position of the change log; take one as it was answered";
        violations.custom(&Path::root("after"), message);
    }
    if !violations.is_empty() {
        return Err(Failure::Invalid(violations));
    }
    let limit = match page_size {
        0 => DEFAULT_SIZE,
        asked => MAX_SIZE.min(asked.into()),
    };
    let entries = core
        .database
        .read(caller.reach(), async |connection| {
            changes::list(connection, caller.workspace_id, start, limit).await
        })
        .await?;
    let position = match entries.last() {
        Some(last) => position::format(last.position),
        None => after,
    };
    Ok(Response::new(ListChangesResponse {
        changes: entries.into_iter().map(convert::change).collect(),
        position,
    }))
}
