//! The calls of the core about companies.

use proto::v1::{
    Company, CreateCompanyRequest, DeleteCompanyRequest, GetCompanyRequest, ListCompaniesRequest,
    ListCompaniesResponse, UpdateCompanyRequest,
};

use crate::records::calls;

calls! {
    Company {
        client: companies,
        field: company,
        at: {},
        create: create_company(CreateCompanyRequest),
        get: get_company(GetCompanyRequest),
        update: update_company(UpdateCompanyRequest),
        patch: { add, remove } => { add, remove },
        delete: delete_company(DeleteCompanyRequest),
        list: list_companies(ListCompaniesRequest) => ListCompaniesResponse { companies },
    }
}
