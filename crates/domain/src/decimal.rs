//! Decimal numbers that keep every digit.

use std::fmt;
use std::str::FromStr as _;

use bigdecimal::BigDecimal;

use crate::{Path, Problem, Violations, text::check_length};

/// The longest text of a number, as it was sent and as it is kept: more digits than a double has use for, and few enough
/// that the database can compare them.
const MAX_LENGTH: usize = 1000;

/// A finite decimal number within the range of a double, in its plain canonical form: no exponent, no `+`, no zeros
/// that say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// Reads the text of a JSON number: `42`, `-0.5`, `1e21`. Reports what is wrong and answers nothing then.
    pub fn parse_number(text: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        if !check_length(text, MAX_LENGTH, path, violations) {
            return None;
        }
        let Ok(double) = text.parse::<f64>() else {
            return refuse(path, violations);
        };
        if !text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
        {
            return refuse(path, violations);
        }
        if !double.is_finite() {
            violations.custom(
                path,
                "the number is outside the range of a double, about ±1.8e308",
            );
            return None;
        }
        // Zero is what a double makes of a number too small for it; all others bound the exponent before it is expanded.
        let digits = text.split(['e', 'E']).next().unwrap_or(text);
        if double == 0.0 && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            violations.custom(
                path,
                "the number is closer to zero than a double can be, about 4.9e-324",
            );
            return None;
        }
        if double == 0.0 {
            return Some(Self("0".to_owned()));
        }
        let Ok(number) = BigDecimal::from_str(text) else {
            return refuse(path, violations);
        };
        // A short text can stand for many digits.
        let plain = number.normalized().to_plain_string();
        check_length(&plain, MAX_LENGTH, path, violations).then_some(Self(plain))
    }

    /// The same, no longer than the longest that a double is written as: `-1.7976931348623157e+308` with a digit to spare.
    pub fn parse_short_number(text: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        check_length(text, 25, path, violations)
            .then(|| Self::parse_number(text, path, violations))
            .flatten()
    }

    /// Reads a text of the form `-?digits(.digits)?`. Reports what is wrong and answers nothing then.
    pub fn parse_text(text: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let well_formed = match unsigned.split_once('.') {
            Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
            None => is_digits(unsigned),
        };
        if well_formed {
            Self::parse_number(text, path, violations)
        } else {
            refuse(path, violations)
        }
    }

    /// A number that was parsed before it was stored; nothing if it cannot have been.
    #[must_use]
    pub fn from_stored(text: String) -> Option<Self> {
        let in_range = || match text.parse::<f64>() {
            Ok(double) => double.is_finite() && (double != 0.0 || text == "0"),
            Err(_) => false,
        };
        (text.len() <= MAX_LENGTH && is_plain(&text) && in_range()).then_some(Self(text))
    }

    /// The plain canonical form: `42.5`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The plain canonical form itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether this is the plain canonical form of a number. To parse each of a page anew took 2 % of its instructions.
fn is_plain(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(|fraction| is_digits(fraction) && !fraction.ends_with('0'))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn refuse(path: &Path<'_>, violations: &mut Violations) -> Option<Decimal> {
    let problem = Problem::InvalidString { validation: "number" };
    violations.add(
        path,
        problem,
        "a finite number is needed, or a text of the form -?digits(.digits)?",
    );
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Option<String> {
        Decimal::parse_number(text, &Path::root("n"), &mut Violations::default()).map(|n| n.0)
    }

    fn text(text: &str) -> Option<String> {
        Decimal::parse_text(text, &Path::root("n"), &mut Violations::default()).map(|n| n.0)
    }

    #[test]
    fn numbers_become_plain_and_canonical() {
        for (sent, kept) in [
            ("42", "42"),
            ("-42", "-42"),
            ("42.50", "42.5"),
            ("1e21", "1000000000000000000000"),
            ("0", "0"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("1e-3", "0.001"),
            ("100", "100"),
            ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ] {
            assert_eq!(number(sent).as_deref(), Some(kept), "{sent}");
        }
        assert_eq!(text("042.50").as_deref(), Some("42.5"));
    }

    #[test]
    fn what_a_double_cannot_hold_is_refused() {
        for sent in [
            "1e309",
            "-1e309",
            "1e-400",
            "1e99999999999",
            "NaN",
            "inf",
            "",
            &"9".repeat(1001),
        ] {
            assert_eq!(number(sent), None, "{sent}");
        }
    }

    #[test]
    fn a_text_has_only_the_plain_form() {
        for sent in [
            "", "-", "1.", ".5", "+1", "1e3", " 1", "1 ", "1,5", "0x1", "--1", "1.2.3", "١",
        ] {
            assert_eq!(text(sent), None, "{sent}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_number_is_its_own_form(whole in "-?[0-9]{1,30}", fraction in "[0-9]{1,30}") {
            let kept = text(&format!("{whole}.{fraction}")).expect("well-formed");
            prop_assert_eq!(text(&kept), Some(kept.clone()));
            prop_assert!(Decimal::from_stored(kept).is_some());
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_reads_back(
            text in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?",
        ) {
            if let Some(kept) = number(&text) {
                prop_assert!(Decimal::from_stored(kept.clone()).is_some(), "{kept}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_read_back_that_would_not_be_kept_so(
            sent in "-?[0-9.]{0,6}|-?[0-9]{1,400}(\\.[0-9]{1,400})?|-?0\\.0{300,340}[0-9]{1,20}",
        ) {
            let would_be_kept = text(&sent).as_ref() == Some(&sent);
            prop_assert_eq!(Decimal::from_stored(sent.clone()).is_some(), would_be_kept, "{}", sent);
        }
    }

    #[test]
    fn a_short_text_of_too_many_digits_is_refused() {
        let text = format!("1.{}e-300", "7".repeat(900));
        assert_eq!(number(&text), None);
        assert!(number("1.5e-300").is_some());
    }
}
