//! Query strings.

use http::Uri;

use crate::call::Failure;
use crate::error::{Error, Issue, Problem};

/// Refuses query parameters where a GET takes none: one that is silently ignored has cost people data.
pub(crate) fn expect_none(uri: &Uri) -> Result<(), Failure> {
    let mut keys: Vec<String> = Vec::new();
    for (key, _) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        if !keys.iter().any(|known| *known == key) {
            keys.push(key.into_owned());
        }
    }
    if keys.is_empty() {
        return Ok(());
    }
    let message = format!("unknown query parameters: {}", keys.join(", "));
    let issue = Issue {
        path: Vec::new(),
        message,
        problem: Problem::UnrecognizedKeys { keys },
    };
    Err(Failure::Own(Error::unprocessable(vec![issue])))
}
