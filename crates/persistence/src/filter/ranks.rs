//! Numbers and dates as texts in their order, by which an index has them: the function `rank_key` of the database.

/// So many digits of a number count, and none of one with more before its point than these.
const DIGITS: usize = 20;
const DIGITS_BEFORE_POINT: usize = 24;

/// The beginnings of what may be as large as a value or larger, or smaller: some that is neither is among it, since not all
/// digits count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Beyond {
    key: String,
    larger: bool,
}

impl Beyond {
    /// Of a number in its canonical form.
    pub(super) fn number(number: &str, larger: bool) -> Self {
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let before_point = digits.split('.').next().unwrap_or(digits).len();
        let mut key = String::from(if negative { "n" } else { "p" });
        // B for one, Z for too many; from the other end if less than zero.
        let length = u8::try_from(before_point.min(DIGITS_BEFORE_POINT + 1)).unwrap_or(u8::MAX);
        key.push(char::from(if negative { b'[' - length } else { b'A' + length }));
        if before_point <= DIGITS_BEFORE_POINT {
            let digits = digits.bytes().filter(u8::is_ascii_digit).take(DIGITS);
            key.extend(digits.map(|digit| char::from(if negative { b'0' + b'9' - digit } else { digit })));
        }
        Self { key, larger }
    }

    /// Of a date.
    pub(super) fn date(date: &impl std::fmt::Display, larger: bool) -> Self {
        Self {
            key: format!("d{date}"),
            larger,
        }
    }

    /// A `tsquery` that finds them among the keys of this field.
    pub(super) fn query(&self, field: &str) -> String {
        let Self { key, larger } = self;
        let mut query = format!("'{field}{key}':*");
        for (at, letter) in key.char_indices() {
            let start = &key[..at];
            let others: &str = match letter {
                'n' | 'p' => "np",
                '0'..='9' => "0123456789",
                'A'..='Z' => "BCDEFGHIJKLMNOPQRSTUVWXYZ",
                _ => "",
            };
            for other in others.chars() {
                if if *larger { other > letter } else { other < letter } {
                    query.push_str(&format!(" | '{field}{start}{other}':*"));
                }
            }
            // A shorter one is larger if less than zero, and smaller otherwise.
            if at > 1 {
                query.push_str(&format!(" | '{field}{start}'"));
            }
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: &str) -> String {
        Beyond::number(number, true).key
    }

    /// Whether the query finds a key.
    fn finds(query: &str, key: &str) -> bool {
        query.split(" | ").any(|term| match term.strip_suffix(":*") {
            Some(start) => key.starts_with(start.trim_matches('\'')),
            None => key == term.trim_matches('\''),
        })
    }

    #[test]
    fn keys_are_in_the_order_of_their_numbers() {
        let huge = "9".repeat(30);
        let tiny = format!("-{huge}");
        let numbers = [
            tiny.as_str(),
            "-100",
            "-42.75",
            "-42.5",
            "-42",
            "-1",
            "-0.05",
            "0",
            "0.000001",
            "0.5",
            "1",
            "9",
            "10",
            "10.5",
            "123456789012345678901234",
            huge.as_str(),
        ];
        for (place, number) in numbers.iter().enumerate() {
            for larger in [true, false] {
                let query = Beyond::number(number, larger).query("f");
                for (other_place, other) in numbers.iter().enumerate() {
                    let wanted = if larger {
                        other_place > place
                    } else {
                        other_place < place
                    };
                    // Nothing is missed; of the others only those in between are found that are spelt alike at first.
                    if wanted {
                        assert!(
                            finds(&query, &format!("f{}", key(other))),
                            "{number} {larger} {other}"
                        );
                    }
                }
            }
        }
        assert!(!finds(
            &Beyond::number("10", true).query("f"),
            &format!("f{}", key("9"))
        ));
        assert!(!finds(
            &Beyond::number("-1", false).query("f"),
            &format!("f{}", key("0"))
        ));
    }

    #[test]
    fn dates_are_in_their_order() {
        let later = Beyond::date(&"2021-05-17", true).query("f");
        for date in ["2021-05-18", "2021-06-01", "2022-01-01", "9999-12-31"] {
            assert!(finds(&later, &format!("fd{date}")), "{date}");
        }
        for date in ["2021-05-16", "2020-12-31", "0001-01-01"] {
            assert!(!finds(&later, &format!("fd{date}")), "{date}");
        }
    }
}
