//! Objects whose keys are known.

use std::borrow::Cow;

use super::{Json, Path, ShapeIssues, text};
use crate::error::Problem;

/// Reads an object whose keys are known.
pub(crate) struct Fields<'j, 'p> {
    pairs: &'j [(Cow<'j, str>, Json<'j>)],
    known: Vec<&'static str>,
    path: Path<'p>,
}

impl<'j, 'p> Fields<'j, 'p> {
    /// Nothing but an issue if the value is no object.
    pub(crate) fn of(value: &'j Json<'j>, path: Path<'p>, issues: &mut ShapeIssues) -> Option<Self> {
        match value {
            Json::Object(pairs) => Some(Self {
                pairs,
                known: Vec::new(),
                path,
            }),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => {
                issues.wrong_type(path, "object", Some(value));
                None
            }
        }
    }

    /// What the object holds under a key, if anything.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'j Json<'j>> {
        self.known.push(key);
        self.pairs
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// Reads what the object holds under a key; the default if there is nothing, or nothing readable.
    pub(crate) fn read<T: Default>(
        &mut self,
        key: &'static str,
        issues: &mut ShapeIssues,
        reader: impl FnOnce(&Json<'_>, Path<'_>, &mut ShapeIssues) -> Option<T>,
    ) -> T {
        let Some(value) = self.get(key) else {
            return T::default();
        };
        reader(value, Path::Key(&self.path, key), issues).unwrap_or_default()
    }

    /// Reads what has to be there; `expected` is its type.
    pub(crate) fn required<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        issues: &mut ShapeIssues,
        reader: impl FnOnce(&Json<'_>, Path<'_>, &mut ShapeIssues) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key);
        let path = Path::Key(&self.path, key);
        match value {
            Some(value) => reader(value, path, issues),
            None => {
                issues.wrong_type(path, expected, None);
                None
            }
        }
    }

    /// Reads a text that has to be there.
    pub(crate) fn required_text(&mut self, key: &'static str, issues: &mut ShapeIssues) -> Option<String> {
        self.required(key, "string", issues, text)
    }

    /// Reports the texts that have to be there and are not.
    pub(crate) fn require_texts(&self, keys: &[&str], issues: &mut ShapeIssues) {
        let is_there = |key| self.pairs.iter().any(|(name, _)| name == key);
        for key in keys.iter().filter(|key| !is_there(**key)) {
            issues.wrong_type(Path::Key(&self.path, key), "string", None);
        }
    }

    /// The keys that were asked for and are there, in the caller's order.
    pub(crate) fn present(&self) -> impl Iterator<Item = (&'j str, Path<'_>)> {
        self.pairs
            .iter()
            .map(|(key, _)| key.as_ref())
            .filter(|key| self.known.contains(key))
            .map(|key| (key, Path::Key(&self.path, key)))
    }

    /// Reads a text under exactly one of two keys.
    pub(crate) fn either_text(
        &mut self,
        first: &'static str,
        second: &'static str,
        issues: &mut ShapeIssues,
    ) -> Option<Either> {
        match (self.get(first), self.get(second)) {
            (Some(value), None) => text(value, Path::Key(&self.path, first), issues).map(Either::First),
            (None, Some(value)) => text(value, Path::Key(&self.path, second), issues).map(Either::Second),
            (Some(_), Some(_)) | (None, None) => {
                let message = format!("exactly one of {first} and {second} is needed");
                issues.add(self.path, Problem::InvalidUnion, message);
                None
            }
        }
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self, issues: &mut ShapeIssues) {
        let known = self.known;
        let unknown = self
            .pairs
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_ref()));
        let keys: Vec<_> = unknown.map(|(name, _)| name.clone().into_owned()).collect();
        if !keys.is_empty() {
            issues.unrecognized(self.path, keys, "keys", "");
        }
    }
}

/// A text under one of two keys.
#[derive(Debug)]
pub(crate) enum Either {
    First(String),
    Second(String),
}
