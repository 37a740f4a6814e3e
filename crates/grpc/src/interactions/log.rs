//! `LogInteraction`.

use chrono::DateTime;
use domain::{Contact, InteractionDraft, InteractionId, Path, Scope, Violations};
use persistence::interactions;
use prost_types::Timestamp;
use proto::v1::{EntityType, Interaction, LogInteractionRequest};
use tonic::Response;
use uuid::Uuid;

use crate::attempts::{Again, Attempt, Attempts};
use crate::convert::time;
use crate::edge::Caller;
use crate::remembered::{Begun, RequestName, Work};
use crate::required::required;
use crate::status::Failure;
use crate::{Core, clock};

pub(super) async fn log(
    core: &Core,
    caller: Caller,
    mut request: LogInteractionRequest,
) -> Result<Response<Interaction>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = match request.validate_only {
        true => RequestName::none(),
        false => RequestName::of(caller, "LogInteraction", request_id, &request)?,
    };
    let LogInteractionRequest {
        interaction,
        validate_only,
        request_id: _,
    } = request;
    let draft = read(required(interaction, "interaction")?)?;
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    loop {
        let work = match name.begin(&core.database).await? {
            Begun::Work(work) => work,
            Begun::Done(interaction) => return Ok(Response::new(interaction)),
        };
        match attempt(caller, work, &draft, validate_only).await? {
            Attempt::Done(interaction) => return Ok(Response::new(interaction)),
            Attempt::Again(why) => attempts.next(why).await?,
        }
    }
}

fn read(interaction: Interaction) -> Result<InteractionDraft, Failure> {
    let mut violations = Violations::default();
    let path = Path::root("interaction");
    let Interaction {
        id: _,
        entity_id,
        entity_type: _,
        entity_full_name: _,
        time,
        title,
        content,
        r#type,
    } = interaction;
    let occurred_at = time.and_then(|Timestamp { seconds, nanos }| {
        DateTime::from_timestamp(seconds, u32::try_from(nanos).ok()?)
    });
    let draft = InteractionDraft::read(
        &entity_id,
        occurred_at,
        title,
        content,
        &r#type,
        &path,
        &mut violations,
    );
    draft
        .filter(|_| violations.is_empty())
        .ok_or(Failure::Invalid(violations))
}

async fn attempt(
    caller: Caller,
    mut work: Box<Work>,
    draft: &InteractionDraft,
    validate_only: bool,
) -> Result<Attempt<Interaction>, Failure> {
    let id = InteractionId::new(Uuid::now_v7());
    let (workspace, user) = (caller.workspace_id, caller.user_id);
    let connection = work.connection();
    let logged = interactions::log(
        connection,
        workspace,
        id,
        user,
        draft,
        clock::now(),
        !validate_only,
    )
    .await;
    let name = match logged {
        Ok(Some(name)) => name,
        Ok(None) => {
            work.abandon().await?;
            return Err(Failure::Invalid(no_such_record(draft.entity)));
        }
        Err(persistence::Error::Conflict { .. }) => {
            work.abandon().await?;
            return Ok(Attempt::Again(Again::LostRace));
        }
        Err(error) => return Err(error.into()),
    };
    let (entity_id, entity, entity_type) = match draft.entity {
        Contact::Person(id) => (id.to_string(), id.uuid(), EntityType::Person),
        Contact::Company(id) => (id.to_string(), id.uuid(), EntityType::Company),
    };
    let answer = Interaction {
        id: if validate_only {
            String::new()
        } else {
            id.to_string()
        },
        entity_id,
        entity_type: entity_type.into(),
        entity_full_name: name,
        time: Some(time(draft.occurred_at)),
        title: draft.title.as_str().to_owned(),
        content: draft.content.as_str().to_owned(),
        r#type: draft.interaction_type.as_str().to_owned(),
    };
    work.finish(&answer, &[entity]).await?;
    Ok(Attempt::Done(answer))
}

fn no_such_record(entity: Contact) -> Violations {
    let mut violations = Violations::default();
    let path = Path::root("interaction");
    let message = match entity {
        Contact::Person(_) => "no such person in the workspace",
        Contact::Company(_) => "no such company in the workspace",
    };
    violations.custom(&path.field("entity_id"), message);
    violations
}
