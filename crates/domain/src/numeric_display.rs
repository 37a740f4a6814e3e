//! How the numbers of a field are to be shown.

use crate::{NumericFormat, Path, Problem, Violations};

/// How numbers of a numeric field are to be shown, as a request says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawNumericDisplay {
    /// The format; nothing if it is none that exists.
    pub format: Option<NumericFormat>,
    /// The currency; empty for none.
    pub currency: String,
}

impl Default for RawNumericDisplay {
    fn default() -> Self {
        Self {
            format: Some(NumericFormat::Default),
            currency: String::new(),
        }
    }
}

/// How numbers of a numeric field are to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumericDisplay {
    /// The format.
    pub format: NumericFormat,
    /// The ISO 4217 code, for the format `currency` and no other.
    pub currency: Option<String>,
}

impl NumericDisplay {
    /// Reads it from a request; reports what is wrong at the fields `format` and `currency` below `path`, and answers
    /// nothing then.
    pub fn read(raw: RawNumericDisplay, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        let RawNumericDisplay { format, currency } = raw;
        let Some(format) = format else {
            let options = NumericFormat::ALL
                .map(|format| format.as_str().to_owned())
                .to_vec();
            let message = format!("no such format; those that exist are: {}", options.join(", "));
            violations.add(
                &path.field("format"),
                Problem::InvalidEnumValue { options },
                message,
            );
            return None;
        };
        let path = path.field("currency");
        match (format, currency.as_str()) {
            (NumericFormat::Currency, code) if is_currency(code) => Some(Self {
                format,
                currency: Some(currency),
            }),
            (NumericFormat::Currency, _) => {
                let problem = Problem::InvalidString {
                    validation: "currency",
                };
                let message =
                    "the format currency needs an ISO 4217 code: three capital letters, such as USD";
                violations.add(&path, problem, message);
                None
            }
            (
                NumericFormat::Default | NumericFormat::Percent | NumericFormat::None | NumericFormat::Number,
                "",
            ) => Some(Self {
                format,
                currency: None,
            }),
            (
                NumericFormat::Default | NumericFormat::Percent | NumericFormat::None | NumericFormat::Number,
                _,
            ) => {
                let message = format!("only the format currency has a currency, not {}", format.as_str());
                violations.custom(&path, message);
                None
            }
        }
    }
}

/// Whether the text has the form of a code. Which codes there are changes from year to year.
fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_currency_alone_has_a_currency() {
        for (format, currency, good) in [
            (Some(NumericFormat::Currency), "USD", true),
            (Some(NumericFormat::Currency), "", false),
            (Some(NumericFormat::Currency), "usd", false),
            (Some(NumericFormat::Currency), "US", false),
            (Some(NumericFormat::Currency), "USDX", false),
            (Some(NumericFormat::Currency), "€", false),
            (Some(NumericFormat::Percent), "", true),
            (Some(NumericFormat::Percent), "USD", false),
            (None, "", false),
        ] {
            let raw = RawNumericDisplay {
                format,
                currency: currency.to_owned(),
            };
            let mut violations = Violations::default();
            let read = NumericDisplay::read(raw, &Path::root("numeric"), &mut violations);
            assert_eq!(read.is_some(), good, "{format:?} {currency}");
            assert_eq!(violations.total(), usize::from(!good), "{format:?} {currency}");
        }
    }
}
