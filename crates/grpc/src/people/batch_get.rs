//! `BatchGetPeople`.

use std::collections::HashMap;

use domain::{ParseIdError, Path, PersonId, Scope, Violations};
use proto::v1::{BatchGetPeopleRequest, BatchGetPeopleResponse};
use tonic::Response;

use super::batch_create::check_count;
use super::convert;
use super::get::load;
use crate::Core;
use crate::edge::Caller;
use crate::status::Failure;

pub(super) async fn batch_get(
    core: &Core,
    caller: Caller,
    request: BatchGetPeopleRequest,
) -> Result<Response<BatchGetPeopleResponse>, Failure> {
    caller.require(Scope::Read)?;
    let BatchGetPeopleRequest { ids } = request;
    check_count(ids.len(), "ids")?;
    let ids = read(&ids)?;
    let (views, definitions) = load(core, caller.reach(), &ids).await?;
    let views: HashMap<_, _> = views.iter().map(|view| (view.person.id, view)).collect();
    let people = ids.iter().map(|id| match views.get(id) {
        Some(&view) => Ok(convert::person(view.clone(), caller.user_id, &definitions)),
        None => Err(not_found(&id.to_string())),
    });
    Ok(Response::new(BatchGetPeopleResponse {
        people: people.collect::<Result<_, _>>()?,
    }))
}

/// What is malformed comes before what does not exist.
fn read(ids: &[String]) -> Result<Vec<PersonId>, Failure> {
    let mut violations = Violations::default();
    let path = Path::root("ids");
    let mut absent = None;
    let mut read = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        match PersonId::parse(id) {
            Ok(id) => read.push(id),
            Err(ParseIdError::Kind) => absent = absent.or(Some(id)),
            Err(ParseIdError::Length) => {
                PersonId::parse_at(id, &path.index(index), &mut violations);
            }
        }
    }
    match absent {
        _ if !violations.is_empty() => Err(Failure::Invalid(violations)),
        Some(id) => Err(not_found(id)),
        None => Ok(read),
    }
}

fn not_found(id: &str) -> Failure {
    Failure::NotFound(format!("no such person in the workspace: {id}"))
}
