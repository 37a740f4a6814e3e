//! The environment variables that are ours.

use std::collections::HashMap;
use std::ffi::OsString;

use super::error::Problem;
use super::nearest::nearest;
use super::settings::SETTINGS;

/// Names the configuration file.
pub(super) const CONFIG_VARIABLE: &str = "PEOPLE_CONFIG";

const OURS: &str = "PEOPLE_";

/// Left to the test suite.
const OF_TESTS: &str = "PEOPLE_TEST_";

/// Keeps what is readable; unknown names with our prefix and unreadable or empty values of ours are problems.
pub(super) fn read(
    environment: impl IntoIterator<Item = (OsString, OsString)>,
    problems: &mut Vec<Problem>,
) -> HashMap<String, String> {
    let known: Vec<&str> = SETTINGS
        .iter()
        .map(|setting| setting.variable)
        .chain([CONFIG_VARIABLE])
        .collect();
    let mut variables = HashMap::new();
    for (name, value) in environment {
        // A name that is not UTF-8 is not ours.
        let Ok(name) = name.into_string() else { continue };
        let is_known = known.contains(&name.as_str());
        if !is_known && name.starts_with(OURS) && !name.starts_with(OF_TESTS) {
            let nearest = nearest(&name, known.iter().copied());
            problems.push(Problem::UnknownVariable { name, nearest });
            continue;
        }
        match value.into_string() {
            // An empty DATABASE_URL from a half-filled template must not quietly mean the embedded database.
            Ok(value) if is_known && value.is_empty() => problems.push(Problem::EmptyVariable { name }),
            Ok(value) => {
                variables.insert(name, value);
            }
            Err(_) if is_known => problems.push(Problem::NotUtf8 { name }),
            Err(_) => {}
        }
    }
    variables
}
