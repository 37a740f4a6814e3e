//! What is known of companies: the year of foundation, and how many people work there.

use crate::{Path, Problem, Unit, Violations};

/// The year in which a company was founded: 1000 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundationYear(i16);

impl FoundationYear {
    const FIRST: i16 = 1000;
    const LAST: i16 = 2100;

    /// Reads a year of a request; reports what is wrong and answers nothing then.
    pub fn parse(year: u32, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        let read = i16::try_from(year).ok().and_then(Self::from_stored);
        if read.is_none() {
            let problem = if year < Self::FIRST.unsigned_abs().into() {
                Problem::TooSmall {
                    unit: Unit::Number,
                    minimum: Self::FIRST.into(),
                    exact: false,
                }
            } else {
                Problem::TooBig {
                    unit: Unit::Number,
                    maximum: Self::LAST.into(),
                    exact: false,
                }
            };
            let message = format!("a year from {} to {} is needed", Self::FIRST, Self::LAST);
            violations.add(path, problem, message);
        }
        read
    }

    /// A year that was parsed before it was stored; nothing if it cannot have been.
    #[must_use]
    pub fn from_stored(year: i16) -> Option<Self> {
        (Self::FIRST..=Self::LAST).contains(&year).then_some(Self(year))
    }

    /// The year.
    #[must_use]
    pub fn get(self) -> i16 {
        self.0
    }
}

/// How many people work for a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmployeeRange {
    /// 1 to 10.
    To10,
    /// 11 to 50.
    To50,
    /// 51 to 200.
    To200,
    /// 201 to 500.
    To500,
    /// 501 to 1,000.
    To1000,
    /// 1,001 to 5,000.
    To5000,
    /// 5,001 to 10,000.
    To10000,
    /// 10,000 and more.
    More,
}

impl EmployeeRange {
    /// All of them, from the smallest on.
    pub const ALL: [Self; 8] = [
        Self::To10,
        Self::To50,
        Self::To200,
        Self::To500,
        Self::To1000,
        Self::To5000,
        Self::To10000,
        Self::More,
    ];

    /// The range's public name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::To10 => "1-10",
            Self::To50 => "11-50",
            Self::To200 => "51-200",
            Self::To500 => "201-500",
            Self::To1000 => "501-1000",
            Self::To5000 => "1001-5000",
            Self::To10000 => "5001-10000",
            Self::More => "10000+",
        }
    }

    /// The range of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_taken_at_their_bounds_and_refused_one_over() {
        for (year, expected) in [
            (999, false),
            (1000, true),
            (2100, true),
            (2101, false),
            (70_000, false),
        ] {
            let mut violations = Violations::default();
            let read = FoundationYear::parse(year, &Path::root("year"), &mut violations);
            assert_eq!(
                (read.is_some(), violations.is_empty()),
                (expected, expected),
                "{year}"
            );
        }
    }

    #[test]
    fn ranges_have_the_published_names() {
        for range in EmployeeRange::ALL {
            assert_eq!(EmployeeRange::parse(range.as_str()), Some(range));
        }
        assert_eq!(EmployeeRange::parse("1-11"), None);
    }
}
