//! The rules of the people service: what a record is, what its parts may be, and what is wrong with a request that
//! breaks a rule. Nothing here does IO, reads a clock or makes an id: those come in as arguments.

mod api_key;
mod change;
mod company;
mod company_draft;
mod company_facts;
mod contact_details;
mod custom_field;
mod custom_field_draft;
mod custom_value;
mod date;
mod deal;
mod decimal;
mod definitions;
mod draft;
mod field_kind;
mod filter;
mod group;
mod group_values;
mod id;
mod interaction;
mod membership;
mod name;
mod name_key;
mod numeric_display;
mod option_draft;
mod person;
mod person_change;
mod person_draft;
mod record_field;
mod reference;
mod text;
mod user;
mod violation;
mod workspace;

pub use api_key::{ApiKeyDraft, ApiKeySecret, RawApiKey, RawExpiry, Scope};
pub use change::Operation;
pub use company::{Company, CompanyName, CompanyProfile, CompanyRef, CompanyView};
pub use company_draft::{CompanyChange, CompanyDraft, RawCompanyEntries, RawCompanyRecord};
pub use company_facts::{EmployeeRange, FoundationYear};
pub use contact_details::ContactDetails;
pub use custom_field::{CustomField, FieldSet, FieldType, NumericFormat, SelectOption, SelectOptions};
pub use custom_field_draft::{
    CustomFieldDraft, CustomFieldPatch, FieldName, FieldTypeDraft, RawCustomField, RawCustomFieldPatch,
};
pub use custom_value::{CustomValue, RawReference, RawValue};
pub use date::Date;
pub use deal::{Deal, DealChange, DealDraft, DealPlace, DealProfile, DealView, RawDeal};
pub use decimal::Decimal;
pub use definitions::{DefinedField, Definitions, Deprecations};
pub use draft::Draft;
pub use field_kind::FieldKind;
pub use filter::{
    Combinator, Condition, Filter, FilterFields, Moment, Operator, OrderTest, RawCondition, RawFilter,
    RawOperand, SetTest, Subject, Test, TextTest,
};
pub use group::{FieldOwner, Group, GroupName, ObjectType};
pub use group_values::{Judging, RawGroupValues};
pub use id::{
    ApiKeyId, CompanyId, CustomFieldId, GroupId, InteractionId, ObjectId, ObjectTypeId, OptionId,
    ParseIdError, PersonId, UserId, WorkspaceId,
};
pub use interaction::{InteractionDraft, InteractionSummary, InteractionType, UserInteractions};
pub use membership::{Member, Membership};
pub use name::Name;
pub use name_key::NameKey;
pub use numeric_display::{NumericDisplay, RawNumericDisplay};
pub use option_draft::{OptionDraft, OptionsChange, RawSelectOption};
pub use person::{FullName, Person, PersonProfile, PersonView};
pub use person_change::{PersonChange, RawEntries};
pub use person_draft::{PersonDraft, RawCompany, RawPerson};
pub use record_field::{CompanyField, DealField, PersonField};
pub use reference::{Contact, EntityType, PlacedReference, RecordName, RecordNames, ReferenceTarget};
pub use text::{Text, TextList};
pub use user::{EmailAddress, EmailKey, User, UserDraft};
pub use violation::{Path, Problem, Segment, Unit, Violation, Violations};
pub use workspace::WorkspaceName;
