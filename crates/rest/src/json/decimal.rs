//! Decimal numbers that keep their text.

use super::{Json, Path, ShapeIssues, received};
use crate::error::{Problem, SizeUnit};

/// The most characters that the contract gives a number that is a text. A JSON number is only the core's to judge.
const MAX_TEXT: usize = 20;

/// Reads a JSON number as it is written, or a text of the form `-?digits(.digits)?`.
pub(crate) fn decimal(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<String> {
    let received = received(Some(value));
    let problem = match value {
        Json::Number(number) => return Some((*number).to_owned()),
        Json::Text(text) if is_plain(text) => {
            if text.len() <= MAX_TEXT {
                return Some(text.clone().into_owned());
            }
            let problem = Problem::TooBig {
                unit: SizeUnit::String,
                maximum: MAX_TEXT as i64,
                exact: false,
            };
            issues.add(
                path,
                problem,
                format!("at most {MAX_TEXT} characters are allowed"),
            );
            return None;
        }
        Json::Text(_) => Problem::InvalidString {
            validation: "number".to_owned(),
        },
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => Problem::InvalidType {
            expected: "number".into(),
            received: received.into(),
        },
    };
    let message =
        format!("a number is needed, or a text of the form -?digits(.digits)?, received {received}");
    issues.add(path, problem, message);
    None
}

fn is_plain(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(fraction)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_has_the_one_form() {
        for good in ["0", "-1", "007", "1.50", "-0.0", "12345678901234567890.1"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in [
            "", "-", ".", "1.", ".5", "-.5", "1.2.3", "1e5", "+1", "--1", "1.-2", " 1", "1,000", "١", "NaN",
        ] {
            assert!(!is_plain(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_text_of_the_form_is_taken_as_it_is(text in "-?[0-9]{1,30}(\\.[0-9]{1,30})?") {
            let mut issues = ShapeIssues::default();
            let read = decimal(&Json::Text(text.as_str().into()), Path::Request, &mut issues);
            prop_assert_eq!(read, (text.len() <= MAX_TEXT).then_some(text));
        }

        #[test]
        fn what_is_taken_is_a_number(text: String) {
            prop_assert!(!is_plain(&text) || text.parse::<f64>().is_ok());
        }
    }
}
