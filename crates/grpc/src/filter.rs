//! Filters as a request sends them.

use domain::{Combinator, Operator, Path, Problem, RawCondition, RawFilter, RawOperand, Violations};
use proto::v1::filter::Combinator as ApiCombinator;
use proto::v1::operand::Kind;
use proto::v1::{Condition, Filter, Operand, Operator as ApiOperator};

/// Reads a filter's form; reports numbers that are no combinator.
pub(crate) fn raw_filter(filter: Option<Filter>, path: &Path<'_>, violations: &mut Violations) -> RawFilter {
    let Filter {
        combinator,
        conditions,
    } = filter.unwrap_or_default();
    let combinator = match ApiCombinator::try_from(combinator) {
        Ok(ApiCombinator::Unspecified | ApiCombinator::And) => Combinator::And,
        Ok(ApiCombinator::Or) => Combinator::Or,
        Err(_) => {
            let options = vec!["COMBINATOR_AND".to_owned(), "COMBINATOR_OR".to_owned()];
            let problem = Problem::InvalidEnumValue { options };
            violations.add(
                &path.field("combinator"),
                problem,
                "conditions are joined by and, or by or",
            );
            Combinator::And
        }
    };
    RawFilter {
        combinator,
        conditions: conditions.into_iter().map(raw_condition).collect(),
    }
}

fn raw_condition(condition: Condition) -> RawCondition {
    let operator = condition.operator();
    let Condition {
        field,
        group_id,
        custom_field,
        operator: _,
        operands,
    } = condition;
    RawCondition {
        field,
        group_id,
        custom_field,
        operator: match operator {
            ApiOperator::Unspecified => None,
            ApiOperator::Eq => Some(Operator::Eq),
            ApiOperator::NotEq => Some(Operator::NotEq),
            ApiOperator::Like => Some(Operator::Like),
            ApiOperator::NotLike => Some(Operator::NotLike),
            ApiOperator::Gt => Some(Operator::Gt),
            ApiOperator::Lt => Some(Operator::Lt),
            ApiOperator::In => Some(Operator::In),
            ApiOperator::NotIn => Some(Operator::NotIn),
            ApiOperator::All => Some(Operator::All),
            ApiOperator::Empty => Some(Operator::Empty),
            ApiOperator::NotEmpty => Some(Operator::NotEmpty),
        },
        operands: operands.into_iter().map(raw_operand).collect(),
    }
}

fn raw_operand(Operand { kind }: Operand) -> RawOperand {
    match kind {
        Some(Kind::Text(text)) => RawOperand::Text(text),
        Some(Kind::Id(id)) => RawOperand::Id(id),
        Some(Kind::Email(email)) => RawOperand::Email(email),
        None => RawOperand::Unset,
    }
}
