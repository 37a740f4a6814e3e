//! Creating records: what all kinds of them go through between the request and the answer.

use std::sync::Arc;

use domain::{Definitions, Deprecations};
use persistence::{RawConnection, Reach};
use prost::Message;
use tonic::Response;
use uuid::Uuid;

use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::remembered::RequestName;
use crate::status::Failure;

/// A create that was asked for.
pub(crate) trait Create: Sync {
    /// What its caller gets to see of it.
    type Answer: Message + Default;

    /// Judges the request by these definitions and, if it is good, does it. What it has done is undone unless it is
    /// done.
    fn attempt(
        &self,
        connection: &RawConnection,
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
        attempt(core, caller.reach(), name, create, definitions)
    })
    .await
}

async fn attempt<C: Create>(
    core: &Core,
    reach: Reach,
    name: &RequestName,
    create: &C,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<C::Answer>>, Failure> {
    let done = core
        .database
        .within(reach, async |connection| {
            if let Some(answer) = name.claim(connection).await? {
                return Ok(Response::new(answer));
            }
            match create.attempt(connection, &definitions).await? {
                Attempt::Done(created) => {
                    let Created {
                        answer,
                        records,
                        deprecations,
                    } = created;
                    name.keep(connection, &answer, &records).await?;
                    Ok(with_deprecations(answer, &deprecations))
                }
                Attempt::Again(why) => Err(Undone::Again(why)),
            }
        })
        .await;
    match done {
        Ok(answer) => Ok(Attempt::Done(answer)),
        Err(Undone::Again(why)) => Ok(Attempt::Again(why)),
        Err(Undone::Failed(failure)) => Err(failure),
    }
}

/// Why an attempt was undone.
enum Undone {
    Again(Again),
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Undone {
    fn from(error: E) -> Self {
        let failure = error.into();
        if matches!(failure, Failure::Conflict) {
            // The same request is being done, and takes its time.
            Self::Again(Again::LostRace)
        } else {
            Self::Failed(failure)
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
