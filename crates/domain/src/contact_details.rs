//! How to reach a person or a company.

use crate::{Path, TextList, Violations};

/// How to reach a person or a company: lists whose first entry is the primary one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactDetails {
    /// Postal addresses.
    pub addresses: TextList<500>,
    /// Email addresses; the most that an address can have is 254 characters (RFC 5321).
    pub emails: TextList<254>,
    /// Phone numbers.
    pub phones: TextList<30>,
    /// Web addresses.
    pub urls: TextList<2048>,
}

impl ContactDetails {
    /// These without the entries of others.
    #[must_use]
    pub fn without(self, others: &Self) -> Self {
        let Self {
            addresses,
            emails,
            phones,
            urls,
        } = self;
        Self {
            addresses: addresses.without(&others.addresses),
            emails: emails.without(&others.emails),
            phones: phones.without(&others.phones),
            urls: urls.without(&others.urls),
        }
    }

    /// These and behind them the entries of others that they lack; reports lists that become too long.
    #[must_use]
    pub fn with(self, others: Self, path: &Path<'_>, violations: &mut Violations) -> Self {
        let Self {
            addresses,
            emails,
            phones,
            urls,
        } = self;
        Self {
            addresses: addresses.with(others.addresses, &path.field("addresses"), violations),
            emails: emails.with(others.emails, &path.field("emails"), violations),
            phones: phones.with(others.phones, &path.field("phones"), violations),
            urls: urls.with(others.urls, &path.field("urls"), violations),
        }
    }
}
