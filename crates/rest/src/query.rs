//! Query strings.

use http::Uri;

use crate::error::Problem;
use crate::json::{Path, ShapeIssues};

/// The parameters of a query string, decoded, in their order.
#[derive(Debug)]
pub(crate) struct Query {
    parameters: Vec<(String, String)>,
}

impl Query {
    pub(crate) fn of(uri: &Uri) -> Self {
        let parameters = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        Self {
            parameters: parameters.into_owned().collect(),
        }
    }

    /// Takes out the parameters that are wanted.
    pub(crate) fn take(&mut self, wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        self.parameters.extract_if(.., |(key, _)| wanted(key)).collect()
    }

    /// Takes out a parameter that may be there once.
    pub(crate) fn take_one(&mut self, name: &str, issues: &mut ShapeIssues) -> Option<String> {
        let mut values = self.take(|key| key == name).into_iter();
        let (_, value) = values.next()?;
        if values.next().is_some() {
            let message = format!("the query parameter {name} can be given once");
            issues.add(Path::Key(&Path::Request, name), Problem::Custom, message);
            return None;
        }
        Some(value)
    }

    /// Refuses what is left: a parameter that is silently ignored has cost people data. `known` are those there are.
    pub(crate) fn finish(self, known: &str, issues: &mut ShapeIssues) {
        let mut keys: Vec<String> = Vec::new();
        for (key, _) in self.parameters {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if !keys.is_empty() {
            issues.unrecognized(
                Path::Request,
                keys,
                "query parameters",
                &format!("; there are {known}"),
            );
        }
    }

    /// Refuses all, where there are none.
    pub(crate) fn expect_none(self) -> ShapeIssues {
        let mut issues = ShapeIssues::default();
        self.finish("none here", &mut issues);
        issues
    }
}
