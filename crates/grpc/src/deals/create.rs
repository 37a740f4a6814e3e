//! `CreateDeal`.

use domain::{DealDraft, Definitions, Deprecations, Judging, ObjectId, Path, Scope, Violations};
use persistence::deals::{self, DealCreated, NewDeal};
use persistence::{RawConnection, missing};
use proto::v1::{CreateDealRequest, Deal};
use tonic::Response;
use uuid::Uuid;

use super::convert;
use super::home::Home;
use crate::Core;
use crate::attempts::{Again, Attempt};
use crate::creating::{self, Create, Created, unless_lost};
use crate::edge::Caller;
use crate::references::report_missing;
use crate::remembered::RequestName;
use crate::required::required;
use crate::status::Failure;

pub(super) async fn create(
    core: &Core,
    caller: Caller,
    mut request: CreateDealRequest,
) -> Result<Response<Deal>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = RequestName::of(caller, "CreateDeal", request_id, request.validate_only, &request)?;
    let CreateDealRequest {
        deal,
        validate_only,
        request_id: _,
    } = request;
    let create = CreateDeal {
        caller,
        deal: required(deal, "deal")?,
        validate_only,
    };
    creating::create(core, caller, &name, &create).await
}

struct CreateDeal {
    caller: Caller,
    deal: Deal,
    validate_only: bool,
}

impl Create for CreateDeal {
    type Answer = Deal;

    async fn attempt(
        &self,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<Attempt<Created<Deal>>, Failure> {
        let mut deprecations = Deprecations::default();
        let mut violations = Violations::default();
        let path = Path::root("deal");
        let deal = self.deal.clone();
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
                let missing = missing(connection, self.caller.workspace_id, &references).await?;
                report_missing(references, &missing, &mut violations);
                return Ok(Attempt::Again(Again::Invalid(violations)));
            }
        };
        let wrong = !violations.is_empty();
        let deal = NewDeal {
            id: ObjectId::new(Uuid::now_v7()),
            home: home.at,
            store: !self.validate_only && !wrong,
            draft,
        };
        let stored = deals::create(connection, self.caller.writing(definitions), &deal).await;
        match unless_lost(stored)? {
            Err(why) => Ok(Attempt::Again(why)),
            Ok(DealCreated::Stale) => Ok(Attempt::Again(Again::Stale)),
            Ok(DealCreated::Missing(missing)) => {
                report_missing(deal.draft.references, &missing, &mut violations);
                Ok(Attempt::Again(Again::Invalid(violations)))
            }
            Ok(DealCreated::Deal(_)) if wrong => Ok(Attempt::Again(Again::Invalid(violations))),
            Ok(DealCreated::Deal(view)) => {
                let records = view.shown_records().collect();
                let mut answer = convert::deal(*view, &home, definitions);
                if self.validate_only {
                    answer.id.clear();
                }
                Ok(Attempt::Done(Created {
                    answer,
                    records,
                    deprecations,
                }))
            }
        }
    }
}
