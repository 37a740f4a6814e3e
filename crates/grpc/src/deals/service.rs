//! The calls about deals: a table of contents.

use proto::v1::deals_service_server::DealsService;
use proto::v1::{
    CreateDealRequest, Deal, DeleteDealRequest, GetDealRequest, ListDealsRequest, ListDealsResponse,
    UpdateDealRequest,
};
use tonic::{Request, Response, Status, async_trait};

use super::{create, delete, get, list, update};
use crate::Core;
use crate::call::Call;

#[async_trait]
impl DealsService for Core {
    async fn create_deal(&self, request: Request<CreateDealRequest>) -> Result<Response<Deal>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(create::create(self, call.caller, message).await)
    }

    async fn get_deal(&self, request: Request<GetDealRequest>) -> Result<Response<Deal>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(get::get(self, call.caller, message).await)
    }

    async fn update_deal(&self, request: Request<UpdateDealRequest>) -> Result<Response<Deal>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(update::update(self, call.caller, message).await)
    }

    async fn delete_deal(&self, request: Request<DeleteDealRequest>) -> Result<Response<()>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(delete::delete(self, call.caller, message).await)
    }

    async fn list_deals(
        &self,
        request: Request<ListDealsRequest>,
    ) -> Result<Response<ListDealsResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(self, call.caller, message).await)
    }
}
