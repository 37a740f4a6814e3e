//! Free text and lists of it.

use crate::{Path, Problem, Unit, Violations};

/// A text of at most `MAX` characters, without white space around it and without U+0000.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Reads a text of a request; reports what is wrong and answers an empty one then.
    pub fn parse(text: String, path: &Path<'_>, violations: &mut Violations) -> Self {
        if check::<MAX>(&text, path, violations) {
            Self(trimmed(text))
        } else {
            Self::default()
        }
    }

    /// A text that was parsed before it was stored; nothing if it cannot have been.
    #[must_use]
    pub fn from_stored(text: String) -> Option<Self> {
        fits(&text, MAX).then_some(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The most entries that a list of texts may have.
const MAX_ENTRIES: usize = 20;

/// An ordered list of at most 20 texts of at most `MAX` characters, none blank, none twice. The first is the primary one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextList<const MAX: usize>(Vec<String>);

impl<const MAX: usize> TextList<MAX> {
    /// Reads a list of a request; reports what is wrong and leaves that out. Blank entries are dropped and repeats
    /// collapse to the first, both after the limits were applied to what was sent.
    pub fn parse(texts: Vec<String>, path: &Path<'_>, violations: &mut Violations) -> Self {
        check_entries(texts.len(), MAX_ENTRIES, path, violations);
        let mut kept: Vec<String> = Vec::with_capacity(texts.len().min(MAX_ENTRIES));
        for (index, text) in texts.into_iter().enumerate() {
            if !check::<MAX>(&text, &path.index(index), violations) {
                continue;
            }
            let text = trimmed(text);
            if index < MAX_ENTRIES && !text.is_empty() && !kept.contains(&text) {
                kept.push(text);
            }
        }
        Self(kept)
    }

    /// A list that was parsed before it was stored; nothing if it cannot have been.
    #[must_use]
    pub fn from_stored(texts: Vec<String>) -> Option<Self> {
        (texts.len() <= MAX_ENTRIES && texts.iter().all(|text| fits(text, MAX))).then_some(Self(texts))
    }

    /// This list without the entries of another.
    #[must_use]
    pub fn without(mut self, others: &Self) -> Self {
        self.0.retain(|text| !others.0.contains(text));
        self
    }

    /// This list and behind it the entries of another that it lacks; reports if those are too many.
    #[must_use]
    pub fn with(mut self, others: Self, path: &Path<'_>, violations: &mut Violations) -> Self {
        for text in others.0 {
            if !self.0.contains(&text) {
                self.0.push(text);
            }
        }
        check_entries(self.0.len(), MAX_ENTRIES, path, violations);
        self.0.truncate(MAX_ENTRIES);
        self
    }

    /// The texts, the primary one first.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// The texts themselves.
    #[must_use]
    pub fn into_vec(self) -> Vec<String> {
        self.0
    }
}

/// Whether the text keeps the rules; reports what it breaks.
fn check<const MAX: usize>(text: &str, path: &Path<'_>, violations: &mut Violations) -> bool {
    let short = check_length(text, MAX, path, violations);
    let clean = check_nul(text, path, violations);
    short && clean
}

fn fits(text: &str, max: usize) -> bool {
    // A text never has more characters than bytes, so most are not counted.
    text.len() <= max || text.chars().count() <= max
}

/// Whether the text has at most `max` characters; reports if not.
pub(crate) fn check_length(text: &str, max: usize, path: &Path<'_>, violations: &mut Violations) -> bool {
    if fits(text, max) {
        return true;
    }
    let problem = Problem::TooBig {
        unit: Unit::Characters,
        maximum: bound(max),
        exact: false,
    };
    violations.add(path, problem, format!("at most {max} characters are allowed"));
    false
}

/// Whether the text is free of U+0000, which PostgreSQL cannot store; reports if not.
pub(crate) fn check_nul(text: &str, path: &Path<'_>, violations: &mut Violations) -> bool {
    if !text.contains('\0') {
        return true;
    }
    violations.add(
        path,
        Problem::InvalidString { validation: "nul" },
        "the character U+0000 is not allowed",
    );
    false
}

/// Reports a list that is too long.
pub(crate) fn check_entries(entries: usize, max: usize, path: &Path<'_>, violations: &mut Violations) {
    if entries > max {
        let problem = Problem::TooBig {
            unit: Unit::Entries,
            maximum: bound(max),
            exact: false,
        };
        violations.add(path, problem, format!("at most {max} entries are allowed"));
    }
}

fn bound(max: usize) -> i64 {
    i64::try_from(max).unwrap_or(i64::MAX)
}

/// The text without white space around it, in the same allocation when there is none.
fn trimmed(text: String) -> String {
    let kept = text.trim();
    if kept.len() == text.len() {
        text
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse<const MAX: usize>(text: &str) -> (String, Violations) {
        let mut violations = Violations::default();
        let text = Text::<MAX>::parse(text.to_owned(), &Path::root("text"), &mut violations);
        (text.0, violations)
    }

    #[test]
    fn lengths_count_characters_before_trimming() {
        assert!(parse::<3>("äöü").1.is_empty());
        assert!(parse::<3>("👍👍👍").1.is_empty());
        assert_eq!(parse::<3>("abcd").1.total(), 1);
        assert_eq!(parse::<3>("ab  ").1.total(), 1);
    }

    #[test]
    fn nul_is_refused() {
        assert_eq!(
            parse::<9>("a\0b").1.kept()[0].problem,
            Problem::InvalidString { validation: "nul" }
        );
    }

    #[test]
    fn a_list_drops_blanks_and_repeats_and_reports_each_long_entry() {
        let mut violations = Violations::default();
        let texts = ["b", " ", "a", "b ", "long!"].map(str::to_owned).to_vec();
        let list = TextList::<4>::parse(texts, &Path::root("texts"), &mut violations);
        assert_eq!(list.as_slice(), ["b", "a"]);
        assert_eq!(
            violations.kept()[0].path,
            Path::root("texts").index(4).to_segments()
        );
    }

    #[test]
    fn a_list_holds_twenty() {
        for (count, expected) in [(20, 0), (21, 1)] {
            let mut violations = Violations::default();
            let texts = (0..count).map(|i: i32| i.to_string()).collect();
            TextList::<4>::parse(texts, &Path::root("texts"), &mut violations);
            assert_eq!(violations.total(), expected);
        }
    }

    proptest! {
        #[test]
        fn a_text_that_fits_is_kept_but_for_the_white_space_around(text in "[^\0]{0,8}") {
            let (kept, violations) = parse::<8>(&text);
            prop_assert!(violations.is_empty());
            prop_assert_eq!(kept, text.trim());
        }
    }
}
