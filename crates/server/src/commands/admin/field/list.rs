//! `people admin field list`.

use clap::Args;
use grpc::admin::Administrator;
use proto::v1::CustomField;

use super::show;
use crate::commands::Failure;
use crate::commands::admin::answer::Answer;
use crate::commands::admin::place::group;

/// List the custom fields of a group, in their order
#[derive(Debug, Args)]
pub(super) struct List {
    /// The group, by id or name
    #[arg(value_name = "GROUP")]
    group: String,
    /// Only those of one kind of record: `person`, `company`, or a kind of objects
    #[arg(long = "for", value_name = "KIND")]
    entity_type: Option<String>,
}

impl List {
    pub(super) async fn run(&self, administrator: &Administrator) -> Result<Answer, Failure> {
        let group = group(administrator, &self.group).await?;
        if let Some(asked) = &self.entity_type {
            let known = administrator.entity_types(&group.id).await?;
            if !known.contains(asked) {
                let known = known.join(", ");
                return Err(
                    format!("the group has no records called \"{asked}\"; --for takes: {known}").into(),
                );
            }
        }
        let mut fields = administrator.custom_fields().await?;
        fields.retain(|field| {
            let asked = self.entity_type.as_ref();
            field.group_id == group.id && asked.is_none_or(|asked| *asked == field.entity_type)
        });
        let record = |field: CustomField| {
            let row = [
                field.id.clone(),
                field.entity_type.clone(),
                field.name.clone(),
                show::kind(&field).to_owned(),
                show::details(&field),
            ];
            (row, show::as_json(&field))
        };
        let none =
            "There is no such field yet. Make one: people admin field create GROUP NAME --type textField";
        Ok(Answer::list(
            ["ID", "FOR", "NAME", "TYPE", "DETAILS"],
            fields.into_iter().map(record).collect(),
            none,
        ))
    }
}
