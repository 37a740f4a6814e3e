//! `CreateCompany`.

use std::sync::Arc;

use domain::{CompanyDraft, CompanyId, Definitions, Deprecations, Judging, Path, Scope, Violations};
use persistence::companies::{self, CompanyCreated, NewCompany};
use persistence::{Loaded, missing};
use proto::v1::{Company, CreateCompanyRequest};
use tonic::Response;
use uuid::Uuid;

use super::convert;
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
    mut request: CreateCompanyRequest,
) -> Result<Response<Company>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = match request.validate_only {
        true => RequestName::none(),
        false => RequestName::of(caller, "CreateCompany", request_id, &request)?,
    };
    let CreateCompanyRequest {
        company,
        validate_only,
        request_id: _,
    } = request;
    let company = required(company, "company")?;
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    loop {
        let work = match name.begin(&core.database).await? {
            Begun::Work(work) => work,
            Begun::Done(company) => return Ok(Response::new(company)),
        };
        let company = company.clone();
        match attempt(caller, work, company, validate_only, attempts.definitions()).await? {
            Attempt::Done(response) => return Ok(response),
            Attempt::Again(why) => attempts.next(why).await?,
        }
    }
}

async fn attempt(
    caller: Caller,
    mut work: Box<Work>,
    company: Company,
    validate_only: bool,
    definitions: &Arc<Definitions>,
) -> Result<Attempt<Response<Company>>, Failure> {
    let mut deprecations = Deprecations::default();
    let mut violations = Violations::default();
    let path = Path::root("company");
    let raw = convert::raw_company(company, |_| true, &path, &mut violations);
    let mut judging = Judging {
        definitions,
        deprecations: &mut deprecations,
        violations: &mut violations,
    };
    let draft = match CompanyDraft::read(raw, &path, &mut judging) {
        Ok(draft) => draft,
        Err(references) => {
            let missing = missing(work.connection(), caller.workspace_id, &references).await?;
            report_missing(references, &missing, &mut violations);
            work.abandon().await?;
            return Ok(Attempt::Again(Again::Invalid(violations)));
        }
    };
    let wrong = !violations.is_empty();
    let company = NewCompany {
        id: CompanyId::new(Uuid::now_v7()),
        store: !validate_only && !wrong,
        draft,
    };
    let writing = caller.writing(definitions);
    let created = match companies::create(work.connection(), writing, &company).await {
        Ok(created) => created,
        Err(persistence::Error::Conflict { .. }) => {
            work.abandon().await?;
            return Ok(Attempt::Again(Again::LostRace));
        }
        Err(error) => return Err(error.into()),
    };
    let (records, answer) = match created {
        CompanyCreated::Stale => {
            work.abandon().await?;
            return Ok(Attempt::Again(Again::Stale));
        }
        CompanyCreated::Missing(missing) => {
            report_missing(company.draft.references, &missing, &mut violations);
            work.abandon().await?;
            return Ok(Attempt::Again(Again::Invalid(violations)));
        }
        CompanyCreated::Existing(_) | CompanyCreated::Company(_) if wrong => {
            work.abandon().await?;
            return Ok(Attempt::Again(Again::Invalid(violations)));
        }
        CompanyCreated::Existing(id) => {
            // With the connection at hand: who waits for another one while holding this one waits for all others who do.
            match companies::load(work.connection(), caller.workspace_id, &[id], definitions).await? {
                Loaded::Stale => {
                    work.abandon().await?;
                    return Ok(Attempt::Again(Again::Stale));
                }
                Loaded::Found(mut views) => match views.pop() {
                    Some(view) => {
                        let records: Vec<_> = view.shown_records().collect();
                        (records, convert::company(&view, definitions))
                    }
                    // It was deleted at this moment, so the name is free.
                    None => {
                        work.abandon().await?;
                        return Ok(Attempt::Again(Again::LostRace));
                    }
                },
            }
        }
        CompanyCreated::Company(view) => {
            let mut answer = convert::company(&view, definitions);
            if validate_only {
                answer.id.clear();
            }
            (view.shown_records().collect(), answer)
        }
    };
    work.finish(&answer, &records).await?;
    Ok(Attempt::Done(with_deprecations(answer, &deprecations)))
}
