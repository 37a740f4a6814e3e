//! `DeleteCompany`.

use domain::{CompanyId, Scope};
use futures_util::FutureExt as _;
use persistence::companies;
use proto::v1::DeleteCompanyRequest;
use tonic::Response;

use crate::convert::version;
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;
use crate::{Core, clock, deleting};

pub(super) async fn delete(
    core: &Core,
    caller: Caller,
    request: DeleteCompanyRequest,
) -> Result<Response<()>, Failure> {
    caller.require(Scope::Write)?;
    let DeleteCompanyRequest { id, etag } = request;
    let id = request_record_id(&id, "company", CompanyId::parse, CompanyId::parse_at)?;
    let expected = version(&etag);
    deleting::delete(core, caller, "company", |connection| {
        let (workspace, actor, now) = (caller.workspace_id, caller.user_id, clock::now());
        companies::delete(connection, workspace, id, expected, actor, now).boxed()
    })
    .await
}
