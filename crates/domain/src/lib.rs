//! The rules of the people service: what a record is, what its parts may be, and what is wrong with a request that
//! breaks a rule. Nothing here does IO, reads a clock or makes an id: those come in as arguments.

mod api_key;
mod change;
mod company;
mod custom_field;
mod custom_value;
mod date;
mod decimal;
mod definitions;
mod filter;
mod group;
mod id;
mod interaction;
mod name_key;
mod person;
mod person_change;
mod person_draft;
mod person_field;
mod reference;
mod text;
mod user;
mod violation;

pub use api_key::{ApiKeySecret, Scope};
pub use change::Operation;
pub use company::{CompanyName, CompanyRef};
pub use custom_field::{CustomField, FieldSet, FieldType, NumericFormat, SelectOption, SelectOptions};
pub use custom_value::{CustomValue, RawReference, RawValue};
pub use date::Date;
pub use decimal::Decimal;
pub use definitions::{Definitions, Deprecations};
pub use filter::{
    Combinator, Condition, Filter, FilterFields, Moment, Operator, OrderTest, RawCondition, RawFilter,
    RawOperand, SetTest, Subject, Test, TextTest,
};
pub use group::{Group, ObjectType};
pub use id::{
    ApiKeyId, CompanyId, CustomFieldId, GroupId, InteractionId, ObjectId, ObjectTypeId, OptionId,
    ParseIdError, PersonId, UserId, WorkspaceId,
};
pub use interaction::{InteractionDraft, InteractionSummary, InteractionType, UserInteractions};
pub use name_key::NameKey;
pub use person::{FullName, Membership, Person, PersonProfile, PersonView};
pub use person_change::{PersonChange, RawEntries};
pub use person_draft::{Judging, PersonDraft, RawCompany, RawGroupValues, RawPerson};
pub use person_field::PersonField;
pub use reference::{Contact, EntityType, PlacedReference, RecordName, RecordNames, ReferenceTarget};
pub use text::{Text, TextList};
pub use user::{EmailKey, User};
pub use violation::{Path, Problem, Segment, Unit, Violation, Violations};
