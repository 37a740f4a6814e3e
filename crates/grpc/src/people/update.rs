//! `UpdatePerson`.

use std::sync::Arc;

use domain::{Definitions, Path, PersonChange, PersonDraft, PersonId, PersonView, Scope, Violations};
use persistence::people::{self, ChangedPerson};
use proto::v1::{Person, UpdatePersonRequest};
use tonic::Response;

use super::convert;
use super::draft::new_companies;
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
    id: PersonId,
    etag: String,
    change: PersonChange,
    violations: Violations,
    validate_only: bool,
}

pub(super) async fn update(
    core: &Core,
    caller: Caller,
    request: UpdatePersonRequest,
) -> Result<Response<Person>, Failure> {
    caller.require(Scope::Write)?;
    until_done(core, caller.workspace_id, |definitions| {
        attempt(core, caller, request.clone(), definitions)
    })
    .await
}

fn read(request: UpdatePersonRequest) -> Result<Asked, Failure> {
    let UpdatePersonRequest {
        person,
        update_mask,
        add,
        remove,
        validate_only,
    } = request;
    let mut violations = Violations::default();
    let path = Path::root("person");
    let mut person = required(person, "person")?;
    let id = std::mem::take(&mut person.id);
    let id = record_id(
        &id,
        "person",
        &path.field("id"),
        PersonId::parse,
        PersonId::parse_at,
    )?;
    let etag = std::mem::take(&mut person.etag);
    let fields = update_mask::fields(
        update_mask,
        |field| convert::is_set(&person, field),
        &mut violations,
    );
    convert::keep_fields(&mut person, &fields);
    let change = PersonChange {
        new: convert::raw_person(person, &path, &mut violations),
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
    request: UpdatePersonRequest,
    definitions: Arc<Definitions>,
) -> Result<Attempt<Response<Person>>, Failure> {
    let definitions = &*definitions;
    let Asked {
        id,
        etag,
        change,
        violations,
        validate_only,
    } = read(request)?;
    let writing = caller.writing(definitions);
    let expected = Expected {
        etag: &etag,
        validate_only,
    };
    let compared = change.companies_to_compare();
    let mut noted = Noted::new(violations);
    let decide = |current: &PersonView| {
        let version = current.person.version;
        let decision = noted.decide(current, version, &expected, definitions, |judging| {
            change.apply(current, judging)
        });
        decision.map(changed)
    };
    let updated = core
        .database
        .within(caller.reach(), async |connection| {
            people::update(connection, writing, id, &compared, definitions, decide).await
        })
        .await;
    let concluded = noted.conclude("person", updated)?;
    Ok(concluded.map(|((view, new_companies), deprecations)| {
        let mut person = convert::person(*view, caller.user_id, definitions);
        if validate_only {
            convert::unmade_by_name(&mut person, &new_companies);
        }
        with_deprecations(person, &deprecations)
    }))
}

fn changed(draft: PersonDraft) -> ChangedPerson {
    ChangedPerson {
        new_companies: new_companies(&draft),
        draft,
    }
}
