//! `people admin field create`.

use clap::Args;
use clap::builder::PossibleValuesParser;
use domain::{FieldKind, NumericFormat};
use grpc::admin::Administrator;
use proto::v1::{CreateCustomFieldRequest, CustomField};

use super::{Owner, option, show};
use crate::commands::Failure;
use crate::commands::admin::answer::Answer;
use crate::commands::admin::place::group;

/// Make a custom field, after those that the group has
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  people admin field create Clients Notes --type textField
  people admin field create Clients Status --type singleSelect --option Active=#16a34a --option Lost
  people admin field create Clients Revenue --type numericField --format currency --currency EUR --for company
  people admin field create Clients Deals --type objectField
  people admin field create Clients 'Closing date' --type dateField --for Deals

An objectField points to objects of the kind that is called as the field. The first field of that name in the group
makes the kind; then --for takes its name, and the objects have fields of their own.")]
pub(super) struct Create {
    /// The group, by id or name
    #[arg(value_name = "GROUP")]
    group: String,
    /// The field's name, up to 255 characters
    name: String,
    /// What the field holds
    #[arg(long = "type", value_name = "TYPE",
        value_parser = PossibleValuesParser::new(FieldKind::ALL.map(FieldKind::as_str)))]
    kind: String,
    #[command(flatten)]
    owner: Owner,
    /// An option of a select, once for each: a label, or a label and a colour
    #[arg(long = "option", value_name = "LABEL[=#rrggbb]")]
    options: Vec<String>,
    /// How numbers are shown
    #[arg(long, value_parser = PossibleValuesParser::new(NumericFormat::ALL.map(NumericFormat::as_str)))]
    format: Option<String>,
    /// The ISO 4217 code of the format `currency`, such as USD
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
}

impl Create {
    pub(super) async fn run(&self, administrator: &Administrator) -> Result<Answer, Failure> {
        let field = CustomField {
            id: String::new(),
            group_id: group(administrator, &self.group).await?.id,
            entity_type: self.owner.entity_type.clone(),
            name: self.name.clone(),
            r#type: show::read_type(&self.kind).into(),
            options: self.options.iter().map(|text| option::read(text)).collect(),
            numeric: show::read_numeric(self.format.as_deref(), self.currency.as_deref()),
            former_names: Vec::new(),
        };
        let request = CreateCustomFieldRequest {
            custom_field: Some(field),
            validate_only: false,
        };
        let made = administrator.create_custom_field(request).await?;
        let text = format!("Made the {} {} \"{}\".", show::kind(&made), made.id, made.name);
        Ok(Answer::done(text, show::as_json(&made)))
    }
}
