//! Users of a workspace.

use chrono::{DateTime, Utc};

use crate::text::{check_length, check_nul};
use crate::{Name, NameKey, Path, Problem, UserId, Violations};

/// Somebody who works in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The name to show.
    pub full_name: String,
    /// The address, as it was given.
    pub email: String,
    /// When the user was deactivated, if ever: what refers to the user stays, and the user's keys have ended.
    pub deactivated_at: Option<DateTime<Utc>>,
}

impl User {
    /// Whether the user was never deactivated.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.deactivated_at.is_none()
    }
}

/// The most characters of an email address (RFC 5321).
const MAX_EMAIL: usize = 254;

/// The address of a user: up to 254 characters with text on both sides of an @, and no white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address of a request; reports what is wrong and answers nothing then. More is not asked of its form:
    /// only the mail system knows which addresses there are.
    pub fn parse(email: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        let short = check_length(email, MAX_EMAIL, path, violations);
        let clean = check_nul(email, path, violations);
        let email = email.trim();
        let has_sides = email
            .rsplit_once('@')
            .is_some_and(|(mailbox, host)| !mailbox.is_empty() && !host.is_empty());
        let formed = has_sides && !email.contains(char::is_whitespace);
        if !formed {
            let problem = Problem::InvalidString { validation: "email" };
            violations.add(path, problem, "an email address of the form name@host is needed");
        }
        (short && clean && formed).then(|| Self(email.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A user that is yet to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserDraft {
    /// The name to show.
    pub full_name: Name<1000>,
    /// The address, which no other user of the workspace may have.
    pub email: EmailAddress,
}

impl UserDraft {
    /// Reads a user of a request; reports everything that is wrong at the fields `full_name` and `email` below `path`,
    /// and answers nothing then.
    pub fn read(
        full_name: String,
        email: &str,
        path: &Path<'_>,
        violations: &mut Violations,
    ) -> Option<Self> {
        let full_name = Name::parse(full_name, &path.field("full_name"), violations);
        let email = EmailAddress::parse(email, &path.field("email"), violations);
        Some(Self {
            full_name: full_name?,
            email: email?,
        })
    }

    /// The user that the draft becomes.
    #[must_use]
    pub fn into_user(self, id: UserId) -> User {
        let Self {
            full_name,
            email: EmailAddress(email),
        } = self;
        User {
            id,
            full_name: full_name.as_str().to_owned(),
            email,
            deactivated_at: None,
        }
    }
}

/// An email address as it is compared: ignoring case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailKey(NameKey);

impl EmailKey {
    /// The key of an address.
    #[must_use]
    pub fn new(email: &str) -> Self {
        Self(NameKey::new(email))
    }

    /// The key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_an_at_with_text_around_it_and_no_white_space() {
        let longest = format!("{}@example.com", "x".repeat(242));
        for (email, good) in [
            ("jane@example.com", true),
            (" jane@example.com\t", true),
            ("jane@localhost", true),
            ("\"a@b\"@example.com", true),
            ("jané@exämple.com", true),
            (longest.as_str(), true),
            (&format!("x{longest}"), false),
            ("", false),
            ("jane", false),
            ("@example.com", false),
            ("jane@", false),
            ("ja ne@example.com", false),
            ("jane@exam\u{a0}ple.com", false),
            ("jane\0@example.com", false),
        ] {
            let mut violations = Violations::default();
            let read = EmailAddress::parse(email, &Path::root("email"), &mut violations);
            assert_eq!(read.is_some(), good, "{email}");
            assert_eq!(violations.total(), usize::from(!good), "{email}");
            if let Some(read) = read {
                assert_eq!(read.as_str(), email.trim());
            }
        }
    }

    #[test]
    fn a_draft_tells_all_that_is_wrong_with_it() {
        let mut violations = Violations::default();
        let path = Path::root("user");
        assert!(UserDraft::read("x".repeat(1001), "jane", &path, &mut violations).is_none());
        let paths: Vec<_> = violations.kept().iter().map(|one| one.path.clone()).collect();
        assert_eq!(
            paths,
            [
                path.field("full_name").to_segments(),
                path.field("email").to_segments()
            ]
        );
    }
}
