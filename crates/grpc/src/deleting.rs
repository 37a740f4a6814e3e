//! Deleting records: what all kinds of them go through.

use futures_util::future::BoxFuture;
use persistence::{Deleted, RawConnection};
use tonic::Response;

use crate::Core;
use crate::attempts::{Attempt, until_done};
use crate::convert::etag;
use crate::creating::unless_lost;
use crate::edge::Caller;
use crate::record_id::no_such;
use crate::status::Failure;

/// Deletes what is called `noun`, again if another write got in between.
pub(crate) async fn delete(
    core: &Core,
    caller: Caller,
    noun: &str,
    delete: impl Fn(&RawConnection) -> BoxFuture<'_, Result<Deleted, persistence::Error>> + Sync,
) -> Result<Response<()>, Failure> {
    let deleted = until_done(core, caller.workspace_id, |_| {
        let delete = &delete;
        async move {
            let deleted = core
                .database
                .within(caller.reach(), async |connection| delete(connection).await)
                .await;
            match unless_lost(deleted)? {
                Ok(deleted) => Ok(Attempt::Done(deleted)),
                Err(why) => Ok(Attempt::Again(why)),
            }
        }
    })
    .await?;
    match deleted {
        Deleted::Gone => Ok(Response::new(())),
        Deleted::NotFound => Err(no_such(noun)),
        Deleted::Changed { version } => Err(Failure::EtagMismatch(etag(version))),
    }
}
