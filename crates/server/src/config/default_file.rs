//! The commented file `config.default.toml`, made from the list of settings.

use super::default_value::DefaultValue;
use super::settings::SETTINGS;

const HEAD: &str = "\
# Every setting of people with its default. Give a copy with --config or PEOPLE_CONFIG; keep only what you change.
# A flag (--rest-addr) beats the environment (PEOPLE_REST_ADDR), that beats this file, that beats the default.
# `people config` shows what is in force and where it comes from.
";

/// The text of the file: settings that have no fixed default are commented out.
pub fn default_file() -> String {
    let mut text = HEAD.to_owned();
    let mut section = "";
    for setting in SETTINGS {
        if setting.section != section {
            section = setting.section;
            text.push_str(&format!("\n# ---- {} ----\n", section.trim()));
        }
        text.push('\n');
        for line in setting.doc {
            text.push_str(&format!("# {}\n", line.trim()));
        }
        text.push_str(&format!(
            "# Takes {}. Environment: {}.\n",
            setting.form, setting.variable
        ));
        match setting.default {
            DefaultValue::Text(value) => {
                text.push_str(&format!("{} = {}\n", setting.key, as_toml(value)));
            }
            DefaultValue::Derived { describe, make: _ } | DefaultValue::Unset(describe) => {
                text.push_str(&format!("# Default: {describe}.\n# {} = \"\"\n", setting.key));
            }
        }
    }
    text
}

/// Numbers and truth values bare, all else as a string. Our defaults need no escapes.
fn as_toml(value: &str) -> String {
    if value.parse::<u64>().is_ok() || value.parse::<bool>().is_ok() {
        value.to_owned()
    } else {
        format!("\"{value}\"")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Config, Flags, Source};

    #[test]
    fn the_file_at_the_top_level_is_up_to_date_and_changes_nothing() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config.default.toml");
        if std::env::var_os("PEOPLE_TEST_UPDATE").is_some() {
            std::fs::write(&path, default_file()).unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            default_file(),
            "renew it: PEOPLE_TEST_UPDATE=1 cargo test -p server default_file"
        );

        let environment = || [("HOME".into(), "/home/ann".into())];
        let flags = Flags {
            config: Some(path),
            ..Flags::default()
        };
        let with_file = Config::resolve(&flags, environment()).unwrap();
        let without = Config::resolve(&Flags::default(), environment()).unwrap();
        for (with_file, without) in with_file.in_force().iter().zip(without.in_force()) {
            assert_eq!(with_file.value, without.value, "{}", without.key);
            assert_eq!(without.source, Source::Default);
        }
        for setting in SETTINGS {
            assert!(text.contains(&format!("{} = ", setting.key)), "{}", setting.key);
        }
    }
}
