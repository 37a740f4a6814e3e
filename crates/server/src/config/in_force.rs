//! Showing what is in force, for `people config`.

use serde_json::{Value, json};

use super::layers::Source;

/// A setting, its value and where that came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The key in the file.
    pub key: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// The flag, with its hyphens.
    pub flag: String,
    /// As text, masked if it is a secret; `None` if unset.
    pub value: Option<String>,
    /// Where the value came from.
    pub source: Source,
}

/// A table for people: variable, value, source.
pub fn as_text(settings: &[InForce]) -> String {
    let value = |setting: &InForce| setting.value.clone().unwrap_or_else(|| "(unset)".to_owned());
    let width = |text: &dyn Fn(&InForce) -> String| {
        settings
            .iter()
            .map(|setting| text(setting).chars().count())
            .max()
            .unwrap_or_default()
    };
    let names = width(&|setting| setting.variable.to_owned());
    let values = width(&value);
    settings
        .iter()
        .map(|setting| {
            format!(
                "{:names$}  {:values$}  {}\n",
                setting.variable,
                value(setting),
                setting.source
            )
        })
        .collect()
}

/// A JSON array of objects with `name` (the key), `variable`, `flag`, `value` (a string or null) and `source`.
pub fn as_json(settings: &[InForce]) -> Value {
    settings
        .iter()
        .map(|InForce { key, variable, flag, value, source }| {
            json!({"name": key, "variable": variable, "flag": flag, "value": value, "source": source.to_string()})
        })
        .collect()
}
