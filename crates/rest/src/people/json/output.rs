//! People on their way out: every key is always there, in the documented order.

use proto::v1::{InteractionMetadata, Person, StrongestConnection, UserInteractions, WorkspaceInteractions};
use serde::{Serialize, Serializer};

use crate::date;
use crate::record_json::NamedJson;
use crate::records::GroupsJson;
use crate::time::iso_time;
use crate::users::UserJson;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonJson<'a> {
    id: &'a str,
    first_name: &'a str,
    last_name: &'a str,
    full_name: &'a str,
    description: &'a str,
    birthday: Option<String>,
    job_title: &'a str,
    created_at: Option<String>,
    created_by: Option<UserJson<'a>>,
    groups: Vec<NamedJson<'a>>,
    companies: Vec<NamedJson<'a>>,
    addresses: &'a [String],
    emails: &'a [String],
    phones: &'a [String],
    urls: &'a [String],
    custom_field_values: GroupsJson<'a>,
    interaction_metadata: InteractionMetadataJson<'a>,
    #[serde(serialize_with = "by_connection")]
    strongest_connection: &'a [StrongestConnection],
}

#[derive(Serialize)]
struct InteractionMetadataJson<'a> {
    user: UserInteractionsJson,
    workspace: WorkspaceInteractionsJson<'a>,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct UserInteractionsJson {
    approximate_count: i64,
    last_interacted_at: Option<String>,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct WorkspaceInteractionsJson<'a> {
    approximate_count: i64,
    last_interacted_at: Option<String>,
    last_interacted_by: Vec<UserJson<'a>>,
}

impl<'a> From<&'a Person> for PersonJson<'a> {
    fn from(person: &'a Person) -> Self {
        let Person {
            id,
            first_name,
            last_name,
            full_name,
            description,
            birthday,
            job_title,
            groups,
            companies,
            addresses,
            emails,
            phones,
            urls,
            custom_field_values,
            create_time,
            update_time: _,
            created_by,
            interaction_metadata,
            strongest_connections,
            etag: _,
        } = person;
        Self {
            id,
            first_name,
            last_name,
            full_name,
            description,
            birthday: birthday.as_ref().map(date::format),
            job_title,
            created_at: create_time.as_ref().and_then(iso_time),
            created_by: created_by.as_ref().map(UserJson::from),
            groups: groups.iter().map(NamedJson::from).collect(),
            companies: companies.iter().map(NamedJson::from).collect(),
            addresses,
            emails,
            phones,
            urls,
            custom_field_values: GroupsJson(custom_field_values),
            interaction_metadata: InteractionMetadataJson::from(interaction_metadata.as_ref()),
            strongest_connection: strongest_connections,
        }
    }
}

impl<'a> From<Option<&'a InteractionMetadata>> for InteractionMetadataJson<'a> {
    fn from(metadata: Option<&'a InteractionMetadata>) -> Self {
        let (user, workspace) = match metadata {
            Some(InteractionMetadata { user, workspace }) => (user.as_ref(), workspace.as_ref()),
            None => (None, None),
        };
        Self {
            user: user.map(UserInteractionsJson::from).unwrap_or_default(),
            workspace: workspace.map(WorkspaceInteractionsJson::from).unwrap_or_default(),
        }
    }
}

impl From<&UserInteractions> for UserInteractionsJson {
    fn from(interactions: &UserInteractions) -> Self {
        let UserInteractions {
            approximate_count,
            last_interaction_time,
        } = interactions;
        Self {
            approximate_count: *approximate_count,
            last_interacted_at: last_interaction_time.as_ref().and_then(iso_time),
        }
    }
}

impl<'a> From<&'a WorkspaceInteractions> for WorkspaceInteractionsJson<'a> {
    fn from(interactions: &'a WorkspaceInteractions) -> Self {
        let WorkspaceInteractions {
            approximate_count,
            last_interaction_time,
            last_interaction_users,
        } = interactions;
        Self {
            approximate_count: *approximate_count,
            last_interacted_at: last_interaction_time.as_ref().and_then(iso_time),
            last_interacted_by: last_interaction_users.iter().map(UserJson::from).collect(),
        }
    }
}

fn by_connection<S: Serializer>(
    connections: &&[StrongestConnection],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        connections
            .iter()
            .filter_map(|StrongestConnection { group_id, user }| {
                Some((group_id, UserJson::from(user.as_ref()?)))
            }),
    )
}
