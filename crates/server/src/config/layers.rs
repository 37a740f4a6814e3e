//! The texts of all settings by where they come from, before anything is parsed.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::default_value::DefaultValue;
use super::environment::{self, CONFIG_VARIABLE};
use super::error::Problem;
use super::file;
use super::in_force::InForce;
use super::settings::{Flags, SETTINGS, SettingInfo};
use super::value::{Slot, Unfit};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag(String),
    /// An environment variable.
    Variable(&'static str),
    /// The configuration file.
    File(PathBuf),
    /// Nobody gave one.
    Default,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "flag {flag}"),
            Self::Variable(name) => write!(f, "environment {name}"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// The texts given, by layer and key, and the environment for defaults that depend on it.
pub(super) struct Layers {
    flags: HashMap<&'static str, String>,
    variables: HashMap<String, String>,
    file: HashMap<&'static str, String>,
    file_path: PathBuf,
}

impl Layers {
    /// Reads all layers; what is wrong with them as such goes to `problems`.
    pub(super) fn read(
        flags: &Flags,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let variables = environment::read(environment, problems);
        let file_path = flags
            .config
            .clone()
            .or_else(|| variables.get(CONFIG_VARIABLE).map(PathBuf::from));
        let file = file_path
            .as_deref()
            .map(|path| file::read(path, problems))
            .unwrap_or_default();
        Self {
            flags: flags
                .given()
                .map(|(key, value)| (key, value.to_owned()))
                .collect(),
            variables,
            file,
            file_path: file_path.unwrap_or_default(),
        }
    }

    /// A variable of the environment, whether ours or not.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// The text in force for the setting `key`; `None` if there is neither a value nor a default.
    pub(super) fn text_of(&self, key: &str) -> Option<(String, Source)> {
        let setting = SETTINGS.iter().find(|setting| setting.key == key)?;
        if let Some(text) = self.flags.get(key) {
            return Some((text.clone(), Source::Flag(setting.flag())));
        }
        if let Some(text) = self.variable(setting.variable) {
            return Some((text.to_owned(), Source::Variable(setting.variable)));
        }
        if let Some(text) = self.file.get(key) {
            return Some((text.clone(), Source::File(self.file_path.clone())));
        }
        let text = match setting.default {
            DefaultValue::Text(text) => text.to_owned(),
            DefaultValue::Derived { describe: _, make } => make(self)?,
            DefaultValue::Unset(_) => return None,
        };
        Some((text, Source::Default))
    }

    /// The value of the setting `key`; `None` if it is wrong, which is then in `problems`.
    pub(super) fn parse<T: Slot>(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<T> {
        let found = self.text_of(key);
        match (T::fill(found.as_ref().map(|(text, _)| text.as_str())), found) {
            (Ok(value), _) => Some(value),
            (Err(Unfit), Some((text, source))) => {
                problems.push(Problem::BadValue {
                    key,
                    origin: source,
                    given: T::show(&text),
                    objection: T::objection(&text),
                    form: T::FORM,
                });
                None
            }
            (Err(Unfit), None) => {
                problems.push(Problem::NoDefault { key, form: T::FORM });
                None
            }
        }
    }

    /// What `people config` shows.
    pub(super) fn in_force(&self) -> Vec<InForce> {
        SETTINGS
            .iter()
            .map(|setting| self.one_in_force(setting))
            .collect()
    }

    fn one_in_force(&self, setting: &SettingInfo) -> InForce {
        let (value, source) = match self.text_of(setting.key) {
            Some((text, source)) => (Some((setting.show)(&text)), source),
            None => (None, Source::Default),
        };
        InForce {
            key: setting.key,
            variable: setting.variable,
            flag: setting.flag(),
            value,
            source,
        }
    }
}
