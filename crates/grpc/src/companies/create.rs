//! `CreateCompany`.

use domain::{CompanyDraft, CompanyId, Definitions, Deprecations, Judging, Path, Scope, Violations};
use persistence::companies::{self, CompanyCreated, NewCompany};
use persistence::{Loaded, RawConnection, missing};
use proto::v1::{Company, CreateCompanyRequest};
use tonic::Response;
use uuid::Uuid;

use super::convert;
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
    mut request: CreateCompanyRequest,
) -> Result<Response<Company>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = RequestName::of(
        caller,
        "CreateCompany",
        request_id,
        request.validate_only,
        &request,
    )?;
    let CreateCompanyRequest {
        company,
        validate_only,
        request_id: _,
    } = request;
    let create = CreateCompany {
        caller,
        company: required(company, "company")?,
        validate_only,
    };
    creating::create(core, caller, &name, &create).await
}

struct CreateCompany {
    caller: Caller,
    company: Company,
    validate_only: bool,
}

impl Create for CreateCompany {
    type Answer = Company;

    async fn attempt(
        &self,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<Attempt<Created<Company>>, Failure> {
        let workspace = self.caller.workspace_id;
        let mut deprecations = Deprecations::default();
        let mut violations = Violations::default();
        let path = Path::root("company");
        let raw = convert::raw_company(self.company.clone(), |_| true, &path, &mut violations);
        let mut judging = Judging {
            definitions,
            deprecations: &mut deprecations,
            violations: &mut violations,
        };
        let draft = match CompanyDraft::read(raw, &path, &mut judging) {
            Ok(draft) => draft,
            Err(references) => {
                let missing = missing(connection, workspace, &references).await?;
                report_missing(references, &missing, &mut violations);
                return Ok(Attempt::Again(Again::Invalid(violations)));
            }
        };
        let wrong = !violations.is_empty();
        let company = NewCompany {
            id: CompanyId::new(Uuid::now_v7()),
            store: !self.validate_only && !wrong,
            draft,
        };
        let stored = companies::create(connection, self.caller.writing(definitions), &company).await;
        let view = match unless_lost(stored)? {
            Err(why) => return Ok(Attempt::Again(why)),
            Ok(CompanyCreated::Stale) => return Ok(Attempt::Again(Again::Stale)),
            Ok(CompanyCreated::Missing(missing)) => {
                report_missing(company.draft.references, &missing, &mut violations);
                return Ok(Attempt::Again(Again::Invalid(violations)));
            }
            Ok(CompanyCreated::Existing(_) | CompanyCreated::Company(_)) if wrong => {
                return Ok(Attempt::Again(Again::Invalid(violations)));
            }
            Ok(CompanyCreated::Existing(id)) => {
                match companies::load(connection, workspace, &[id], definitions).await? {
                    Loaded::Stale => return Ok(Attempt::Again(Again::Stale)),
                    Loaded::Found(mut views) => match views.pop() {
                        Some(view) => Box::new(view),
                        // It was deleted at this moment, so the name is free.
                        None => return Ok(Attempt::Again(Again::LostRace)),
                    },
                }
            }
            Ok(CompanyCreated::Company(view)) => view,
        };
        let records = view.shown_records().collect();
        let is_new = view.company.id == company.id;
        let mut answer = convert::company(*view, definitions);
        if self.validate_only && is_new {
            answer.id.clear();
        }
        Ok(Attempt::Done(Created {
            answer,
            records,
            deprecations,
        }))
    }
}
