//! Numbers, money, dates, times, ids, emails and keys from texts: what is taken reads back as itself.
#![no_main]

use chrono::{DateTime, Utc};
use domain::{
    ApiKeyDraft, ApiKeySecret, Date, Decimal, EmployeeRange, FoundationYear, GroupId, InteractionDraft,
    NumericFormat, Path, PersonId, RawApiKey, RawExpiry, Scope, UserDraft, Violations,
};
use libfuzzer_sys::fuzz_target;

/// The longest number that is kept.
const LONGEST_NUMBER: usize = 1000;

/// Reads with this; something is either taken or complained of.
fn read<T>(read: impl FnOnce(&Path<'_>, &mut Violations) -> Option<T>) -> Option<T> {
    let mut violations = Violations::default();
    let value = read(&Path::root("value"), &mut violations);
    assert_eq!(value.is_some(), violations.is_empty());
    value
}

fn number(text: &str) {
    for number in [
        read(|path, violations| Decimal::parse_number(text, path, violations)),
        read(|path, violations| Decimal::parse_short_number(text, path, violations)),
        read(|path, violations| Decimal::parse_text(text, path, violations)),
    ]
    .into_iter()
    .flatten()
    {
        assert!(number.as_str().len() <= LONGEST_NUMBER);
        assert_eq!(
            Decimal::from_stored(number.as_str().to_owned()).as_ref(),
            Some(&number)
        );
        // The same number to those who read it as a double.
        assert_eq!(number.as_str().parse::<f64>(), text.parse::<f64>());
    }
}

fn date(text: &str, [year, month, day]: [u32; 3]) {
    let iso = read(|path, violations| Date::parse_iso(text, path, violations));
    if let Some(date) = iso {
        assert_eq!(date.to_string(), text);
    }
    let parts = read(|path, violations| Date::parse_ymd(year, month, day, path, violations));
    for date in iso.into_iter().chain(parts) {
        assert_eq!(Date::from_stored(&date.to_string()), Some(date));
    }
    if let Some(year) = read(|path, violations| FoundationYear::parse(year, path, violations)) {
        assert_eq!(FoundationYear::from_stored(year.get()), Some(year));
    }
}

fn moment(seconds: i64, nanos: i32, text: &str) {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let key = RawApiKey {
        name: text.to_owned(),
        user_id: String::new(),
        scope: Some(Scope::Read),
        expiry: RawExpiry::At { seconds, nanos },
    };
    read(|path, violations| ApiKeyDraft::read(key, at, path, violations));
    // As the core makes a moment of a message's.
    let occurred_at = u32::try_from(nanos)
        .ok()
        .and_then(|nanos| DateTime::from_timestamp(seconds, nanos));
    let mut violations = Violations::default();
    let draft = InteractionDraft::read(
        "per_ed110a47-5d09-43bf-b2e2-791d8231eb5f",
        occurred_at,
        text.to_owned(),
        text.to_owned(),
        text,
        &Path::root("interaction"),
        &mut violations,
    );
    assert_eq!(draft.is_ok(), violations.is_empty());
    if let Ok(draft) = draft {
        // PostgreSQL and JSON both have to hold it.
        assert!(
            (1..=9999).contains(&chrono::Datelike::year(&draft.occurred_at)),
            "{}",
            draft.occurred_at
        );
    }
}

fn names(text: &str) {
    if let Ok(id) = PersonId::parse(text) {
        assert_eq!(id.to_string(), text);
    }
    if let Ok(id) = GroupId::parse(text) {
        assert_eq!(id.to_string(), text);
    }
    if let Some(secret) = ApiKeySecret::parse(text) {
        assert_eq!(secret.expose(), text);
        assert_eq!(format!("{secret:?}"), "ApiKeySecret(***)");
    }
    if let Some(range) = EmployeeRange::parse(text) {
        assert_eq!(range.as_str(), text);
    }
    if let Some(format) = NumericFormat::parse(text) {
        assert_eq!(format.as_str(), text);
    }
    read(|path, violations| UserDraft::read("Jane".to_owned(), text, path, violations));
}

fuzz_target!(|input: ([u32; 3], i64, i32, &str)| {
    let (parts, seconds, nanos, text) = input;
    number(text);
    date(text, parts);
    moment(seconds, nanos, text);
    names(text);
});
