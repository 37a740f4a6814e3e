//! Companies as they are stored and shown, and as people name them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    CompanyId, ContactDetails, Date, Decimal, EmployeeRange, FoundationYear, Membership, Name, NameKey, Path,
    RecordNames, Text, UserId, Violations,
};

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

/// The plain fields of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyProfile {
    /// The name, unique in the workspace by its [`NameKey`].
    pub name: Name<1000>,
    /// A short description.
    pub description: Text<5000>,
    /// How much money it has raised.
    pub funding_raised: Option<Decimal>,
    /// When it last raised money.
    pub last_funding_date: Option<Date>,
    /// What it does; empty when unknown.
    pub industry: Text<1000>,
    /// When it was founded.
    pub foundation_year: Option<FoundationYear>,
    /// How many people work for it.
    pub employee_range: Option<EmployeeRange>,
    /// How to reach the company.
    pub contact: ContactDetails,
}

/// A company, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// The company's id.
    pub id: CompanyId,
    /// The plain fields.
    pub profile: CompanyProfile,
    /// The groups and their values, in the order they were given.
    pub memberships: Vec<Membership>,
    /// When the company was made.
    pub created_at: DateTime<Utc>,
    /// Whose key made it.
    pub created_by: UserId,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Grows with every change.
    pub version: i64,
}

/// A company with what is needed to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyView {
    /// The company.
    pub company: Company,
    /// The names of the records in contact and object fields.
    pub names: RecordNames,
}

impl CompanyView {
    /// Every record of which something shows when the company is shown: its own, and those that it names.
    pub fn shown_records(&self) -> impl Iterator<Item = Uuid> + '_ {
        std::iter::once(self.company.id.uuid()).chain(self.names.keys().copied())
    }
}
