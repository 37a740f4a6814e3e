//! Filters written into links.

use super::operator::{combinator_name, name};
use super::{Condition, Filter, Operand, Target};

impl Filter {
    /// The parameters of a query string that read as this filter.
    pub(crate) fn to_query(&self) -> Vec<(String, String)> {
        let Self {
            combinator,
            conditions,
        } = self;
        let combinator = combinator.map(|one| ("combinator".to_owned(), combinator_name(one).to_owned()));
        let conditions = conditions.iter().flat_map(Condition::to_query);
        combinator.into_iter().chain(conditions).collect()
    }
}

impl Condition {
    fn to_query(&self) -> Vec<(String, String)> {
        let Self {
            field,
            operator,
            operands,
        } = self;
        let key = format!("filter[{field}][{}]", name(*operator));
        if operands.is_empty() {
            return vec![(key, String::new())];
        }
        let parameter = |Operand { target, place: _ }: &Operand| match target {
            Target::Text(text) => (key.clone(), text.clone()),
            Target::Id(id) => (format!("{key}[id]"), id.clone()),
            Target::Email(email) => (format!("{key}[email]"), email.clone()),
        };
        operands.iter().map(parameter).collect()
    }
}
