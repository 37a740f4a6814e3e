//! `LogInteraction`.

use chrono::DateTime;
use domain::{
    Contact, Definitions, Deprecations, InteractionDraft, InteractionId, Path, PlacedReference,
    ReferenceTarget, Scope, Violations,
};
use persistence::{RawConnection, interactions, missing};
use prost_types::Timestamp;
use proto::v1::{EntityType, Interaction, LogInteractionRequest};
use tonic::Response;
use uuid::Uuid;

use crate::attempts::Attempt;
use crate::convert::time;
use crate::creating::{self, Create, Created, unless_lost};
use crate::edge::Caller;
use crate::references::report_missing;
use crate::remembered::RequestName;
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
    let name = RequestName::of(
        caller,
        "LogInteraction",
        request_id,
        request.validate_only,
        &request,
    )?;
    let LogInteractionRequest {
        interaction,
        validate_only,
        request_id: _,
    } = request;
    let create = LogInteraction {
        caller,
        draft: read(core, caller, required(interaction, "interaction")?).await?,
        validate_only,
    };
    creating::create(core, caller, &name, &create).await
}

async fn read(core: &Core, caller: Caller, interaction: Interaction) -> Result<InteractionDraft, Failure> {
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
    match draft {
        Ok(draft) => Ok(draft),
        Err(entity) => {
            // What is wrong is still asked whether its record exists: all problems are told at once.
            if let Some(entity) = entity {
                let references = vec![reference(entity)];
                let missing = core
                    .database
                    .within(caller.reach(), async |connection| {
                        missing(connection, caller.workspace_id, &references).await
                    })
                    .await?;
                report_missing(references, &missing, &mut violations);
            }
            Err(Failure::Invalid(violations))
        }
    }
}

/// The reference that an interaction is to its record.
fn reference(entity: Contact) -> PlacedReference {
    let target = match entity {
        Contact::Person(id) => ReferenceTarget::Person(id),
        Contact::Company(id) => ReferenceTarget::Company(id),
    };
    PlacedReference {
        path: Path::root("interaction").field("entity_id").to_segments(),
        target,
    }
}

struct LogInteraction {
    caller: Caller,
    draft: InteractionDraft,
    validate_only: bool,
}

impl Create for LogInteraction {
    type Answer = Interaction;

    async fn attempt(
        &self,
        connection: &RawConnection,
        _: &Definitions,
    ) -> Result<Attempt<Created<Interaction>>, Failure> {
        let id = InteractionId::new(Uuid::now_v7());
        let (workspace, user) = (self.caller.workspace_id, self.caller.user_id);
        let (draft, store) = (&self.draft, !self.validate_only);
        let logged = interactions::log(connection, workspace, id, user, draft, clock::now(), store).await;
        let name = match unless_lost(logged)? {
            Ok(Some(name)) => name,
            Ok(None) => {
                let reference = reference(draft.entity);
                let (target, mut violations) = (reference.target, Violations::default());
                report_missing(vec![reference], &[target], &mut violations);
                return Err(Failure::Invalid(violations));
            }
            Err(why) => return Ok(Attempt::Again(why)),
        };
        let (entity_id, entity, entity_type) = match draft.entity {
            Contact::Person(id) => (id.into(), id.uuid(), EntityType::Person),
            Contact::Company(id) => (id.into(), id.uuid(), EntityType::Company),
        };
        let answer = Interaction {
            id: if store { id.into() } else { String::new() },
            entity_id,
            entity_type: entity_type.into(),
            entity_full_name: name,
            time: Some(time(draft.occurred_at)),
            title: draft.title.as_str().to_owned(),
            content: draft.content.as_str().to_owned(),
            r#type: draft.interaction_type.as_str().to_owned(),
        };
        Ok(Attempt::Done(Created {
            answer,
            records: vec![entity],
            deprecations: Deprecations::default(),
        }))
    }
}
