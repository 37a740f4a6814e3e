//! The values of custom fields: what a request may send for each type of field.

use std::hash::Hash;

use crate::text::{check_entries, check_length, check_nul};
use crate::{
    Contact, CustomField, Date, Decimal, Definitions, Deprecations, FieldType, ObjectId, ObjectTypeId,
    OptionId, Path, PersonId, PlacedReference, Problem, ReferenceTarget, SelectOptions, UserId, Violations,
};

/// The most characters of a text value.
const MAX_TEXT: usize = 5000;
/// The most entries of a list value.
const MAX_ENTRIES: usize = 1000;

/// A value that a field of its type may have; never an empty one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomValue {
    /// Of a text or magic field.
    Text(String),
    /// Of a numeric field.
    Number(Decimal),
    /// Of a date field.
    Date(Date),
    /// Of a single select.
    Option(OptionId),
    /// Of a multiple select, as given.
    Options(Vec<OptionId>),
    /// Of a contact field.
    Contacts(Vec<Contact>),
    /// Of a user field.
    Users(Vec<UserId>),
    /// Of an object field.
    Objects(Vec<ObjectId>),
}

/// A value as a request sends it, by its form alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawValue {
    /// Unsets the field.
    Null,
    /// A text.
    Text(String),
    /// The text of a number.
    Number(String),
    /// A date by its parts.
    Date {
        /// The year.
        year: u32,
        /// The month.
        month: u32,
        /// The day.
        day: u32,
    },
    /// A list of texts.
    Texts(Vec<String>),
    /// A list of references.
    References(Vec<RawReference>),
    /// Something that no type takes, by the name of its form.
    Other(String),
    /// No value was sent, not even null.
    Unset,
}

/// A reference as a request sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawReference {
    /// By id.
    Id(String),
    /// By a user's email.
    Email(String),
    /// Neither was sent.
    Unset,
}

impl RawValue {
    fn form(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Text(_) => "string",
            Self::Number(_) => "number",
            Self::Date { .. } => "date",
            Self::Texts(_) | Self::References(_) => "array",
            Self::Other(form) => form,
            Self::Unset => "undefined",
        }
    }

    fn unsets(&self, field_type: &FieldType) -> bool {
        match self {
            Self::Null => true,
            Self::Texts(texts) => texts.is_empty(),
            Self::References(references) => references.is_empty(),
            Self::Text(text) => {
                matches!(field_type, FieldType::Text | FieldType::Magic) && text.trim().is_empty()
            }
            Self::Number(_) | Self::Date { .. } | Self::Other(_) | Self::Unset => false,
        }
    }
}

/// Where values are read: what is known, and where to report.
pub(crate) struct Reading<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) deprecations: &'a mut Deprecations,
    pub(crate) violations: &'a mut Violations,
    pub(crate) references: &'a mut Vec<PlacedReference>,
}

impl Reading<'_> {
    /// Reads the value of a field; nothing if it unsets the field or breaks a rule.
    pub(crate) fn value(
        &mut self,
        field: &CustomField,
        raw: RawValue,
        path: &Path<'_>,
    ) -> Option<CustomValue> {
        let field_type = &field.field_type;
        if raw.unsets(field_type) {
            // What was sent counts, so a blank text must keep the limits all the same.
            if let RawValue::Text(text) = &raw {
                check_length(text, MAX_TEXT, path, self.violations);
            }
            return None;
        }
        match (field_type, raw) {
            (FieldType::Text | FieldType::Magic, RawValue::Text(text)) => self.text(&text, path),
            (FieldType::Numeric { .. }, RawValue::Number(text)) => {
                Decimal::parse_number(&text, path, self.violations).map(CustomValue::Number)
            }
            (FieldType::Numeric { .. }, RawValue::Text(text)) => {
                Decimal::parse_text(&text, path, self.violations).map(CustomValue::Number)
            }
            (FieldType::Date, RawValue::Text(text)) => {
                Date::parse_iso(&text, path, self.violations).map(CustomValue::Date)
            }
            (FieldType::Date, RawValue::Date { year, month, day }) => {
                Date::parse_ymd(year, month, day, path, self.violations).map(CustomValue::Date)
            }
            (FieldType::SingleSelect(options), RawValue::Text(label)) => self
                .option(&field.name, options, &label, path)
                .map(CustomValue::Option),
            (FieldType::MultipleSelect(options), RawValue::Texts(labels)) => {
                let read = |reading: &mut Self, label: String, path: &Path<'_>| {
                    reading.option(&field.name, options, &label, path)
                };
                Some(CustomValue::Options(self.each(labels, path, read)))
            }
            (FieldType::Contact, RawValue::References(references)) => {
                Some(CustomValue::Contacts(self.each(references, path, Self::contact)))
            }
            (FieldType::User, RawValue::References(references)) => {
                Some(CustomValue::Users(self.each(references, path, Self::user)))
            }
            (FieldType::Object(object_type), RawValue::References(references)) => {
                let read = |reading: &mut Self, reference: RawReference, path: &Path<'_>| {
                    reading.object(*object_type, reference, path)
                };
                Some(CustomValue::Objects(self.each(references, path, read)))
            }
            (
                FieldType::Text
                | FieldType::Magic
                | FieldType::Numeric { .. }
                | FieldType::Date
                | FieldType::SingleSelect(_)
                | FieldType::MultipleSelect(_)
                | FieldType::Contact
                | FieldType::User
                | FieldType::Object(_),
                raw,
            ) => {
                self.wrong_form(field_type, &raw, path);
                None
            }
        }
    }

    fn text(&mut self, text: &str, path: &Path<'_>) -> Option<CustomValue> {
        let short = check_length(text, MAX_TEXT, path, self.violations);
        let clean = check_nul(text, path, self.violations);
        (short && clean).then(|| CustomValue::Text(text.trim().to_owned()))
    }

    /// Reads the entries of a list; what resolves to the same twice counts once, at its first place.
    fn each<Raw, Value: Copy + Eq + Hash>(
        &mut self,
        raw: Vec<Raw>,
        path: &Path<'_>,
        mut read: impl FnMut(&mut Self, Raw, &Path<'_>) -> Option<Value>,
    ) -> Vec<Value> {
        check_entries(raw.len(), MAX_ENTRIES, path, self.violations);
        let mut seen = std::collections::HashSet::new();
        let mut values = Vec::new();
        for (index, raw) in raw.into_iter().enumerate() {
            if let Some(value) = read(self, raw, &path.index(index)).filter(|value| seen.insert(*value)) {
                values.push(value);
            }
        }
        values
    }

    fn option(
        &mut self,
        field: &str,
        options: &SelectOptions,
        label: &str,
        path: &Path<'_>,
    ) -> Option<OptionId> {
        find_option(field, options, label, path, self.deprecations, self.violations)
    }

    fn contact(&mut self, reference: RawReference, path: &Path<'_>) -> Option<Contact> {
        let id = self.id_of(reference, path)?;
        let path = path.field("id");
        let (contact, target) = if let Ok(id) = crate::CompanyId::parse(&id) {
            (Contact::Company(id), ReferenceTarget::Company(id))
        } else {
            let id = PersonId::parse_at(&id, &path, self.violations)?;
            (Contact::Person(id), ReferenceTarget::Person(id))
        };
        self.references.push(PlacedReference {
            path: path.to_segments(),
            target,
        });
        Some(contact)
    }

    fn object(
        &mut self,
        object_type: ObjectTypeId,
        reference: RawReference,
        path: &Path<'_>,
    ) -> Option<ObjectId> {
        let id = self.id_of(reference, path)?;
        let path = path.field("id");
        let id = ObjectId::parse_at(&id, &path, self.violations)?;
        let target = ReferenceTarget::Object(id, object_type);
        self.references.push(PlacedReference {
            path: path.to_segments(),
            target,
        });
        Some(id)
    }

    fn user(&mut self, reference: RawReference, path: &Path<'_>) -> Option<UserId> {
        match reference {
            RawReference::Id(id) => {
                let path = path.field("id");
                let id = UserId::parse_at(&id, &path, self.violations)?;
                if self.definitions.user(id).is_none() {
                    self.violations.custom(&path, "no such user in the workspace");
                    return None;
                }
                Some(id)
            }
            RawReference::Email(email) => {
                let user = self.definitions.user_by_email(&email).map(|user| user.id);
                if user.is_none() {
                    self.violations
                        .custom(&path.field("email"), "no user of the workspace has this email");
                }
                user
            }
            RawReference::Unset => {
                self.violations
                    .add(path, Problem::InvalidUnion, "either id or email is needed");
                None
            }
        }
    }

    /// The id of a reference that only an id can make.
    fn id_of(&mut self, reference: RawReference, path: &Path<'_>) -> Option<String> {
        match reference {
            RawReference::Id(id) => Some(id),
            RawReference::Email(_) => {
                self.violations.custom(
                    &path.field("email"),
                    "only users are referred to by email; an id is needed",
                );
                None
            }
            RawReference::Unset => {
                let problem = Problem::InvalidType {
                    expected: "string",
                    received: "undefined".to_owned(),
                };
                self.violations.add(&path.field("id"), problem, "an id is needed");
                None
            }
        }
    }

    fn wrong_form(&mut self, field_type: &FieldType, raw: &RawValue, path: &Path<'_>) {
        let (expected, takes) = match field_type {
            FieldType::Text | FieldType::Magic => ("string", "a text of at most 5,000 characters".to_owned()),
            FieldType::Numeric { .. } => (
                "number",
                "a finite number or a text of the form -?digits(.digits)?".to_owned(),
            ),
            FieldType::Date => ("date", "a date of the form YYYY-MM-DD".to_owned()),
            FieldType::SingleSelect(options) => (
                "string",
                format!("the label of an option: {}", options.labels().join(", ")),
            ),
            FieldType::MultipleSelect(options) => (
                "array",
                format!("a list of labels of options: {}", options.labels().join(", ")),
            ),
            FieldType::Contact => ("array", "a list of people and companies, each {id}".to_owned()),
            FieldType::User => ("array", "a list of users, each {id} or {email}".to_owned()),
            FieldType::Object(_) => ("array", "a list of objects, each {id}".to_owned()),
        };
        let problem = Problem::InvalidType {
            expected,
            received: raw.form().to_owned(),
        };
        self.violations.add(
            path,
            problem,
            format!("a {} takes {takes}, or null to unset it", field_type.as_str()),
        );
    }
}

/// The option of this label; reports if the field has none.
pub(crate) fn find_option(
    field: &str,
    options: &SelectOptions,
    label: &str,
    path: &Path<'_>,
    deprecations: &mut Deprecations,
    violations: &mut Violations,
) -> Option<OptionId> {
    let Some((option, former)) = options.find(label) else {
        let options = options.labels();
        let message = format!("no such option; those of the field are: {}", options.join(", "));
        violations.add(path, Problem::InvalidEnumValue { options }, message);
        return None;
    };
    if former {
        let current = &option.label;
        deprecations.add(format!(
            "Option \"{label}\" of field \"{field}\" is now called \"{current}\"."
        ));
    }
    Some(option.id)
}
