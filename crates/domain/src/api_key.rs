//! API keys: what they may do, and their secrets.

use std::fmt::{self, Write as _};

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
        [Self::Read, Self::Write, Self::Admin]
            .into_iter()
            .find(|scope| scope.as_str() == name)
    }

    /// Whether a key of this scope may do what `needed` allows.
    #[must_use]
    pub fn allows(self, needed: Self) -> bool {
        self >= needed
    }
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
