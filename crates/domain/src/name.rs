//! Names, which cannot be blank.

use crate::{Path, Problem, Text, Unit, Violations};

/// A name: a text of 1 to `MAX` characters that is not blank, without white space around it and without U+0000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name<const MAX: usize>(Text<MAX>);

impl<const MAX: usize> Name<MAX> {
    /// Reads a name of a request; reports what is wrong and answers nothing then.
    pub fn parse(name: String, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        if name.trim().is_empty() {
            let problem = Problem::TooSmall {
                unit: Unit::Characters,
                minimum: 1,
                exact: false,
            };
            violations.add(path, problem, "this must not be blank");
            return None;
        }
        let name = Text::parse(name, path, violations);
        (!name.as_str().is_empty()).then_some(Self(name))
    }

    /// A name that was parsed before it was stored; nothing if it cannot have been.
    #[must_use]
    pub fn from_stored(name: String) -> Option<Self> {
        Text::from_stored(name)
            .filter(|name| !name.as_str().is_empty())
            .map(Self)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse<const MAX: usize>(name: &str) -> Result<String, Vec<Problem>> {
        let mut violations = Violations::default();
        let name = Name::<MAX>::parse(name.to_owned(), &Path::root("name"), &mut violations);
        let problems = || violations.kept().iter().map(|one| one.problem.clone()).collect();
        name.map(|name| name.as_str().to_owned()).ok_or_else(problems)
    }

    #[test]
    fn a_name_is_trimmed_after_its_length_was_judged() {
        assert_eq!(parse::<5>(" é漢 ").as_deref(), Ok("é漢"));
        let too_long = Problem::TooBig {
            unit: Unit::Characters,
            maximum: 5,
            exact: false,
        };
        assert_eq!(parse::<5>("  é漢  "), Err(vec![too_long]));
    }

    #[test]
    fn a_blank_name_is_too_short_and_one_with_nul_has_the_wrong_form() {
        let blank = Problem::TooSmall {
            unit: Unit::Characters,
            minimum: 1,
            exact: false,
        };
        for name in ["", " ", "\u{a0}\t\n"] {
            assert_eq!(parse::<5>(name), Err(vec![blank.clone()]), "{name:?}");
        }
        let nul = Problem::InvalidString { validation: "nul" };
        assert_eq!(parse::<5>("a\0"), Err(vec![nul.clone()]));
        assert_eq!(parse::<5>("\0"), Err(vec![nul]));
    }
}
