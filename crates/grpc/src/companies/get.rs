//! `GetCompany`.

use std::sync::Arc;

use domain::{CompanyId, CompanyView, Definitions, Scope, WorkspaceId};
use persistence::{Loaded, companies};
use proto::v1::{Company, GetCompanyRequest};
use tonic::Response;

use super::convert;
use crate::Core;
use crate::attempts::{Again, Attempts};
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
    let (view, definitions) = load(core, caller.workspace_id, id)
        .await?
        .ok_or_else(no_such_company)?;
    Ok(Response::new(convert::company(&view, &definitions)))
}

/// The company, and the definitions by which to read it.
async fn load(
    core: &Core,
    workspace: WorkspaceId,
    id: CompanyId,
) -> Result<Option<(CompanyView, Arc<Definitions>)>, Failure> {
    let mut attempts = Attempts::begin(core, workspace).await?;
    loop {
        let definitions = Arc::clone(attempts.definitions());
        let mut connection = core.database.connection().await?;
        let loaded = companies::load(&mut connection, workspace, &[id], &definitions).await?;
        drop(connection);
        match loaded {
            Loaded::Found(mut views) => return Ok(views.pop().map(|view| (view, definitions))),
            Loaded::Stale => attempts.next(Again::Stale).await?,
        }
    }
}

/// No company has the id.
pub(super) fn no_such_company() -> Failure {
    Failure::NotFound("no such company in the workspace".to_owned())
}
