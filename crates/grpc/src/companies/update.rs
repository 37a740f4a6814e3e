//! `UpdateCompany`.

use std::sync::Arc;

use domain::{CompanyChange, CompanyField, CompanyId, CompanyView, Definitions, Path, Scope, Violations};
use persistence::companies;
use proto::v1::{Company, UpdateCompanyRequest};
use tonic::Response;

use super::convert;
use crate::attempts::{Attempt, until_done};
use crate::changing::{Expected, Noted};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::record_id::record_id;
use crate::required::required;
use crate::status::Failure;
use crate::{Core, update_mask};

/// What a request asks for, read as far as that does not depend on what is stored.
struct Asked {
    id: CompanyId,
    etag: String,
    change: CompanyChange,
    violations: Violations,
    validate_only: bool,
}

pub(super) async fn update(
    core: &Core,
    caller: Caller,
    request: UpdateCompanyRequest,
) -> Result<Response<Company>, Failure> {
    caller.require(Scope::Write)?;
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, caller, request.clone(), definitions)
    })
    .await
}

fn read(request: UpdateCompanyRequest) -> Result<Asked, Failure> {
    let UpdateCompanyRequest {
        company,
        update_mask,
        add,
        remove,
        validate_only,
    } = request;
    let mut violations = Violations::default();
    let path = Path::root("company");
    let mut company = required(company, "company")?;
    let id = std::mem::take(&mut company.id);
    let id = record_id(
        &id,
        "company",
        &path.field("id"),
        CompanyId::parse,
        CompanyId::parse_at,
    )?;
    let etag = std::mem::take(&mut company.etag);
    let fields = update_mask::fields(
        update_mask,
        |field| convert::is_set(&company, field),
        &mut violations,
    );
    for field in CompanyField::ALL.iter().filter(|field| !fields.contains(field)) {
        convert::forget(&mut company, *field);
    }
    let is_meant = |field| fields.contains(&field);
    let change = CompanyChange {
        new: convert::raw_company(company, is_meant, &path, &mut violations),
        remove: convert::raw_entries(remove, &Path::root("remove"), &mut violations),
        add: convert::raw_entries(add, &Path::root("add"), &mut violations),
        fields,
    };
    Ok(Asked {
        id,
        etag,
        change,
        violations,
        validate_only,
    })
}

async fn attempt(
    core: &Core,
    caller: Caller,
    request: UpdateCompanyRequest,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<Company>>, Failure> {
    let definitions = &*definitions;
    let Asked {
        id,
        etag,
        change,
        violations,
        validate_only,
    } = read(request)?;
    let expected = Expected {
        etag: &etag,
        validate_only,
    };
    let mut noted = Noted::new(violations);
    let decide = |current: &CompanyView| {
        let version = current.company.version;
        noted.decide(current, version, &expected, definitions, |judging| {
            change.apply(current, judging)
        })
    };
    let writing = caller.writing(definitions);
    let updated = core
        .database
        .within(caller.reach(), async |connection| {
            companies::update(connection, writing, id, definitions, decide).await
        })
        .await;
    let concluded = noted.conclude("company", updated)?;
    Ok(concluded
        .map(|(view, deprecations)| with_deprecations(convert::company(*view, definitions), &deprecations)))
}
