//! The optional TOML file: a flat list of keys.

use std::collections::HashMap;
use std::path::Path;

use super::error::Problem;
use super::nearest::nearest;
use super::settings::SETTINGS;

/// The texts in the file by key.
pub(super) fn read(path: &Path, problems: &mut Vec<Problem>) -> HashMap<&'static str, String> {
    let unreadable = |detail| Problem::UnreadableFile {
        path: path.to_owned(),
        detail,
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(unreadable(format!(
                "{error}; see to its path in --config or PEOPLE_CONFIG"
            )));
            return HashMap::new();
        }
    };
    let table: toml::Table = match toml::from_str(&text) {
        Ok(table) => table,
        Err(error) => {
            // Its own display would quote the line, which may hold a password.
            let line = error
                .span()
                .map(|span| text.as_bytes()[..span.start.min(text.len())].iter());
            let line = line.map_or(1, |before| 1 + before.filter(|&&byte| byte == b'\n').count());
            problems.push(unreadable(format!("line {line}: {}", error.message())));
            return HashMap::new();
        }
    };
    let mut texts = HashMap::new();
    for (name, value) in table {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) else {
            let nearest = nearest(&name, SETTINGS.iter().map(|setting| setting.key));
            problems.push(Problem::UnknownKey {
                path: path.to_owned(),
                name,
                nearest,
            });
            continue;
        };
        match as_text(value) {
            Some(text) => {
                texts.insert(setting.key, text);
            }
            None => problems.push(Problem::NotPlain {
                path: path.to_owned(),
                key: setting.key,
                form: setting.form,
            }),
        }
    }
    texts
}

fn as_text(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => {
            None
        }
    }
}
