//! When records were made, as their ids tell it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Condition, Moment, OrderTest, Subject, Test};
use uuid::Uuid;

/// How far an id's time may be from the record's. The database finds ids apart that are off by more than a second
/// (`has_time_of_id`); what is rounded must not count.
const SLACK: TimeDelta = TimeDelta::seconds(2);

/// Between which ids the records are that a condition on their time wants, but for those whose ids tell another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Made {
    /// Beyond this one.
    pub(crate) after: Uuid,
    /// Not beyond this one.
    pub(crate) until: Uuid,
}

impl Made {
    /// What a condition says of it, if anything.
    pub(super) fn wanted_by(condition: &Condition) -> Option<Self> {
        match condition {
            Condition {
                subject: Subject::Field("create_time"),
                test: Test::Time(test),
                negated: false,
            } => Self::of(test),
            _ => None,
        }
    }

    fn of(test: &OrderTest<Moment>) -> Option<Self> {
        let any = Self {
            after: Uuid::nil(),
            until: Uuid::max(),
        };
        Some(match test {
            OrderTest::Equals(moment) => Self {
                after: first_id(moment.begin - SLACK),
                until: first_id(moment.end + SLACK),
            },
            OrderTest::Greater(moment) => Self {
                after: first_id(moment.end - SLACK),
                ..any
            },
            OrderTest::Less(moment) => Self {
                until: first_id(moment.begin + SLACK),
                ..any
            },
            OrderTest::Empty => return None,
        })
    }

    /// What both want.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            after: self.after.max(other.after),
            until: self.until.min(other.until),
        }
    }
}

/// Not beyond any id of version 7 that was made then or later.
fn first_id(time: DateTime<Utc>) -> Uuid {
    const LATEST: i64 = (1 << 48) - 1;
    let milliseconds = time.timestamp_millis().clamp(0, LATEST);
    Uuid::from_u128(u128::from(milliseconds.unsigned_abs()) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(milliseconds).unwrap()
    }

    #[test]
    fn ids_are_wanted_of_the_time_and_some_around_it() {
        let moment = Moment {
            begin: at(1_700_000_000_000),
            end: at(1_700_000_000_001),
        };
        let equal = Made::of(&OrderTest::Equals(moment)).unwrap();
        assert_eq!(equal.after, first_id(at(1_699_999_998_000)));
        assert_eq!(equal.until, first_id(at(1_700_000_002_001)));
        let id = Uuid::parse_str("018bcfe5-6800-7abc-8def-000000000000").unwrap();
        assert!(equal.after < id && id < equal.until);

        let later = Made::of(&OrderTest::Greater(moment)).unwrap();
        assert_eq!(later.until, Uuid::max());
        let earlier = Made::of(&OrderTest::Less(moment)).unwrap();
        assert_eq!(earlier.after, Uuid::nil());
        assert_eq!(later.and(earlier).after, later.after);
        assert_eq!(later.and(earlier).until, earlier.until);
    }

    #[test]
    fn times_that_no_id_can_tell_are_before_or_after_all_ids() {
        assert_eq!(first_id(at(-1)), Uuid::nil());
        assert!(
            first_id(DateTime::<Utc>::MAX_UTC)
                > Uuid::parse_str("ffffffff-fffe-7fff-bfff-ffffffffffff").unwrap()
        );
    }
}
