//! Which records of a list are wanted: conditions on fields, joined. Read once, against the definitions; what is left
//! is typed, and only has to be asked of the database.

mod fields;
mod operator;
mod read;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{CustomFieldId, Date, Decimal, GroupId, OptionId};

pub use fields::FilterFields;
pub use operator::Operator;
pub use read::{RawCondition, RawFilter, RawOperand};

/// How conditions are joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Combinator {
    /// Every condition holds.
    #[default]
    And,
    /// At least one condition holds.
    Or,
}

/// Which records are wanted; without conditions it is all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// How the conditions are joined.
    pub combinator: Combinator,
    /// The conditions.
    pub conditions: Vec<Condition>,
}

/// A test of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What is looked at.
    pub subject: Subject,
    /// What must hold of it.
    pub test: Test,
    /// Whether the opposite must hold. It does of a record without a value.
    pub negated: bool,
}

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A field of the record itself, by name.
    Field(&'static str),
    /// A custom field, of a group or of the record's own.
    Custom(Option<GroupId>, CustomFieldId),
}

/// What must hold of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Of a text.
    Text(TextTest),
    /// Of any entry of a list of texts.
    AnyText(TextTest),
    /// Of any entry of a list of emails, which are compared without regard to case.
    AnyEmail(TextTest),
    /// Of a number.
    Number(OrderTest<Decimal>),
    /// Of a date.
    Date(OrderTest<Date>),
    /// Of a moment.
    Time(OrderTest<Moment>),
    /// Of a value that is one of some texts.
    Choice(SetTest<String>),
    /// Of the chosen options of a custom field.
    Options(SetTest<OptionId>),
    /// Of the records that are linked to, by their UUID.
    Links(SetTest<Uuid>),
}

/// What must hold of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTest {
    /// It is just this.
    Equals(String),
    /// It contains this, ignoring case.
    Contains(String),
    /// It is empty.
    Empty,
}

/// What must hold of a value that has an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderTest<T> {
    /// It is just this.
    Equals(T),
    /// It is more, or later.
    Greater(T),
    /// It is less, or earlier.
    Less(T),
    /// There is none.
    Empty,
}

/// What must hold of a set of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetTest<T> {
    /// It has one of these.
    AnyOf(Vec<T>),
    /// It has all of these.
    AllOf(Vec<T>),
    /// It has none at all.
    Empty,
}

/// A point in time, or a whole day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When it begins.
    pub begin: DateTime<Utc>,
    /// When it is over: later than any moment in it. Times are kept to the millisecond.
    pub end: DateTime<Utc>,
}
