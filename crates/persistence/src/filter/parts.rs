//! The parts of a text that records must contain: each can be looked up in the place of all of it.

use domain::{Condition, Test, TextTest};

use super::candidates::{Held, Lookup};

impl Lookup<'_> {
    /// The conditions that each hold wherever this lookup's does, and ask for no more than a part of what a text must contain;
    /// none if it is no text or has no parts. To compare what an index has of all parts takes longer than to look up those that
    /// are rare, and only the records can tell which these are.
    pub(crate) fn parts(&self) -> Vec<Condition> {
        let (Self::Containing(condition, _) | Self::Values(_, Held::Containing(condition, _))) = self else {
            return Vec::new();
        };
        let text = contained(&condition.test).unwrap_or_default();
        let parts = parts(text).into_iter().map(|part| {
            let part = TextTest::Contains(part.to_owned());
            let test = if let Test::AnyText(_) = condition.test {
                Test::AnyText(part)
            } else if let Test::AnyEmail(_) = condition.test {
                Test::AnyEmail(part)
            } else {
                Test::Text(part)
            };
            Condition {
                subject: condition.subject,
                test,
                negated: false,
            }
        });
        let parts: Vec<_> = parts.collect();
        if parts.len() > 1 { parts } else { Vec::new() }
    }

    /// Looks up what these of its parts ask for.
    pub(crate) fn narrow<'b>(&mut self, parts: impl Iterator<Item = &'b Condition>) {
        if let Self::Containing(_, texts) | Self::Values(_, Held::Containing(_, texts)) = self {
            *texts = parts
                .filter_map(|part| contained(&part.test))
                .map(str::to_owned)
                .collect();
        }
    }
}

/// What a test asks a text to contain.
pub(crate) fn contained(test: &Test) -> Option<&str> {
    if let Test::Text(TextTest::Contains(text))
    | Test::AnyText(TextTest::Contains(text))
    | Test::AnyEmail(TextTest::Contains(text)) = test
    {
        Some(text)
    } else {
        None
    }
}

/// The words and numbers of a text that have trigrams, each with the letter before it and the one behind.
fn parts(text: &str) -> Vec<&str> {
    let kind = |letter: char| (letter.is_alphabetic(), letter.is_numeric());
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let ends = |index: usize| letters.get(index).map_or(text.len(), |(place, _)| *place);
    let mut begin = 0;
    let runs = letters.chunk_by(|(_, one), (_, next)| kind(*one) == kind(*next));
    runs.filter_map(|run| {
        let (first, last) = (begin, begin + run.len());
        begin = last;
        let is_part = run.len() >= 3 && run[0].1.is_alphanumeric();
        is_part.then(|| &text[ends(first.saturating_sub(1))..ends(last + 1)])
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_parts_with_their_neighbours() {
        for (text, expected) in [
            ("about offer 4711", &["about ", " offer ", " 4711"][..]),
            ("person4711@", &["person4", "n4711@"]),
            ("Zürich-1990er", &["Zürich-", "-1990e"]),
            ("ab 12", &[]),
            ("...", &[]),
            ("", &[]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }
}
