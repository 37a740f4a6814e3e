//! `ListPeople`.

use std::sync::Arc;

use domain::{Definitions, Deprecations, Filter, FilterFields, Judging, Path, Scope, Violations};
use persistence::people::{self, Loaded, PageOfPeople};
use proto::v1::{ListPeopleRequest, ListPeopleResponse};
use tonic::Response;

use super::convert;
use crate::Core;
use crate::attempts::{Again, Attempt, Attempts};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::filter::raw_filter;
use crate::pages::List;
use crate::status::Failure;

pub(super) async fn list(
    core: &Core,
    caller: Caller,
    request: ListPeopleRequest,
) -> Result<Response<ListPeopleResponse>, Failure> {
    caller.require(Scope::Read)?;
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    loop {
        match attempt(core, caller, request.clone(), attempts.definitions()).await? {
            Attempt::Done(response) => return Ok(response),
            Attempt::Again(why) => attempts.next(why).await?,
        }
    }
}

async fn attempt(
    core: &Core,
    caller: Caller,
    request: ListPeopleRequest,
    definitions: &Arc<Definitions>,
) -> Result<Attempt<Response<ListPeopleResponse>>, Failure> {
    let ListPeopleRequest {
        page_size,
        page_token,
        filter,
    } = request;
    let mut violations = Violations::default();
    let mut deprecations = Deprecations::default();
    let list = List {
        name: "people",
        definitions,
    };
    let page = list.page(page_size, &page_token, &mut violations);
    let path = Path::root("filter");
    let raw = raw_filter(filter, &path, &mut violations);
    let mut judging = Judging {
        definitions,
        deprecations: &mut deprecations,
        violations: &mut violations,
    };
    let filter = Filter::read(raw, &FilterFields::of_people(), &path, &mut judging);
    if !violations.is_empty() {
        return Ok(Attempt::Again(Again::Invalid(violations)));
    }
    let mut connection = core.database.connection().await?;
    let wanted = PageOfPeople {
        workspace_id: caller.workspace_id,
        filter: &filter,
        after: page.after.map(Into::into),
        // One more tells whether there is another page.
        limit: page.size + 1,
    };
    let loaded = people::page(&mut connection, &wanted, definitions).await?;
    drop(connection);
    let views = match loaded {
        Loaded::People(views) => views,
        Loaded::Stale => return Ok(Attempt::Again(Again::Stale)),
    };
    let (views, next_page_token) = list.slice(page, views, |view| view.person.id.uuid());
    let people = views
        .iter()
        .map(|view| convert::person(view, caller.user_id, definitions))
        .collect();
    let answer = ListPeopleResponse {
        people,
        next_page_token,
    };
    Ok(Attempt::Done(with_deprecations(answer, &deprecations)))
}
