//! `GetCompany`.

use domain::{CompanyId, Scope};
use persistence::{Loaded, companies};
use proto::v1::{Company, GetCompanyRequest};
use tonic::Response;

use super::convert;
use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;

pub(super) async fn get(
    core: &Core,
    caller: Caller,
    request: GetCompanyRequest,
) -> Result<Response<Company>, Failure> {
    caller.require(Scope::Read)?;
    let GetCompanyRequest { id } = request;
    let id = request_record_id(&id, "company", CompanyId::parse, CompanyId::parse_at)?;
    until_done(core, caller.workspace_id, |definitions| async move {
        let loaded = companies::load_alone(&core.database, caller.reach(), &[id], &definitions).await?;
        match loaded {
            Loaded::Found(mut views) => {
                let view = views.pop().ok_or_else(no_such_company)?;
                let answer = Response::new(convert::company(view, &definitions));
                Ok(Attempt::Done(answer))
            }
            Loaded::Stale => Ok(Attempt::Again(Again::Stale)),
        }
    })
    .await
}

/// No company has the id.
pub(super) fn no_such_company() -> Failure {
    Failure::NotFound("no such company in the workspace".to_owned())
}
