//! API keys: what they may do, and their secrets.

use std::fmt::{self, Write as _};

use chrono::{DateTime, SubsecRound as _, Utc};

use crate::{Name, Path, Problem, UserId, Violations};

/// The scope of an API key. Each includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// May read records.
    Read,
    /// May also make, change and delete records.
    Write,
    /// May also administer groups, custom fields, users and keys.
    Admin,
}

impl Scope {
    /// Every scope, the least first.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Admin];

    /// The scope's public name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }

    /// The scope of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    /// Whether a key of this scope may do what `needed` allows.
    #[must_use]
    pub fn allows(self, needed: Self) -> bool {
        self >= needed
    }
}

/// When a key is to end, as a request says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawExpiry {
    /// By itself never.
    Never,
    /// At this moment.
    At {
        /// Seconds since 1970.
        seconds: i64,
        /// Nanoseconds of the last of them.
        nanos: i32,
    },
}

/// A key as a request says it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawApiKey {
    /// What it is for.
    pub name: String,
    /// The user it is to act as; the caller when empty.
    pub user_id: String,
    /// What it may do; nothing if the request names no scope.
    pub scope: Option<Scope>,
    /// When it is to end.
    pub expiry: RawExpiry,
}

/// An API key that is yet to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyDraft {
    /// What it is for, in its owner's words.
    pub name: Name<255>,
    /// The user it acts as; nothing if it is the caller.
    pub user_id: Option<UserId>,
    /// What it may do.
    pub scope: Scope,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

impl ApiKeyDraft {
    /// Reads a key of a request; reports everything that is wrong at the fields `name`, `user_id`, `scope` and
    /// `expire_time` below `path`, and answers nothing then.
    pub fn read(
        raw: RawApiKey,
        now: DateTime<Utc>,
        path: &Path<'_>,
        violations: &mut Violations,
    ) -> Option<Self> {
        let RawApiKey {
            name,
            user_id,
            scope,
            expiry,
        } = raw;
        let name = Name::parse(name, &path.field("name"), violations);
        let user_id = match user_id.as_str() {
            "" => Some(None),
            id => UserId::parse_at(id, &path.field("user_id"), violations).map(Some),
        };
        if scope.is_none() {
            let options = Scope::ALL.map(|scope| scope.as_str().to_owned()).to_vec();
            let message = format!("a scope is needed: {}", options.join(", "));
            violations.add(
                &path.field("scope"),
                Problem::InvalidEnumValue { options },
                message,
            );
        }
        let expires_at = read_expiry(expiry, now, &path.field("expire_time"), violations);
        Some(Self {
            name: name?,
            user_id: user_id?,
            scope: scope?,
            expires_at: expires_at?,
        })
    }
}

/// The outer nothing is a violation, the inner one a key that does not end.
fn read_expiry(
    expiry: RawExpiry,
    now: DateTime<Utc>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> Option<Option<DateTime<Utc>>> {
    /// The last second of the year 9999, where protobuf's timestamps end.
    const LAST: i64 = 253_402_300_799;
    let RawExpiry::At { seconds, nanos } = expiry else {
        return Some(None);
    };
    let at = u32::try_from(nanos)
        .ok()
        .filter(|nanos| *nanos < 1_000_000_000)
        .and_then(|nanos| DateTime::from_timestamp(seconds, nanos))
        .filter(|_| seconds <= LAST)
        // As exact as the service tells times.
        .map(|at| at.trunc_subsecs(3));
    let Some(at) = at else {
        violations.add(path, Problem::InvalidDate, "no moment of the years up to 9999");
        return None;
    };
    if at <= now {
        violations.custom(path, "a key can only end in the future");
        return None;
    }
    Some(Some(at))
}

/// The secret of an API key. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeySecret(String);

impl ApiKeySecret {
    /// A secret made of random bytes. The prefix lets tools that look for leaked secrets know it.
    #[must_use]
    pub fn new(random: [u8; 32]) -> Self {
        let mut secret = String::from("people_");
        for byte in random {
            // Writing into a String cannot fail.
            let _ = write!(secret, "{byte:02x}");
        }
        Self(secret)
    }

    /// A secret that somebody chose or wrote down; nothing unless it is 16 to 255 visible ASCII characters: long
    /// enough not to be guessed, and fit for a header.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (16..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKeySecret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: RawApiKey) -> Result<ApiKeyDraft, Vec<String>> {
        let now = DateTime::from_timestamp(1000, 0).unwrap();
        let mut violations = Violations::default();
        let draft = ApiKeyDraft::read(raw, now, &Path::root("api_key"), &mut violations);
        let last = |one: &crate::Violation| format!("{:?}", one.path.last().unwrap());
        draft.ok_or_else(|| violations.kept().iter().map(last).collect())
    }

    fn raw(expiry: RawExpiry) -> RawApiKey {
        RawApiKey {
            name: " import ".to_owned(),
            user_id: String::new(),
            scope: Some(Scope::Read),
            expiry,
        }
    }

    #[test]
    fn a_key_ends_in_the_future_or_never() {
        assert_eq!(read(raw(RawExpiry::Never)).unwrap().expires_at, None);
        let at = |seconds, nanos| raw(RawExpiry::At { seconds, nanos });
        let end = DateTime::from_timestamp(1000, 1_000_000).unwrap();
        assert_eq!(read(at(1000, 1_999_999)).unwrap().expires_at, Some(end));
        assert!(read(at(253_402_300_799, 0)).is_ok());
        for (seconds, nanos) in [
            (1000, 0),
            (1000, 999_999),
            (999, 0),
            (2000, -1),
            (2000, 1_000_000_000),
            (253_402_300_800, 0),
            (i64::MAX, 0),
            (i64::MIN, 0),
        ] {
            assert_eq!(
                read(at(seconds, nanos)),
                Err(vec!["Field(\"expire_time\")".to_owned()])
            );
        }
    }

    #[test]
    fn a_key_tells_all_that_is_wrong_with_it() {
        let wrong = RawApiKey {
            name: " ".to_owned(),
            user_id: "usr_1".to_owned(),
            scope: None,
            expiry: RawExpiry::At { seconds: 1, nanos: 0 },
        };
        let fields = ["name", "user_id", "scope", "expire_time"].map(|name| format!("Field({name:?})"));
        assert_eq!(read(wrong), Err(fields.to_vec()));
    }

    #[test]
    fn a_scope_includes_the_ones_before_it() {
        assert!(Scope::Admin.allows(Scope::Read));
        assert!(Scope::Write.allows(Scope::Write));
        assert!(!Scope::Read.allows(Scope::Write));
    }

    #[test]
    fn a_secret_is_random_visible_and_not_shown_by_debug() {
        let secret = ApiKeySecret::new([0xa5; 32]);
        assert_eq!(secret.expose(), format!("people_{}", "a5".repeat(32)));
        assert_eq!(ApiKeySecret::parse(secret.expose()), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "ApiKeySecret(***)");
        for wrong in ["k".repeat(15), "k".repeat(256), "k k".repeat(8), "é".repeat(10)] {
            assert_eq!(ApiKeySecret::parse(&wrong), None, "{wrong}");
        }
    }
}
