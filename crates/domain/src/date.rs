//! Calendar dates.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::{Path, Problem, Violations};

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(NaiveDate);

impl Date {
    /// Reads a date of a request; reports what is wrong and answers nothing then.
    pub fn parse_ymd(
        year: u32,
        month: u32,
        day: u32,
        path: &Path<'_>,
        violations: &mut Violations,
    ) -> Option<Self> {
        let date = i32::try_from(year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        let date = date.and_then(Self::from_naive);
        if date.is_none() {
            violations.add(
                path,
                Problem::InvalidDate,
                "not a day of the calendar of the years 1 to 9999",
            );
        }
        date
    }

    /// Reads the form `YYYY-MM-DD`, exactly; reports what is wrong and answers nothing then.
    pub fn parse_iso(text: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        let Some((year, month, day)) = split_iso(text) else {
            violations.add(
                path,
                Problem::InvalidDate,
                "a date of the form YYYY-MM-DD is needed",
            );
            return None;
        };
        Self::parse_ymd(year, month, day, path, violations)
    }

    /// A date that was stored in the form `YYYY-MM-DD`; nothing if it is none.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        let (year, month, day) = split_iso(text)?;
        Self::from_naive(NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?)
    }

    /// The date, if its year is one of 1 to 9999.
    #[must_use]
    pub fn from_naive(date: NaiveDate) -> Option<Self> {
        (1..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The date as chrono's.
    #[must_use]
    pub fn naive(self) -> NaiveDate {
        self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

fn split_iso(text: &str) -> Option<(u32, u32, u32)> {
    let digits = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] if text.is_ascii() => {
            Some((digits(&text[..4])?, digits(&text[5..7])?, digits(&text[8..])?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Option<String> {
        let mut violations = Violations::default();
        let date = Date::parse_iso(text, &Path::root("date"), &mut violations);
        assert_eq!(date.is_none(), !violations.is_empty());
        date.map(|date| date.to_string())
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for date in [
            "0001-01-01",
            "1990-12-31",
            "2000-02-29",
            "2024-02-29",
            "9999-12-31",
        ] {
            assert_eq!(parse(date).as_deref(), Some(date));
        }
        for text in [
            "",
            "0000-01-01",
            "1900-02-29",
            "2023-02-29",
            "2023-04-31",
            "2023-13-01",
            "2023-00-10",
            "2023-1-1",
            "2023-01-01T00:00:00Z",
            " 2023-01-01",
            "+023-01-01",
            "2023/01/01",
            "２０23-01-01",
            "12023-01-01",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_date_reads_back_as_it_was_written(year in 1i32..=9999, day in 1u32..=365) {
            let date = NaiveDate::from_yo_opt(year, day).and_then(Date::from_naive).expect("a day of every year");
            prop_assert_eq!(Date::from_stored(&date.to_string()), Some(date));
        }
    }
}
