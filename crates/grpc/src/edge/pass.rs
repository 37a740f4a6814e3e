//! The way of a call from its entrance to its service.

use super::in_flight::InFlight;
use super::incoming::{Incoming, Outgoing};
use super::methods::Method;
use super::{Deadline, RequestId, authentication, detached, panics, rate_limit, refusal};
use crate::Core;
use crate::call::Passed;
use crate::clock;
use crate::status::Failure;

/// Lets a call through to its service, or refuses it.
pub(super) async fn pass<C, A, W>(
    core: &Core,
    id: RequestId,
    in_flight: InFlight,
    method: &Method,
    mut call: C,
    service: impl FnOnce(C) -> W + Send + 'static,
) -> A
where
    C: Incoming,
    A: Outgoing,
    W: Future<Output = A> + Send + 'static,
{
    let deadline = Deadline::of(call.headers(), core.settings.request_timeout);
    let caller = match authentication::caller(core, deadline, call.headers()).await {
        Ok(caller) => caller,
        Err(failure) => return refusal(failure, id),
    };
    call.extensions_mut().insert(Passed {
        caller,
        request_id: id,
    });
    let Method {
        only_reads, is_batch, ..
    } = *method;
    // Boxed, once for all that it passes through: whatever awaits a future as its argument has room for it twice.
    let work = Box::pin(async move {
        // A write goes on without its caller, so what that one sends has to be there. And who sends slowly holds no place of a
        // batch.
        let call = if only_reads && !is_batch {
            call
        } else {
            call.received().await
        };
        let place = if is_batch {
            match core.batches.enter(deadline).await {
                Ok(place) => Some(place),
                Err(failure) => return refusal(failure, id),
            }
        } else {
            None
        };
        if only_reads {
            service(call).await
        } else {
            detached::run(id, (in_flight, place), service(call)).await
        }
    });
    // What a valid key is told of its rate limit is on every answer from here on, whatever ends the call.
    let work = within_time(core, deadline, id, work);
    match core.limiter.count(&caller, clock::epoch_seconds()).await {
        None => work.await,
        Some(Ok(allowance)) => rate_limit::told(allowance, work.await),
        Some(Err(exhausted)) => {
            let refused = refusal(Failure::RateLimited(exhausted), id);
            rate_limit::told(exhausted.into(), refused)
        }
    }
}

/// Works on a call until its time is over.
async fn within_time<A: Outgoing>(
    core: &Core,
    deadline: Deadline,
    id: RequestId,
    work: impl Future<Output = A>,
) -> A {
    let work = deadline.enforce(work);
    let answer = async move {
        match work.await {
            Ok(answer) => answer,
            // Not because the call asks for much: the same may take no time when the database is back.
            Err(Failure::Deadline) if !core.database.answers() => refusal(Failure::Unavailable, id),
            Err(failure) => refusal(failure, id),
        }
    };
    panics::caught(id, answer).await
}
