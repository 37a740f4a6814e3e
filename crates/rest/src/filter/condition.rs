//! One condition, as the caller wrote it.

use proto::v1::Operator;
use proto::v1::operand::Kind;

use super::Filter;
use super::field_name::{self, CoreField, CustomFieldNames};
use super::operator::{Values, values};
use crate::error::PathSegment;

/// A condition on a field.
#[derive(Debug)]
pub(super) struct Condition {
    /// As it was written.
    pub(super) field: String,
    pub(super) operator: Operator,
    pub(super) operands: Vec<Operand>,
}

/// A value that a field is compared with.
#[derive(Debug)]
pub(super) struct Operand {
    pub(super) target: Target,
    /// Where it was written, after the operator.
    pub(super) place: Vec<PathSegment>,
}

/// What a value names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Text(String),
    Id(String),
    Email(String),
}

impl Filter {
    /// Adds what a caller wrote: a condition for each value, or one for all values of an operator that takes several.
    pub(super) fn add(&mut self, field: &str, operator: Operator, operands: Vec<Operand>) {
        let condition = |operands| Condition {
            field: field.to_owned(),
            operator,
            operands,
        };
        match values(operator) {
            Values::None => self.conditions.push(condition(Vec::new())),
            Values::One => {
                let conditions = operands.into_iter().map(|one| condition(vec![one]));
                self.conditions.extend(conditions);
            }
            Values::Several => {
                let same = |one: &&mut Condition| one.field == field && one.operator == operator;
                match self.conditions.iter_mut().find(same) {
                    Some(found) => found.operands.extend(operands),
                    None => self.conditions.push(condition(operands)),
                }
            }
        }
    }
}

impl Condition {
    pub(super) fn to_core(&self, names: CustomFieldNames) -> proto::v1::Condition {
        let Self {
            field,
            operator,
            operands,
        } = self;
        let CoreField {
            field,
            group_id,
            custom_field,
        } = field_name::to_core(field, names);
        proto::v1::Condition {
            field,
            group_id,
            custom_field,
            operator: (*operator).into(),
            operands: operands.iter().map(Operand::to_core).collect(),
        }
    }
}

impl Operand {
    fn to_core(&self) -> proto::v1::Operand {
        let Self { target, place: _ } = self;
        let kind = match target.clone() {
            Target::Text(text) => Kind::Text(text),
            Target::Id(id) => Kind::Id(id),
            Target::Email(email) => Kind::Email(email),
        };
        proto::v1::Operand { kind: Some(kind) }
    }
}
