//! `people admin field delete`.

use clap::Args;
use grpc::admin::Administrator;
use proto::v1::DeleteCustomFieldRequest;

use super::{Owner, find, show};
use crate::commands::Failure;
use crate::commands::admin::answer::Answer;
use crate::commands::admin::place::group;

/// Delete a custom field and all its values
///
/// Objects that an objectField pointed to stay; a new objectField of the same name has them again.
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// The group, by id or name
    #[arg(value_name = "GROUP")]
    group: String,
    /// The field's name
    name: String,
    #[command(flatten)]
    owner: Owner,
}

impl Delete {
    pub(super) async fn run(&self, administrator: &Administrator) -> Result<Answer, Failure> {
        let group = group(administrator, &self.group).await?;
        let field = find(administrator, &group, &self.owner.entity_type, &self.name).await?;
        let request = DeleteCustomFieldRequest {
            id: field.id.clone(),
            ..DeleteCustomFieldRequest::default()
        };
        administrator.delete_custom_field(request).await?;
        let text = format!(
            "Deleted the field {} \"{}\" and its values.",
            field.id, field.name
        );
        Ok(Answer::done(text, show::as_json(&field)))
    }
}
