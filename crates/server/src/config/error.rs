//! What is wrong with the configuration, all of it at once.

use std::path::PathBuf;

use super::layers::Source;

/// The configuration cannot be used.
#[derive(Debug)]
pub struct Error {
    /// Everything that is wrong; at least one.
    pub problems: Vec<Problem>,
}

impl std::error::Error for Error {}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

/// One thing that is wrong.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A value is not of the form that its setting takes.
    #[error("setting {key} ({origin}) is {given:?}{}, expected {form}", in_brackets(.objection))]
    BadValue {
        /// The setting.
        key: &'static str,
        /// Who gave it.
        origin: Source,
        /// The text, masked if it is a secret.
        given: String,
        /// Why it is not, where that is known.
        objection: Option<String>,
        /// What the setting takes.
        form: &'static str,
    },
    /// A setting has no default in these surroundings.
    #[error("setting {key} has no value and no default can be made here, give it {form}")]
    NoDefault {
        /// The setting.
        key: &'static str,
        /// What the setting takes.
        form: &'static str,
    },
    /// A list, a table or the like, where plain values are expected.
    #[error("setting {key} (file {path}) is no plain value, expected {form}", path = path.display())]
    NotPlain {
        /// The configuration file.
        path: PathBuf,
        /// The setting.
        key: &'static str,
        /// What the setting takes.
        form: &'static str,
    },
    /// A variable looks like ours, but is not.
    #[error("unknown environment variable {name}, the nearest known one is {nearest}")]
    UnknownVariable {
        /// Its name.
        name: String,
        /// What may have been meant.
        nearest: &'static str,
    },
    /// A key in the file names no setting.
    #[error("unknown key {name} in {path}, the nearest known one is {nearest}", path = path.display())]
    UnknownKey {
        /// The configuration file.
        path: PathBuf,
        /// The key.
        name: String,
        /// What may have been meant.
        nearest: &'static str,
    },
    /// A variable is set to nothing.
    #[error("environment variable {name} is empty, unset it or give it a value")]
    EmptyVariable {
        /// Its name.
        name: String,
    },
    /// A variable holds bytes that are no text.
    #[error("environment variable {name} is not UTF-8")]
    NotUtf8 {
        /// Its name.
        name: String,
    },
    /// The configuration file cannot be used.
    #[error("cannot read the configuration file {path}: {detail}", path = path.display())]
    UnreadableFile {
        /// The configuration file.
        path: PathBuf,
        /// Why.
        detail: String,
    },
}

fn in_brackets(objection: &Option<String>) -> String {
    objection
        .as_ref()
        .map_or(String::new(), |objection| format!(" ({objection})"))
}
