//! What fuzz targets reach of the core: how it reads and judges what callers send, before a database is asked. Compiled
//! for them alone.

use std::time::Duration;

use domain::{
    CompanyDraft, CompanyField, CustomFieldDraft, DealDraft, DealField, Definitions, Deprecations,
    FilterFields, Judging, Path, PersonDraft, PersonField, Violations,
};
use prost::Message;
use proto::v1::{
    CreateCompanyRequest, CreateCustomFieldRequest, CreateDealRequest, CreatePersonRequest,
    ListCompaniesRequest, ListDealsRequest, ListPeopleRequest, UpdatePersonRequest,
};
use tonic::Status;
use uuid::Uuid;

use crate::deals::home::Home;
use crate::listing::Listing;
use crate::pages::List;
use crate::required::required;
use crate::status::{Failure, ViolationLimit};
use crate::{changes, companies, custom_fields, deals, edge, people, update_mask};

/// Judges a request of the method with this path; one that has no case here is found good.
///
/// # Errors
/// What its caller would be told.
pub fn judge(method: &str, message: &[u8], definitions: &Definitions) -> Result<(), Status> {
    let judged = match method.rsplit('/').next().unwrap_or_default() {
        "CreatePerson" => create_person(decode(message)?, definitions),
        "UpdatePerson" => update_person(decode(message)?),
        "ListPeople" => list_people(decode(message)?, definitions),
        "CreateCompany" => create_company(decode(message)?, definitions),
        "ListCompanies" => list_companies(decode(message)?, definitions),
        "CreateDeal" => create_deal(decode(message)?, definitions),
        "ListDeals" => list_deals(decode(message)?, definitions),
        "CreateCustomField" => create_custom_field(decode(message)?),
        _ => Ok(()),
    };
    let limit = ViolationLimit::of(&http::HeaderMap::new());
    judged.map_err(|failure| failure.into_status(Some(Uuid::nil()), limit))
}

/// The time of a `grpc-timeout`.
#[must_use]
pub fn timeout(text: &str) -> Option<Duration> {
    edge::deadline::parse(text)
}

/// A position of the change log, and the text that it is written as.
#[must_use]
pub fn position(text: &str) -> Option<String> {
    changes::position::parse(text).map(changes::position::format)
}

/// The token that this page token is read as and written again, if it is one of this workspace's people.
#[must_use]
pub fn page_token(text: &str, definitions: &Definitions) -> Option<String> {
    let list = people(definitions);
    let page = list.page(0, text, &mut Violations::default());
    page.after.map(|last| list.token(last))
}

/// The token of the page after this record of the people.
#[must_use]
pub fn token_after(last: Uuid, definitions: &Definitions) -> String {
    people(definitions).token(last)
}

fn people(definitions: &Definitions) -> List<'_> {
    List {
        name: "people",
        definitions,
    }
}

fn decode<M: Message + Default>(message: &[u8]) -> Result<M, Status> {
    M::decode(message).map_err(|_| Status::internal("no such message"))
}

/// Calls the judgement with all that it takes note in.
fn judged<T>(
    definitions: &Definitions,
    mut violations: Violations,
    judge: impl FnOnce(&mut Judging<'_>) -> T,
) -> Result<(), Failure> {
    let mut deprecations = Deprecations::default();
    judge(&mut Judging {
        definitions,
        deprecations: &mut deprecations,
        violations: &mut violations,
    });
    good(violations)
}

fn good(violations: Violations) -> Result<(), Failure> {
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Failure::Invalid(violations))
    }
}

fn create_person(request: CreatePersonRequest, definitions: &Definitions) -> Result<(), Failure> {
    let mut violations = Violations::default();
    let path = Path::root("person");
    let person = required(request.person, "person")?;
    let raw = people::convert::raw_person(person, &path, &mut violations);
    judged(definitions, violations, |judging| {
        PersonDraft::read(raw, &path, judging)
    })
}

fn update_person(request: UpdatePersonRequest) -> Result<(), Failure> {
    let mut violations = Violations::default();
    let mut person = required(request.person, "person")?;
    let is_set = |field: PersonField| people::convert::is_set(&person, field);
    let fields = update_mask::fields(request.update_mask, is_set, &mut violations);
    people::convert::keep_fields(&mut person, &fields);
    people::convert::raw_person(person, &Path::root("person"), &mut violations);
    people::convert::raw_entries(request.add, &Path::root("add"), &mut violations);
    people::convert::raw_entries(request.remove, &Path::root("remove"), &mut violations);
    good(violations)
}

fn create_company(request: CreateCompanyRequest, definitions: &Definitions) -> Result<(), Failure> {
    let mut violations = Violations::default();
    let path = Path::root("company");
    let company = required(request.company, "company")?;
    let all = |_: CompanyField| true;
    let raw = companies::convert::raw_company(company, all, &path, &mut violations);
    judged(definitions, violations, |judging| {
        CompanyDraft::read(raw, &path, judging)
    })
}

fn create_deal(request: CreateDealRequest, definitions: &Definitions) -> Result<(), Failure> {
    let mut violations = Violations::default();
    let path = Path::root("deal");
    let deal = required(request.deal, "deal")?;
    let group = path.field("group_id");
    let home = Home::find(&deal.group_id, &deal.object_type, &group, definitions)?;
    let all = |_: DealField| true;
    let raw = deals::convert::raw_deal(deal, all, &path, &mut violations);
    judged(definitions, violations, |judging| {
        DealDraft::read(raw, home.place(), &path, judging)
    })
}

fn create_custom_field(request: CreateCustomFieldRequest) -> Result<(), Failure> {
    let mut violations = Violations::default();
    let field = required(request.custom_field, "custom_field")?;
    let raw = custom_fields::convert::read_field(field);
    CustomFieldDraft::read(raw, &Path::root("custom_field"), &mut violations);
    good(violations)
}

fn list_people(request: ListPeopleRequest, definitions: &Definitions) -> Result<(), Failure> {
    let asked = (request.page_size, request.page_token.as_str(), request.filter);
    listed(Listing::read(
        "people",
        &FilterFields::of_people(),
        definitions,
        asked,
    ))
}

fn list_companies(request: ListCompaniesRequest, definitions: &Definitions) -> Result<(), Failure> {
    let asked = (request.page_size, request.page_token.as_str(), request.filter);
    listed(Listing::read(
        "companies",
        &FilterFields::of_companies(),
        definitions,
        asked,
    ))
}

fn list_deals(request: ListDealsRequest, definitions: &Definitions) -> Result<(), Failure> {
    let group = Path::root("group_id");
    let home = Home::find(&request.group_id, &request.object_type, &group, definitions)?;
    let asked = (request.page_size, request.page_token.as_str(), request.filter);
    listed(Listing::read(
        "deals",
        &FilterFields::of_deals(home.fields),
        definitions,
        asked,
    ))
}

fn listed(listing: Result<Listing<'_>, Violations>) -> Result<(), Failure> {
    listing.map(drop).map_err(Failure::Invalid)
}
