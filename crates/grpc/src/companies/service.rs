//! The calls about companies: a table of contents.

use proto::v1::companies_service_server::CompaniesService;
use proto::v1::{
    Company, CreateCompanyRequest, DeleteCompanyRequest, GetCompanyRequest, ListCompaniesRequest,
    ListCompaniesResponse, UpdateCompanyRequest,
};
use tonic::{Request, Response, Status, async_trait};

use super::{create, delete, get, list, update};
use crate::Core;
use crate::call::Call;

#[async_trait]
impl CompaniesService for Core {
    async fn create_company(
        &self,
        request: Request<CreateCompanyRequest>,
    ) -> Result<Response<Company>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(create::create(self, call.caller, message).await)
    }

    async fn get_company(&self, request: Request<GetCompanyRequest>) -> Result<Response<Company>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(get::get(self, call.caller, message).await)
    }

    async fn update_company(
        &self,
        request: Request<UpdateCompanyRequest>,
    ) -> Result<Response<Company>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(update::update(self, call.caller, message).await)
    }

    async fn delete_company(&self, request: Request<DeleteCompanyRequest>) -> Result<Response<()>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(delete::delete(self, call.caller, message).await)
    }

    async fn list_companies(
        &self,
        request: Request<ListCompaniesRequest>,
    ) -> Result<Response<ListCompaniesResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(self, call.caller, message).await)
    }
}
