//! `CreateDeal`.

use std::sync::Arc;

use domain::{DealDraft, Definitions, Deprecations, Judging, ObjectId, Path, Scope, Violations};
use persistence::deals::{self, DealCreated, NewDeal};
use persistence::missing;
use proto::v1::{CreateDealRequest, Deal};
use tonic::Response;
use uuid::Uuid;

use super::convert;
use super::home::Home;
use crate::Core;
use crate::attempts::{Again, Attempt, Attempts};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::references::report_missing;
use crate::remembered::{Begun, RequestName, Work};
use crate::required::required;
use crate::status::Failure;

pub(super) async fn create(
    core: &Core,
    caller: Caller,
    mut request: CreateDealRequest,
) -> Result<Response<Deal>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = match request.validate_only {
        true => RequestName::none(),
        false => RequestName::of(caller, "CreateDeal", request_id, &request)?,
    };
    let CreateDealRequest {
        deal,
        validate_only,
        request_id: _,
    } = request;
    let deal = required(deal, "deal")?;
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    loop {
        let work = match name.begin(&core.database).await? {
            Begun::Work(work) => work,
            Begun::Done(deal) => return Ok(Response::new(deal)),
        };
        match attempt(caller, work, deal.clone(), validate_only, attempts.definitions()).await? {
            Attempt::Done(response) => return Ok(response),
            Attempt::Again(why) => attempts.next(why).await?,
        }
    }
}

async fn attempt(
    caller: Caller,
    mut work: Box<Work>,
    deal: Deal,
    validate_only: bool,
    definitions: &Arc<Definitions>,
) -> Result<Attempt<Response<Deal>>, Failure> {
    let mut deprecations = Deprecations::default();
    let mut violations = Violations::default();
    let path = Path::root("deal");
    let home = Home::find(
        &deal.group_id,
        &deal.object_type,
        &path.field("group_id"),
        definitions,
    )?;
    let raw = convert::raw_deal(deal, |_| true, &path, &mut violations);
    let mut judging = Judging {
        definitions,
        deprecations: &mut deprecations,
        violations: &mut violations,
    };
    let draft = match DealDraft::read(raw, home.place(), &path, &mut judging) {
        Ok(draft) => draft,
        Err(references) => {
            let missing = missing(work.connection(), caller.workspace_id, &references).await?;
            report_missing(references, &missing, &mut violations);
            work.abandon().await?;
            return Ok(Attempt::Again(Again::Invalid(violations)));
        }
    };
    let wrong = !violations.is_empty();
    let deal = NewDeal {
        id: ObjectId::new(Uuid::now_v7()),
        home: home.at,
        store: !validate_only && !wrong,
        draft,
    };
    let created = match deals::create(work.connection(), caller.writing(definitions), &deal).await {
        Ok(created) => created,
        Err(persistence::Error::Conflict { .. }) => {
            work.abandon().await?;
            return Ok(Attempt::Again(Again::LostRace));
        }
        Err(error) => return Err(error.into()),
    };
    match created {
        DealCreated::Stale => {
            work.abandon().await?;
            Ok(Attempt::Again(Again::Stale))
        }
        DealCreated::Missing(missing) => {
            report_missing(deal.draft.references, &missing, &mut violations);
            work.abandon().await?;
            Ok(Attempt::Again(Again::Invalid(violations)))
        }
        DealCreated::Deal(_) if wrong => {
            work.abandon().await?;
            Ok(Attempt::Again(Again::Invalid(violations)))
        }
        DealCreated::Deal(view) => {
            let mut answer = convert::deal(&view, &home, definitions);
            if validate_only {
                answer.id.clear();
            }
            let records: Vec<_> = view.shown_records().collect();
            work.finish(&answer, &records).await?;
            Ok(Attempt::Done(with_deprecations(answer, &deprecations)))
        }
    }
}
