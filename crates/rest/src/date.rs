//! Calendar dates as JSON texts.

use proto::v1::Date;

/// Reads the form `YYYY-MM-DD`. Whether there is such a day is for the core to say.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else {
        return None;
    };
    Some(Date {
        year: number(&[y1, y2, y3, y4])?,
        month: number(&[m1, m2])?,
        day: number(&[d1, d2])?,
    })
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(digit - b'0'))
    })
}

/// `YYYY-MM-DD`
pub(crate) fn format(date: &Date) -> String {
    let Date { year, month, day } = *date;
    // Several times as fast as `format!`, and pages are full of dates.
    let digits = |number: u32, places: u32| {
        let digit = move |place| char::from_digit(number / 10_u32.pow(place) % 10, 10);
        (0..places).rev().filter_map(digit)
    };
    let mut text = String::with_capacity(10);
    text.extend(digits(year, 4));
    text.push('-');
    text.extend(digits(month, 2));
    text.push('-');
    text.extend(digits(day, 2));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_form_is_read() {
        assert_eq!(
            parse("0990-13-41"),
            Some(Date {
                year: 990,
                month: 13,
                day: 41
            })
        );
        for text in [
            "",
            "1990-1-01",
            "1990-01-01T",
            "1990/01/01",
            "+990-01-01",
            "1990-01-0é",
            " 990-01-01",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_read_back() {
        assert_eq!(
            parse("0009-02-03").map(|date| format(&date)).as_deref(),
            Some("0009-02-03")
        );
    }
}
