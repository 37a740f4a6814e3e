//! `POST /v1/people/batch`
//!
//! Usually one call of the core. A batch that is not atomic and has entries of the wrong shape takes two: the first
//! only validates, all entries, so that the core adds what it finds in those to their problems of shape and knows how
//! many there are; the second creates the others. In this order a refusal of the whole comes before anything is stored.

mod entries;
mod output;

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{BatchCreatePeopleRequest, BatchCreatePeopleResponse};
use tokio::sync::SemaphorePermit;
use tokio::time::{Instant, timeout_at};

use self::entries::{broken, by_entry, moved};
use self::output::{ItemJson, batch_answer};
use super::json::{Batch, batch_fast, read_batch};
use crate::Settings;
use crate::answer::Remarks;
use crate::body;
use crate::call::{Call, Failure};
use crate::error::{Error, Places};
use crate::idempotency_key::IdempotencyKey;
use crate::json::ShapeIssues;

const PLACES: Places = Places(&[]);

pub(super) async fn create(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let until = Instant::now() + call.context().settings().timeout;
    let bytes = body::receive(&call, &parts.headers, body, Settings::MOST_BODY_LIMIT).await?;
    let _place = place(&call, until).await?;
    let (batch, mut issues) = body::parse(&bytes, batch_fast, read_batch)?;
    drop(bytes);
    let key = IdempotencyKey::of(&parts.headers, &mut issues);

    if !batch.atomic
        && let Some(broken) = broken(&issues)
    {
        return in_parts(&call, batch, &broken, key, issues).await;
    }
    let Batch { people, atomic } = batch;
    let validate_only = !issues.is_empty();
    let message = BatchCreatePeopleRequest {
        people,
        // What is refused as a whole is to have all its problems in one list.
        atomic: atomic || validate_only,
        validate_only,
        request_id: key.request_id(validate_only),
    };
    let (BatchCreatePeopleResponse { results }, remarks) = submit(&call, message, issues).await?;
    let items = results
        .into_iter()
        .zip(0..)
        .map(|(result, index)| ItemJson::new(result, index));
    batch_answer(&call, items.collect::<Result<_, _>>()?, remarks)
}

/// Waits for a place among the batches that are worked on; when there is none in time, there are too many. Once read, a batch takes
/// several times the memory of its bytes.
async fn place(call: &Call, until: Instant) -> Result<SemaphorePermit<'_>, Failure> {
    match timeout_at(until, call.context().app.batches.acquire()).await {
        Ok(Ok(place)) => Ok(place),
        Ok(Err(_)) | Err(_) => Err(Failure::Own(Error::overloaded())),
    }
}

/// Creates all but the entries at these places, whose shapes are wrong.
async fn in_parts(
    call: &Call,
    batch: Batch,
    broken: &[u32],
    key: IdempotencyKey,
    issues: ShapeIssues,
) -> Result<Response, Failure> {
    let Batch { people, atomic } = batch;
    let message = BatchCreatePeopleRequest {
        people: people.clone(),
        atomic,
        validate_only: true,
        request_id: String::new(),
    };
    let (judged, mut remarks) = submit(call, message, ShapeIssues::default()).await?;
    let mut refused = by_entry(judged.results, broken, issues);

    let (places, people): (Vec<_>, Vec<_>) = (0..)
        .zip(people)
        .filter(|(index, _)| !broken.contains(index))
        .unzip();
    let mut created = Vec::new();
    if !people.is_empty() {
        let message = BatchCreatePeopleRequest {
            people,
            atomic,
            validate_only: false,
            request_id: key.request_id(false),
        };
        let (response, others) = submit(call, message, ShapeIssues::default()).await?;
        created = response.results;
        remarks = others;
    }

    let mut items = Vec::with_capacity(broken.len() + created.len());
    for (result, index) in created.into_iter().zip(places) {
        items.push((index, ItemJson::new(moved(result, index), index)?));
    }
    items.extend(
        refused
            .drain(..)
            .map(|(index, issues)| (index, ItemJson::refused(issues))),
    );
    items.sort_by_key(|(index, _)| *index);
    batch_answer(call, items.into_iter().map(|(_, item)| item).collect(), remarks)
}

async fn submit(
    call: &Call,
    message: BatchCreatePeopleRequest,
    issues: ShapeIssues,
) -> Result<(BatchCreatePeopleResponse, Remarks), Failure> {
    let people = call.core().people();
    let answer = people.batch_create_people(call.request(message));
    call.submit(answer, &PLACES, issues).await
}
