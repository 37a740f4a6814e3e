//! Reads a tree into messages and goes on after a problem, so that a caller learns of all of them at once.

use super::{Json, text};
use crate::call::Failure;
use crate::error::{Error, Issue, PathSegment, Problem};

/// How many issues are kept: an answer must stay bounded whatever was sent. The core keeps as many.
const KEPT: usize = 10_000;

/// How many unknown keys a message names; the issue lists them all.
const NAMED: usize = 10;

/// The place that is being looked at, as a chain on the stack: nothing is allocated until something is wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'p> {
    /// The request itself: its body, its query, its headers.
    Request,
    /// Under a key of an object.
    Key(&'p Path<'p>, &'p str),
    /// An entry of a list.
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn to_segments(self) -> Vec<PathSegment> {
        match self {
            Path::Request => Vec::new(),
            Path::Key(parent, key) => {
                let mut path = parent.to_segments();
                path.push(PathSegment::Key(key.to_owned()));
                path
            }
            Path::Index(parent, index) => {
                let mut path = parent.to_segments();
                path.push(PathSegment::Index(u32::try_from(index).unwrap_or(u32::MAX)));
                path
            }
        }
    }
}

/// Everything wrong with the shape of a body, and where its message therefore differs from what was written.
#[derive(Debug, Default)]
pub(crate) struct ShapeIssues {
    issues: Vec<Issue>,
    unreadable: Vec<Vec<PathSegment>>,
}

impl ShapeIssues {
    pub(crate) fn is_empty(&self) -> bool {
        self.issues.is_empty()
    }

    /// What is known so far.
    pub(crate) fn known(&self) -> &[Issue] {
        &self.issues
    }

    /// Whether there may be more than what is known.
    pub(crate) fn is_full(&self) -> bool {
        self.issues.len() >= KEPT
    }

    /// Reports a value that cannot be read.
    pub(crate) fn add(&mut self, path: Path<'_>, problem: Problem, message: impl Into<String>) {
        if self.issues.len() < KEPT {
            let path = path.to_segments();
            self.unreadable.push(path.clone());
            self.issues.push(Issue {
                path,
                message: message.into(),
                problem,
            });
        }
    }

    /// Reports a value of another type than the one that is needed.
    pub(crate) fn wrong_type(&mut self, path: Path<'_>, expected: &'static str, value: Option<&Json<'_>>) {
        let received = received(value);
        let message = match value {
            Some(_) => format!("expected {expected}, received {received}"),
            None => format!("required: {expected}"),
        };
        let problem = Problem::InvalidType {
            expected: expected.into(),
            received: received.into(),
        };
        self.add(path, problem, message);
    }

    /// Whether the value at this place could not be read.
    pub(crate) fn is_unreadable(&self, path: Path<'_>) -> bool {
        let path = path.to_segments();
        self.unreadable.contains(&path)
    }

    /// Marks the place of something that stands in for what could not be read.
    fn stand_in(&mut self, path: Path<'_>) {
        if self.unreadable.len() < 2 * KEPT {
            self.unreadable.push(path.to_segments());
        }
    }

    /// Keys that mean nothing. What else is there is read all the same.
    pub(crate) fn unrecognized(&mut self, path: Path<'_>, keys: Vec<String>, kind: &str, hint: &str) {
        if self.issues.len() < KEPT {
            let named = keys
                .iter()
                .take(NAMED)
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ");
            let more = if keys.len() > NAMED { " and more" } else { "" };
            let message = format!("unknown {kind}: {named}{more}{hint}");
            let problem = Problem::UnrecognizedKeys { keys };
            self.issues.push(Issue {
                path: path.to_segments(),
                message,
                problem,
            });
        }
    }

    /// These as a failure, if there are any.
    pub(crate) fn into_failure(self) -> Result<(), Failure> {
        if self.is_empty() {
            return Ok(());
        }
        Err(Failure::Own(Error::unprocessable(
            self.with_core_issues(Vec::new()),
        )))
    }

    /// These and the core's, except where the core judged something that was never written.
    pub(crate) fn with_core_issues(self, core: Vec<Issue>) -> Vec<Issue> {
        let Self {
            mut issues,
            unreadable,
        } = self;
        let unreadable: std::collections::HashSet<_> = unreadable.into_iter().collect();
        let written =
            |issue: &Issue| (0..=issue.path.len()).all(|end| !unreadable.contains(&issue.path[..end]));
        issues.extend(core.into_iter().filter(written));
        issues.truncate(KEPT);
        issues
    }
}

/// The JSON type of what was sent, or `undefined` for what is missing.
pub(crate) fn received(value: Option<&Json<'_>>) -> &'static str {
    match value {
        None => "undefined",
        Some(Json::Null) => "null",
        Some(Json::Bool(_)) => "boolean",
        Some(Json::Number(_)) => "number",
        Some(Json::Text(_)) => "string",
        Some(Json::List(_)) => "array",
        Some(Json::Object(_)) => "object",
    }
}

/// Reads a list with this reader for its entries; one that cannot be read becomes `T::default()`, so that the others
/// keep their places.
pub(crate) fn list<T: Default>(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
    entry: impl Fn(&Json<'_>, Path<'_>, &mut ShapeIssues) -> Option<T>,
) -> Option<Vec<T>> {
    let Json::List(entries) = value else {
        issues.wrong_type(path, "array", Some(value));
        return None;
    };
    let mut read = Vec::with_capacity(entries.len());
    for (index, value) in entries.iter().enumerate() {
        let path = Path::Index(&path, index);
        read.push(entry(value, path, issues).unwrap_or_else(|| {
            issues.stand_in(path);
            T::default()
        }));
    }
    Some(read)
}

/// Reads a list of texts.
pub(crate) fn texts(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Vec<String>> {
    list(value, path, issues, text)
}

/// Reads an object whose keys are the caller's; entries that cannot be read are left out.
pub(crate) fn map<T>(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
    entry: impl Fn(&Json<'_>, Path<'_>, &mut ShapeIssues) -> Option<T>,
) -> Option<Vec<(String, T)>> {
    let Json::Object(pairs) = value else {
        issues.wrong_type(path, "object", Some(value));
        return None;
    };
    let mut read = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        if let Some(value) = entry(value, Path::Key(&path, key), issues) {
            read.push((key.clone().into_owned(), value));
        }
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core_issue(path: &[PathSegment]) -> Issue {
        Issue {
            path: path.to_vec(),
            message: String::new(),
            problem: Problem::Custom,
        }
    }

    #[test]
    fn the_core_is_not_heard_about_what_was_never_written() {
        let key = |name: &str| PathSegment::Key(name.to_owned());
        let mut issues = ShapeIssues::default();
        let groups = Path::Key(&Path::Request, "groups");
        issues.wrong_type(Path::Key(&Path::Index(&groups, 0), "id"), "string", None);
        issues.stand_in(Path::Index(&groups, 0));
        issues.unrecognized(Path::Request, vec!["x".to_owned()], "keys", "");
        let all = issues.with_core_issues(vec![
            core_issue(&[key("groups"), PathSegment::Index(0)]),
            core_issue(&[key("groups"), PathSegment::Index(0), key("id")]),
            core_issue(&[key("groups"), PathSegment::Index(1)]),
            core_issue(&[key("groups")]),
        ]);
        let places: Vec<_> = all[2..].iter().map(|issue| issue.path.len()).collect();
        assert_eq!(places, [2, 1]);
    }

    #[test]
    fn issues_are_bounded() {
        let mut issues = ShapeIssues::default();
        for index in 0..KEPT + 7 {
            issues.add(Path::Index(&Path::Request, index), Problem::Custom, "wrong");
        }
        assert_eq!(issues.with_core_issues(Vec::new()).len(), KEPT);
    }
}
