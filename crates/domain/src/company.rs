//! Companies, as far as people name them.

use crate::{CompanyId, Name, NameKey, Path, Violations};

/// The name by which a person's company is found or made: up to 500 characters, not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyName(Name<500>);

impl CompanyName {
    /// Reads a name of a request; reports what is wrong and answers nothing then.
    pub fn parse(name: String, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        Name::parse(name, path, violations).map(Self)
    }

    /// The name, without white space around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The form in which it is compared with other names.
    #[must_use]
    pub fn key(&self) -> NameKey {
        NameKey::new(self.as_str())
    }
}

/// How a request names a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanyRef {
    /// One that exists.
    Id(CompanyId),
    /// The one of this name, made if there is none.
    Name(CompanyName),
}
