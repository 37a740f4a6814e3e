//! The routes of companies.

use proto::v1::Company;

use crate::operations::Operations;
use crate::records::{self, Paths};

pub(crate) fn routes() -> Operations {
    records::routes::<Company>(Paths {
        all: "/v1/companies",
        search: "/v1/companies/search",
        one: "/v1/companies/{companyId}",
    })
}
