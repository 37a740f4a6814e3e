//! Whole numbers, as far as they can be told apart: those beyond 64 bits are the nearest within.

use super::Json;

/// The whole number that a value is, as a JSON number or as digits in a text.
pub(crate) fn whole_number(value: &Json<'_>) -> Option<i64> {
    match value {
        Json::Number(number) => whole_from_number(number),
        Json::Text(text) => whole_from_digits(text),
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => None,
    }
}

/// Digits, perhaps after a minus.
pub(crate) fn whole_from_digits(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let beyond = if digits.len() < text.len() {
        i64::MIN
    } else {
        i64::MAX
    };
    Some(text.parse().unwrap_or(beyond))
}

/// A JSON number whose value is whole, however it is written: `20`, `20.0`, `2e1`.
pub(crate) fn whole_from_number(number: &str) -> Option<i64> {
    whole_from_digits(number).or_else(|| {
        let number: f64 = number.parse().ok()?;
        // The conversion ends at the bounds.
        (number.is_infinite() || number.fract() == 0.0).then_some(number as i64)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_may_be_written_in_any_way_and_a_text_in_one() {
        for (number, text, expected) in [
            ("20", "20", Some(20)),
            ("-0", "-0", Some(0)),
            ("-7", "-07", Some(-7)),
            ("9e99", "99999999999999999999", Some(i64::MAX)),
            ("-1e999", "-99999999999999999999", Some(i64::MIN)),
            ("20.5", "20.0", None),
            ("1e-1", "2e1", None),
        ] {
            assert_eq!(whole_number(&Json::Number(number)), expected, "{number}");
            assert_eq!(whole_number(&Json::Text(text.into())), expected, "{text}");
        }
        for (number, expected) in [("20.0", 20), ("2e1", 20), ("1.99e3", 1990)] {
            assert_eq!(whole_number(&Json::Number(number)), Some(expected), "{number}");
        }
        for text in ["", "-", "+1", " 1", "1 ", "--1", "inf", "NaN", "١", "1_0"] {
            assert_eq!(whole_number(&Json::Text(text.into())), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(number: i64) {
            let text = number.to_string();
            prop_assert_eq!(whole_number(&Json::Number(&text)), Some(number));
            prop_assert_eq!(whole_number(&Json::Text(text.into())), Some(number));
        }

        #[test]
        fn any_text_is_a_whole_number_or_none(text: String) {
            let whole = whole_number(&Json::Text(text.as_str().into()));
            let form = text.strip_prefix('-').unwrap_or(&text);
            let is_whole = !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(whole.is_some(), is_whole);
        }
    }
}
