//! Which page is wanted.

use super::limit;
use crate::error::{NO_CURSOR, Problem};
use crate::json::{Fields, Path, ShapeIssues, text};
use crate::query::Query;

const LIMIT: &str = "limit";
const CURSOR: &str = "cursor";

/// Which page is wanted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// How many records, if the caller said it.
    pub(crate) limit: Option<i32>,
    /// Where the page begins, if it is not the first.
    cursor: Option<String>,
}

impl Page {
    /// Takes what a query string says.
    pub(crate) fn of_query(query: &mut Query, issues: &mut ShapeIssues) -> Self {
        let limit = query
            .take_one(LIMIT, issues)
            .and_then(|text| limit::from_text(&text, Path::Key(&Path::Request, LIMIT), issues));
        let cursor = query
            .take_one(CURSOR, issues)
            .and_then(|text| cursor(text, Path::Key(&Path::Request, CURSOR), issues));
        Self { limit, cursor }
    }

    /// The page of a list that takes nothing else.
    pub(crate) fn of_whole_query(mut query: Query) -> (Self, ShapeIssues) {
        let mut issues = ShapeIssues::default();
        let page = Self::of_query(&mut query, &mut issues);
        query.finish("limit and cursor", &mut issues);
        (page, issues)
    }

    /// Takes what a body says.
    pub(crate) fn of_body(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Self {
        Self {
            limit: fields.read(LIMIT, issues, |value, path, issues| {
                limit::from_json(value, path, issues).map(Some)
            }),
            cursor: fields.read(CURSOR, issues, |value, path, issues| {
                cursor(text(value, path, issues)?, path, issues).map(Some)
            }),
        }
    }

    /// What a body says, and what the query string says beside it.
    pub(crate) fn or(self, query: Self, issues: &mut ShapeIssues) -> Self {
        Self {
            limit: either(LIMIT, self.limit, query.limit, issues),
            cursor: either(CURSOR, self.cursor, query.cursor, issues),
        }
    }

    /// `page_size` and `page_token` of the core.
    pub(crate) fn into_core(self) -> (i32, String) {
        let Self { limit, cursor } = self;
        // Zero and nothing are the core's defaults.
        (limit.unwrap_or_default(), cursor.unwrap_or_default())
    }
}

/// The core takes an empty one for the first page: a caller who lost the cursor would begin again without knowing.
fn cursor(text: String, path: Path<'_>, issues: &mut ShapeIssues) -> Option<String> {
    if text.is_empty() {
        issues.add(path, Problem::Custom, NO_CURSOR);
        return None;
    }
    Some(text)
}

fn either<T>(name: &str, body: Option<T>, query: Option<T>, issues: &mut ShapeIssues) -> Option<T> {
    match (body, query) {
        (Some(_), Some(_)) => {
            let message = format!("{name} is in the body and in the query string; once is enough");
            issues.add(Path::Key(&Path::Request, name), Problem::Custom, message);
            None
        }
        (Some(value), None) | (None, Some(value)) => Some(value),
        (None, None) => None,
    }
}
