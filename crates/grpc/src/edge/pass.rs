//! The way of a call from its entrance to its handler. It is one layer: axum copies every layer, and all that lies behind it,
//! for every call.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use super::batches::is_batch;
use super::received::received;
use super::{Deadline, InFlight, RequestId, authentication, detached, panics, rate_limit, refusal};
use crate::Core;
use crate::clock;
use crate::status::Failure;

/// Lets a call through to its handler, or refuses it.
pub(super) async fn pass(core: &Core, id: RequestId, mut request: Request, next: Next) -> Response {
    let deadline = Deadline::of(request.headers(), core.settings.request_timeout);
    let caller = match authentication::caller(core, deadline, request.headers()).await {
        Ok(caller) => caller,
        Err(failure) => return refusal(failure, id),
    };
    request.extensions_mut().insert(caller);
    let only_reads = detached::only_reads(request.uri().path());
    let is_batch = is_batch(request.uri().path());
    let in_flight = InFlight::of(request.extensions());
    // Boxed, once for all that it passes through: whatever awaits a future as its argument has room for it twice.
    let handler = Box::pin(async move {
        // A write goes on without its caller, so what that one sends has to be there. And who sends slowly holds no place of a
        // batch.
        let request = if only_reads && !is_batch {
            request
        } else {
            received(request).await
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
            next.run(request).await
        } else {
            detached::run(id, (in_flight, place), next.run(request)).await
        }
    });
    // What a valid key is told of its rate limit is on every answer from here on, whatever ends the call.
    let work = work(core, deadline, id, handler);
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
async fn work(
    core: &Core,
    deadline: Deadline,
    id: RequestId,
    handler: impl Future<Output = Response>,
) -> Response {
    let work = deadline.enforce(handler);
    let answer = async move {
        match work.await {
            Ok(response) => response,
            // Not because the call asks for much: the same may take no time when the database is back.
            Err(Failure::Deadline) if !core.database.answers() => refusal(Failure::Unavailable, id),
            Err(failure) => refusal(failure, id),
        }
    };
    panics::caught(id, answer).await
}
