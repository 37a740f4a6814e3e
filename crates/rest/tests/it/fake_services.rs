//! The services of the fake core: whatever is asked, it is remembered and answered as told.

use proto::v1::admin_service_server::{AdminService, AdminServiceServer};
use proto::v1::companies_service_server::{CompaniesService, CompaniesServiceServer};
use proto::v1::deals_service_server::{DealsService, DealsServiceServer};
use proto::v1::groups_service_server::{GroupsService, GroupsServiceServer};
use proto::v1::interactions_service_server::{InteractionsService, InteractionsServiceServer};
use proto::v1::people_service_server::{PeopleService, PeopleServiceServer};
use proto::v1::users_service_server::{UsersService, UsersServiceServer};
use proto::v1::*;
use tonic::service::Routes;
use tonic::{Request, Response, Status, async_trait};

use crate::fake_core::FakeCore;

const LIMIT: usize = 32 * 1024 * 1024;

/// All services of this core.
pub(crate) fn routes(core: &FakeCore) -> Routes {
    let people = PeopleServiceServer::new(core.clone())
        .max_decoding_message_size(LIMIT)
        .max_encoding_message_size(LIMIT);
    Routes::new(people)
        .add_service(CompaniesServiceServer::new(core.clone()))
        .add_service(DealsServiceServer::new(core.clone()))
        .add_service(UsersServiceServer::new(core.clone()))
        .add_service(GroupsServiceServer::new(core.clone()))
        .add_service(InteractionsServiceServer::new(core.clone()))
        .add_service(AdminServiceServer::new(core.clone()))
}

/// Methods that all do the same.
macro_rules! fake {
    ($service:ident { $($method:ident: $request:ty => $answer:ty;)* } $($own:tt)*) => {
        #[async_trait]
        impl $service for FakeCore {
            $(
                async fn $method(&self, request: Request<$request>) -> Result<Response<$answer>, Status> {
                    self.call(request).await
                }
            )*
            $($own)*
        }
    };
}

fake! {
    PeopleService {
        create_person: CreatePersonRequest => Person;
        get_person: GetPersonRequest => Person;
        update_person: UpdatePersonRequest => Person;
        delete_person: DeletePersonRequest => ();
        list_people: ListPeopleRequest => ListPeopleResponse;
        batch_create_people: BatchCreatePeopleRequest => BatchCreatePeopleResponse;
        batch_get_people: BatchGetPeopleRequest => BatchGetPeopleResponse;
    }
}

fake! {
    CompaniesService {
        create_company: CreateCompanyRequest => Company;
        get_company: GetCompanyRequest => Company;
        update_company: UpdateCompanyRequest => Company;
        delete_company: DeleteCompanyRequest => ();
        list_companies: ListCompaniesRequest => ListCompaniesResponse;
    }
}

fake! {
    DealsService {
        create_deal: CreateDealRequest => Deal;
        get_deal: GetDealRequest => Deal;
        update_deal: UpdateDealRequest => Deal;
        delete_deal: DeleteDealRequest => ();
        list_deals: ListDealsRequest => ListDealsResponse;
    }
}

fake! {
    GroupsService {
        list_groups: ListGroupsRequest => ListGroupsResponse;
        list_custom_fields: ListCustomFieldsRequest => ListCustomFieldsResponse;
    }
}

fake! {
    InteractionsService {
        log_interaction: LogInteractionRequest => Interaction;
    }
}

fake! {
    AdminService {
        create_group: CreateGroupRequest => Group;
        update_group: UpdateGroupRequest => Group;
        delete_group: DeleteGroupRequest => ();
        create_custom_field: CreateCustomFieldRequest => CustomField;
        update_custom_field: UpdateCustomFieldRequest => CustomField;
        delete_custom_field: DeleteCustomFieldRequest => ();
        create_user: CreateUserRequest => User;
        deactivate_user: DeactivateUserRequest => User;
        create_api_key: CreateApiKeyRequest => ApiKey;
        list_api_keys: ListApiKeysRequest => ListApiKeysResponse;
        revoke_api_key: RevokeApiKeyRequest => ApiKey;
    }
}

fake! {
    UsersService {
        list_users: ListUsersRequest => ListUsersResponse;
    }

    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<User>, Status> {
        let id = request.get_ref().id.clone();
        self.enter(request).await?;
        self.answer(User {
            id,
            full_name: "John Doe".to_owned(),
            email: "john@example.com".to_owned(),
        })
    }
}
