//! Creating records: what all kinds of them go through between the request and the answer.

use std::sync::Arc;

use domain::{Definitions, Deprecations};
use persistence::RawConnection;
use prost::Message;
use tonic::Response;
use uuid::Uuid;

use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::remembered::{Begun, RequestName};
use crate::status::Failure;

/// A create that was asked for.
pub(crate) trait Create: Sync {
    /// What its caller gets to see of it.
    type Answer: Message + Default;

    /// Judges the request by these definitions and, if it is good, does it. What it has done is undone unless it is
    /// done.
    fn attempt(
        &self,
        connection: &mut RawConnection,
        definitions: &Definitions,
    ) -> impl Future<Output = Result<Attempt<Created<Self::Answer>>, Failure>> + Send;
}

/// What a create made.
pub(crate) struct Created<Answer> {
    pub(crate) answer: Answer,
    /// Every record of which something shows in the answer.
    pub(crate) records: Vec<Uuid>,
    pub(crate) deprecations: Deprecations,
}

/// Does a create; once, if the request has a name.
pub(crate) async fn create<C: Create>(
    core: &Core,
    caller: Caller,
    name: &RequestName,
    create: &C,
) -> Result<Response<C::Answer>, Failure> {
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, name, create, definitions)
    })
    .await
}

async fn attempt<C: Create>(
    core: &Core,
    name: &RequestName,
    create: &C,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<C::Answer>>, Failure> {
    let mut work = match name.begin(&core.database).await {
        Ok(Begun::Work(work)) => work,
        Ok(Begun::Done(answer)) => return Ok(Attempt::Done(Response::new(answer))),
        // The same request is being done, and takes its time.
        Err(Failure::Conflict) => return Ok(Attempt::Again(Again::LostRace)),
        Err(failure) => return Err(failure),
    };
    match create.attempt(work.connection(), &definitions).await {
        Ok(Attempt::Done(created)) => {
            let Created {
                answer,
                records,
                deprecations,
            } = created;
            work.finish(&answer, &records).await?;
            Ok(Attempt::Done(with_deprecations(answer, &deprecations)))
        }
        Ok(Attempt::Again(why)) => {
            work.abandon().await?;
            Ok(Attempt::Again(why))
        }
        Err(failure) => {
            // What went wrong first is what counts.
            let _ = work.abandon().await;
            Err(failure)
        }
    }
}

/// The result of a write, or the reason to try it again.
///
/// # Errors
/// The write failed for another reason than that another one got in between.
pub(crate) fn unless_lost<T>(written: Result<T, persistence::Error>) -> Result<Result<T, Again>, Failure> {
    match written {
        Ok(written) => Ok(Ok(written)),
        Err(persistence::Error::Conflict { .. }) => Ok(Err(Again::LostRace)),
        Err(error) => Err(error.into()),
    }
}
