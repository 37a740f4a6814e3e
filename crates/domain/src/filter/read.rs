//! Reading conditions as a request sends them.

use chrono::{DateTime, Days, NaiveTime, SubsecRound as _, TimeDelta, Utc};
use uuid::Uuid;

use super::fields::{Choice, CustomFields, Kind};
use super::{
    Combinator, Condition, Filter, FilterFields, Moment, Operator, OrderTest, SetTest, Subject, Test,
    TextTest,
};
use crate::text::check_nul;
use crate::{
    CustomField, Date, Decimal, FieldSet, GroupId, Judging, OptionId, Path, Problem, SelectOptions, Unit,
    UserId,
};

/// The most conditions of a filter.
const MAX_CONDITIONS: usize = 100;

/// What custom fields are called among the fields of a record.
const CUSTOM: &str = "custom_field_values";

/// A filter as a request sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawFilter {
    /// How the conditions are joined.
    pub combinator: Combinator,
    /// The conditions.
    pub conditions: Vec<RawCondition>,
}

/// A condition as a request sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawCondition {
    /// The name of the field, or `custom_field_values`.
    pub field: String,
    /// The id of the group whose custom field it is.
    pub group_id: String,
    /// The name of the custom field.
    pub custom_field: String,
    /// The operator, if one was sent.
    pub operator: Option<Operator>,
    /// What to compare with.
    pub operands: Vec<RawOperand>,
}

/// What to compare with, as a request sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawOperand {
    /// A text, a number, a date, a time or a label.
    Text(String),
    /// A record's id.
    Id(String),
    /// A user's email.
    Email(String),
    /// Nothing was sent.
    Unset,
}

impl Filter {
    /// Reads a filter; reports everything that is wrong.
    pub fn read(
        raw: RawFilter,
        fields: &FilterFields<'_>,
        path: &Path<'_>,
        judging: &mut Judging<'_>,
    ) -> Self {
        let RawFilter {
            combinator,
            conditions,
        } = raw;
        let path = path.field("conditions");
        crate::text::check_entries(conditions.len(), MAX_CONDITIONS, &path, judging.violations);
        let conditions = conditions.into_iter().take(MAX_CONDITIONS).enumerate();
        Self {
            combinator,
            conditions: conditions
                .filter_map(|(index, raw)| read_condition(raw, fields, &path.index(index), judging))
                .collect(),
        }
    }
}

fn read_condition(
    raw: RawCondition,
    fields: &FilterFields<'_>,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) -> Option<Condition> {
    let (subject, kind, name) = find_field(&raw, fields, path, judging)?;
    let operator = read_operator(raw.operator, kind, &name, path, judging)?;
    let operands = read_operands(raw.operands, operator, &path.field("operands"), judging)?;
    let (operator, negated) = operator.positive();
    let mut operands = Operands {
        path: path.field("operands"),
        values: operands,
        judging,
    };
    let test = match kind {
        Kind::Text => Test::Text(operands.text(operator)?),
        Kind::Texts => Test::AnyText(operands.text(operator)?),
        Kind::Emails => Test::AnyEmail(operands.text(operator)?),
        Kind::Number => Test::Number(operands.order(operator, |text, path, judging| {
            Decimal::parse_text(text, path, judging.violations)
        })?),
        Kind::Date => Test::Date(operands.order(operator, |text, path, judging| {
            Date::parse_iso(text, path, judging.violations)
        })?),
        Kind::Time => Test::Time(operands.order(operator, Moment::parse)?),
        Kind::Options(field) => Test::Options(operands.set(operator, |operand, path, judging| {
            option(operand, field, path, judging)
        })?),
        Kind::Links(prefixes) => Test::Links(operands.set(operator, |operand, path, judging| {
            link(operand, prefixes, path, judging)
        })?),
        Kind::Choice(choice) => Test::Choice(operands.set(operator, |operand, path, judging| {
            choose(operand, choice, path, judging)
        })?),
        Kind::Users | Kind::Creator => Test::Links(operands.set(operator, user)?),
    };
    Some(Condition {
        subject,
        test,
        negated,
    })
}

/// The field that a condition names, what it holds, and how to call it.
fn find_field<'d, 'j: 'd>(
    raw: &RawCondition,
    fields: &FilterFields<'d>,
    path: &Path<'_>,
    judging: &mut Judging<'j>,
) -> Option<(Subject, Kind<'d>, String)> {
    if raw.field != CUSTOM {
        if let Some((name, kind)) = fields.plain.iter().find(|(name, _)| *name == raw.field) {
            return Some((Subject::Field(name), *kind, (*name).to_owned()));
        }
        let mut options: Vec<_> = fields.plain.iter().map(|(name, _)| (*name).to_owned()).collect();
        options.push(CUSTOM.to_owned());
        let message = format!(
            "no such field: {:?}; there are: {}",
            raw.field,
            options.join(", ")
        );
        judging.violations.add(
            &path.field("field"),
            Problem::InvalidEnumValue { options },
            message,
        );
        return None;
    }
    let (group_id, set) = match &fields.custom {
        CustomFields::Own(set) => (None, *set),
        CustomFields::OfGroups(member) => {
            let path = path.field("group_id");
            let id = GroupId::parse_at(&raw.group_id, &path, judging.violations)?;
            let Some(group) = judging.definitions.group(id) else {
                judging.violations.custom(&path, "no such group in the workspace");
                return None;
            };
            (Some(id), member.fields(group))
        }
    };
    let field = find_custom_field(&raw.custom_field, set, path, judging)?;
    Some((
        Subject::Custom(group_id, field.id),
        Kind::of_custom(field),
        field.name.clone(),
    ))
}

fn find_custom_field<'d>(
    name: &str,
    set: &'d FieldSet,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) -> Option<&'d CustomField> {
    let Some((field, former)) = set.find(name) else {
        let options: Vec<_> = set.as_slice().iter().map(|field| field.name.clone()).collect();
        let message = format!(
            "no such custom field: {name:?}; there are: {}",
            options.join(", ")
        );
        judging.violations.add(
            &path.field("custom_field"),
            Problem::InvalidEnumValue { options },
            message,
        );
        return None;
    };
    if former {
        judging
            .deprecations
            .add(format!("Field \"{name}\" is now called \"{}\".", field.name));
    }
    Some(field)
}

fn read_operator(
    operator: Option<Operator>,
    kind: Kind<'_>,
    name: &str,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) -> Option<Operator> {
    let known = kind.operators();
    if let Some(operator) = operator.filter(|operator| known.contains(operator)) {
        return Some(operator);
    }
    let options: Vec<_> = known
        .iter()
        .map(|operator| operator.as_str().to_owned())
        .collect();
    let asked = operator.map_or("none", Operator::as_str);
    let message = format!(
        "the field {name} has no operator {asked}; it has: {}",
        options.join(", ")
    );
    judging.violations.add(
        &path.field("operator"),
        Problem::InvalidEnumValue { options },
        message,
    );
    None
}

fn read_operands(
    operands: Vec<RawOperand>,
    operator: Operator,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) -> Option<Vec<RawOperand>> {
    let (least, most) = operator.operands();
    let count = operands.len();
    let bound = |entries: usize| i64::try_from(entries).unwrap_or(i64::MAX);
    let exact = least == most;
    let problem = if count < least {
        Problem::TooSmall {
            unit: Unit::Entries,
            minimum: bound(least),
            exact,
        }
    } else if count > most {
        Problem::TooBig {
            unit: Unit::Entries,
            maximum: bound(most),
            exact,
        }
    } else {
        return Some(operands);
    };
    let takes = match (least, most) {
        (0, _) => "no value".to_owned(),
        (1, 1) => "one value".to_owned(),
        (least, most) => format!("{least} to {most} values"),
    };
    let message = format!("{} takes {takes}", operator.as_str());
    judging.violations.add(path, problem, message);
    None
}

/// The values of a condition that fit its operator in number.
struct Operands<'a, 'j> {
    path: Path<'a>,
    values: Vec<RawOperand>,
    judging: &'a mut Judging<'j>,
}

impl Operands<'_, '_> {
    fn text(&mut self, operator: Operator) -> Option<TextTest> {
        let text = self.values.pop().map(|operand| {
            let path = self.path.index(0);
            let text = text_of(operand, &path, self.judging)?;
            check_nul(&text, &path, self.judging.violations).then_some(text)
        });
        match (operator, text) {
            (Operator::Like, Some(text)) => text.map(TextTest::Contains),
            (_, Some(text)) => text.map(TextTest::Equals),
            (_, None) => Some(TextTest::Empty),
        }
    }

    fn order<T>(
        &mut self,
        operator: Operator,
        parse: impl FnOnce(&str, &Path<'_>, &mut Judging<'_>) -> Option<T>,
    ) -> Option<OrderTest<T>> {
        let Some(operand) = self.values.pop() else {
            return Some(OrderTest::Empty);
        };
        let path = self.path.index(0);
        let text = text_of(operand, &path, self.judging)?;
        let value = parse(&text, &path, self.judging)?;
        Some(match operator {
            Operator::Gt => OrderTest::Greater(value),
            Operator::Lt => OrderTest::Less(value),
            Operator::Eq
            | Operator::NotEq
            | Operator::Like
            | Operator::NotLike
            | Operator::In
            | Operator::NotIn
            | Operator::All
            | Operator::Empty
            | Operator::NotEmpty => OrderTest::Equals(value),
        })
    }

    /// What `read` answers nothing for is left out: it names nothing that there is.
    fn set<T>(
        &mut self,
        operator: Operator,
        read: impl Fn(RawOperand, &Path<'_>, &mut Judging<'_>) -> Option<T>,
    ) -> Option<SetTest<T>> {
        let operands = std::mem::take(&mut self.values);
        if operands.is_empty() {
            return Some(SetTest::Empty);
        }
        let before = self.judging.violations.total();
        let asked = operands.len();
        let mut values = Vec::with_capacity(asked);
        for (index, operand) in operands.into_iter().enumerate() {
            values.extend(read(operand, &self.path.index(index), self.judging));
        }
        if self.judging.violations.total() > before {
            return None;
        }
        Some(match operator {
            // One that there is not cannot be among a record's.
            Operator::All if values.len() < asked => SetTest::AnyOf(Vec::new()),
            Operator::All => SetTest::AllOf(values),
            Operator::Eq
            | Operator::NotEq
            | Operator::Like
            | Operator::NotLike
            | Operator::Gt
            | Operator::Lt
            | Operator::In
            | Operator::NotIn
            | Operator::Empty
            | Operator::NotEmpty => SetTest::AnyOf(values),
        })
    }
}

fn text_of(operand: RawOperand, path: &Path<'_>, judging: &mut Judging<'_>) -> Option<String> {
    let (field, message) = match operand {
        RawOperand::Text(text) => return Some(text),
        RawOperand::Id(_) => ("id", "a plain value is needed here, no id"),
        RawOperand::Email(_) => ("email", "a plain value is needed here, no email"),
        RawOperand::Unset => ("text", "a value is needed"),
    };
    judging.violations.custom(&path.field(field), message);
    None
}

fn option(
    operand: RawOperand,
    field: &CustomField,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) -> Option<OptionId> {
    let label = text_of(operand, path, judging)?;
    let none = SelectOptions::default();
    crate::custom_value::find_option(
        &field.name,
        field.field_type.options().unwrap_or(&none),
        &label,
        path,
        judging.deprecations,
        judging.violations,
    )
}

fn link(operand: RawOperand, prefixes: &[&str], path: &Path<'_>, judging: &mut Judging<'_>) -> Option<Uuid> {
    let RawOperand::Id(id) = operand else {
        judging.violations.custom(path, "an id is needed here");
        return None;
    };
    let found = crate::id::parse_any(prefixes, &id);
    if found.is_none() {
        let forms: Vec<_> = prefixes
            .iter()
            .map(|prefix| format!("{prefix}<lower-case uuid>"))
            .collect();
        let message = format!("an id of the form {} is needed", forms.join(" or "));
        judging.violations.custom(&path.field("id"), message);
    }
    found
}

fn choose(
    operand: RawOperand,
    choice: &Choice,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) -> Option<String> {
    let text = text_of(operand, path, judging)?;
    if (choice.holds)(&text) {
        return Some(text);
    }
    let message = format!("there is no {text:?} here; what there is: {}", choice.takes);
    judging.violations.custom(path, message);
    None
}

fn user(operand: RawOperand, path: &Path<'_>, judging: &mut Judging<'_>) -> Option<Uuid> {
    match operand {
        RawOperand::Id(_) => link(operand, &[UserId::PREFIX], path, judging),
        RawOperand::Email(email) => judging
            .definitions
            .user_by_email(&email)
            .map(|user| user.id.uuid()),
        RawOperand::Text(_) | RawOperand::Unset => {
            judging
                .violations
                .custom(path, "the id or the email of a user is needed here");
            None
        }
    }
}

impl Moment {
    /// Reads a time in the form of RFC 3339, or a date, which stands for its day in UTC.
    fn parse(text: &str, path: &Path<'_>, judging: &mut Judging<'_>) -> Option<Self> {
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            let begin = time.with_timezone(&Utc).trunc_subsecs(3);
            let end = begin.checked_add_signed(TimeDelta::milliseconds(1))?;
            return Some(Self { begin, end });
        }
        let day = Date::from_stored(text).map(Date::naive).and_then(|date| {
            let begin = date.and_time(NaiveTime::MIN).and_utc();
            Some(Self {
                begin,
                end: begin.checked_add_days(Days::new(1))?,
            })
        });
        if day.is_none() {
            let message =
                "a date of the form YYYY-MM-DD or a time such as 2021-01-01T00:00:00.000Z is needed";
            judging.violations.add(path, Problem::InvalidDate, message);
        }
        day
    }
}
