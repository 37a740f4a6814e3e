//! `people admin field change`.

use clap::Args;
use clap::builder::PossibleValuesParser;
use domain::NumericFormat;
use grpc::admin::Administrator;
use prost_types::FieldMask;
use proto::v1::{CustomField, SelectOption, UpdateCustomFieldRequest};

use super::{Owner, find, option, show};
use crate::commands::Failure;
use crate::commands::admin::answer::Answer;
use crate::commands::admin::place::group;

/// Change a custom field: its name, its options, how its numbers are shown; its values are kept
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  people admin field change Clients Status --rename State
  people admin field change Clients State --add-option Paused --rename-option Lost Former
  people admin field change Clients State --order Former Paused
  people admin field change Clients State --remove-option Paused
  people admin field change Clients Revenue --format currency --currency USD --for company

Former names and labels go on working until another field or option takes them.")]
pub(super) struct Change {
    /// The group, by id or name
    #[arg(value_name = "GROUP")]
    group: String,
    /// The field's present name
    name: String,
    #[command(flatten)]
    owner: Owner,
    /// A new name, up to 255 characters
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    /// One more option, after those that are there
    #[arg(long, value_name = "LABEL[=#rrggbb]")]
    add_option: Vec<String>,
    /// A new label for an option
    #[arg(long, num_args = 2, value_names = ["PRESENT", "NEW"])]
    rename_option: Vec<String>,
    /// An option that is to go; it must not be in use
    #[arg(long, value_name = "LABEL")]
    remove_option: Vec<String>,
    /// Remove options though they are in use, and the values that have them
    #[arg(long, requires = "remove_option")]
    remove_used_options: bool,
    /// These options are to come first, in this order, by their new labels
    #[arg(long, num_args = 1.., value_name = "LABEL")]
    order: Vec<String>,
    /// How numbers are shown
    #[arg(long, value_parser = PossibleValuesParser::new(NumericFormat::ALL.map(NumericFormat::as_str)))]
    format: Option<String>,
    /// The ISO 4217 code of the format `currency`, such as USD
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
}

impl Change {
    pub(super) async fn run(&self, administrator: &Administrator) -> Result<Answer, Failure> {
        let group = group(administrator, &self.group).await?;
        let present = find(administrator, &group, &self.owner.entity_type, &self.name).await?;
        let mut paths = Vec::new();
        let mut field = CustomField {
            id: present.id,
            ..CustomField::default()
        };
        if let Some(name) = &self.rename {
            paths.push("name".to_owned());
            field.name = name.clone();
        }
        if self.changes_options() {
            paths.push("options".to_owned());
            field.options = self.options(present.options)?;
        }
        if let Some(numeric) = show::read_numeric(self.format.as_deref(), self.currency.as_deref()) {
            paths.push("numeric".to_owned());
            field.numeric = Some(numeric);
        }
        if paths.is_empty() {
            return Err("say what is to change: see people admin field change --help".into());
        }
        let request = UpdateCustomFieldRequest {
            custom_field: Some(field),
            update_mask: Some(FieldMask { paths }),
            custom_field_name: String::new(),
            remove_used_options: self.remove_used_options,
            validate_only: false,
        };
        let changed = administrator.update_custom_field(request).await?;
        let text = format!(
            "Changed the {} {} \"{}\": {}",
            show::kind(&changed),
            changed.id,
            changed.name,
            show::details(&changed)
        );
        let text = text.trim_end_matches(": ").to_owned();
        Ok(Answer::done(text, show::as_json(&changed)))
    }

    fn changes_options(&self) -> bool {
        let lists = [
            &self.add_option,
            &self.rename_option,
            &self.remove_option,
            &self.order,
        ];
        lists.into_iter().any(|list| !list.is_empty())
    }

    /// The whole list that the options are to be.
    fn options(&self, mut options: Vec<SelectOption>) -> Result<Vec<SelectOption>, Failure> {
        for label in &self.remove_option {
            options.remove(place(&options, label)?);
        }
        // All places first, so that two options can change their labels with each other.
        let renamed = self.rename_option.chunks_exact(2).map(|pair| match pair {
            [present, new] => Ok((place(&options, present)?, new)),
            _ => Err("--rename-option takes a present and a new label".into()),
        });
        for (place, new) in renamed.collect::<Result<Vec<_>, Failure>>()? {
            if let Some(option) = options.get_mut(place) {
                option.former_label = std::mem::replace(&mut option.label, new.clone());
            }
        }
        options.extend(self.add_option.iter().map(|text| option::read(text)));
        let mut ordered = Vec::with_capacity(options.len());
        for label in &self.order {
            ordered.push(options.remove(place(&options, label)?));
        }
        ordered.append(&mut options);
        Ok(ordered)
    }
}

/// Where the option of this label is.
fn place(options: &[SelectOption], label: &str) -> Result<usize, Failure> {
    options
        .iter()
        .position(|option| option.label == label)
        .ok_or_else(|| {
            let known: Vec<_> = options.iter().map(|option| option.label.as_str()).collect();
            format!(
                "there is no option \"{label}\" left to take; there are: {}",
                known.join(", ")
            )
            .into()
        })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        change: Change,
    }

    /// Labels and former labels that the options A, B and C come to have.
    fn options(arguments: &[&str]) -> Result<Vec<(String, String)>, String> {
        let line = ["change", "Group", "Field"].iter().chain(arguments);
        let line = Line::try_parse_from(line).map_err(|error| error.to_string())?;
        let present = ["A", "B", "C"].map(option::read).to_vec();
        let options = line.change.options(present).map_err(|error| error.to_string())?;
        Ok(options
            .into_iter()
            .map(|option| (option.label, option.former_label))
            .collect())
    }

    fn labels(arguments: &[&str]) -> Vec<String> {
        let shown = |(label, former): (String, String)| match former.is_empty() {
            true => label,
            false => format!("{label} was {former}"),
        };
        options(arguments).unwrap().into_iter().map(shown).collect()
    }

    #[test]
    fn options_are_added_renamed_removed_and_ordered() {
        assert_eq!(labels(&["--add-option", "D"]), ["A", "B", "C", "D"]);
        assert_eq!(labels(&["--remove-option", "B"]), ["A", "C"]);
        assert_eq!(labels(&["--order", "C", "B"]), ["C", "B", "A"]);
        let swapped = labels(&["--rename-option", "A", "B", "--rename-option", "B", "A"]);
        assert_eq!(swapped, ["B was A", "A was B", "C"]);
        let all = labels(&[
            "--remove-option",
            "C",
            "--rename-option",
            "A",
            "X",
            "--add-option",
            "D",
            "--order",
            "D",
            "X",
        ]);
        assert_eq!(all, ["D", "X was A", "B"]);
    }

    #[test]
    fn an_option_that_is_not_there_is_named() {
        for arguments in [&["--remove-option", "Z"], &["--order", "Z"]] {
            assert!(options(arguments).unwrap_err().contains("\"Z\""), "{arguments:?}");
        }
        assert!(options(&["--remove-used-options"]).is_err());
    }
}
