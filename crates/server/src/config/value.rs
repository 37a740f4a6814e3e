//! The forms that values take, and their reading.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// The text is not of the form that the setting takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unfit;

/// A type that a text can be read as.
pub(super) trait Value: Sized {
    /// What is expected, to be read after "expected".
    const FORM: &'static str;

    /// `None` if `text` is not of that form.
    fn parse(text: &str) -> Option<Self>;

    /// Why `text` is not of that form, where more is known. Fit to be shown.
    fn objection(_text: &str) -> Option<String> {
        None
    }

    /// `text` as it may be shown, whether it is of the form or not.
    fn show(text: &str) -> String {
        text.to_owned()
    }
}

/// The type of a setting: a value, or perhaps a value.
pub(super) trait Slot: Sized {
    const FORM: &'static str;
    fn fill(text: Option<&str>) -> Result<Self, Unfit>;
    fn objection(text: &str) -> Option<String>;
    fn show(text: &str) -> String;
}

impl<T: Value> Slot for T {
    const FORM: &'static str = T::FORM;

    fn fill(text: Option<&str>) -> Result<Self, Unfit> {
        text.and_then(T::parse).ok_or(Unfit)
    }

    fn objection(text: &str) -> Option<String> {
        T::objection(text)
    }

    fn show(text: &str) -> String {
        T::show(text)
    }
}

impl<T: Value> Slot for Option<T> {
    const FORM: &'static str = T::FORM;

    fn fill(text: Option<&str>) -> Result<Self, Unfit> {
        text.map(|text| T::parse(text).ok_or(Unfit)).transpose()
    }

    fn objection(text: &str) -> Option<String> {
        T::objection(text)
    }

    fn show(text: &str) -> String {
        T::show(text)
    }
}

/// Types that read themselves just as we want it.
macro_rules! parsed_by_std {
    ($($type:ty: $form:literal,)+) => {$(
        impl Value for $type {
            const FORM: &'static str = $form;

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+};
}

parsed_by_std! {
    bool: "true or false",
    u32: "a whole number, 0 or more",
    NonZeroU32: "a whole number, 1 or more",
    NonZeroUsize: "a whole number, 1 or more",
    SocketAddr: "an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080",
}

impl Value for PathBuf {
    const FORM: &'static str = "a path";

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty() && !text.contains('\0')).then(|| Self::from(text))
    }
}

impl Value for Duration {
    const FORM: &'static str = "a time of at least 1ms, a whole number with its unit: 500ms, 10s, 2m or 1h";

    fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
        let milliseconds = match unit {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => return None,
        };
        let total = number.parse::<u32>().ok().filter(|&number| number > 0)?;
        Some(Self::from_millis(u64::from(total) * milliseconds))
    }
}

/// The address that clients see, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// To be followed by a path with its slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for PublicUrl {
    const FORM: &'static str = "a URL without user, query and fragment, such as https://crm.example.com";

    fn parse(text: &str) -> Option<Self> {
        let uri: http::Uri = text.parse().ok()?;
        let authority = uri.authority()?;
        let fits = matches!(uri.scheme_str(), Some("http" | "https"))
            && !authority.host().is_empty()
            && !text.contains(['@', '?', '#']);
        fits.then(|| Self(text.trim_end_matches('/').to_owned()))
    }
}

/// A filter in the form of tracing's `EnvFilter`, known to be well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// The filter's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for LogFilter {
    const FORM: &'static str =
        "a level (error, warn, info, debug, trace, off) or a filter such as info,grpc=debug";

    fn parse(text: &str) -> Option<Self> {
        // A single word that is no level would be taken for the name of a module: "inof" would log nothing.
        let words_are_levels = text.split(',').all(|part| {
            let is_level = !part.is_empty() && part.parse::<LevelFilter>().is_ok();
            is_level || part.contains(['=', '['])
        });
        (words_are_levels && EnvFilter::try_new(text).is_ok()).then(|| Self(text.to_owned()))
    }
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

impl Value for LogFormat {
    const FORM: &'static str = "text or json";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_need_a_unit_and_are_never_zero() {
        assert_eq!(
            <Duration as Value>::parse("500ms"),
            Some(Duration::from_millis(500))
        );
        assert_eq!(<Duration as Value>::parse("2m"), Some(Duration::from_secs(120)));
        for wrong in ["", "10", "s", "0s", "1.5s", "-1s", "10 s", "10d", "99999999999s"] {
            assert_eq!(<Duration as Value>::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_public_url_is_whole_and_loses_its_last_slash() {
        let parsed = PublicUrl::parse("https://crm.example.com/people/").unwrap();
        assert_eq!(parsed.as_str(), "https://crm.example.com/people");
        for wrong in [
            "",
            "crm.example.com",
            "/people",
            "ftp://a",
            "http://a?b",
            "http://u:p@a",
            "http://",
        ] {
            assert_eq!(PublicUrl::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_misspelt_level_is_no_filter() {
        for right in ["info", "off", "info,grpc=debug", "warn,server[start]=trace"] {
            assert!(LogFilter::parse(right).is_some(), "{right}");
        }
        for wrong in ["", "inof", "info,grpc", "grpc=loud"] {
            assert!(LogFilter::parse(wrong).is_none(), "{wrong}");
        }
    }
}
