//! What to ask a list for, in the words of REST, and said in each of its forms.

use proto::v1::filter::Combinator;
use proto::v1::operand::Kind;
use proto::v1::{Filter, Operator};
use serde_json::{Value, json};

use crate::person_json::snake;

/// A filter and the size of pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// How many a page.
    pub limit: Option<i32>,
    /// `and`, `or`, or nothing.
    pub combinator: Option<&'static str>,
    /// The conditions.
    pub conditions: Vec<Condition>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The field as REST calls it.
    pub field: String,
    /// The operator as REST calls it.
    pub operator: String,
    /// What to compare with.
    pub operands: Vec<Operand>,
}

/// What to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A text, a number, a date, a label.
    Text(String),
    /// A record.
    Id(String),
    /// A user.
    Email(String),
}

impl Operand {
    /// A text, a number, a date, a label.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A record.
    #[must_use]
    pub fn id(id: &str) -> Self {
        Self::Id(id.to_owned())
    }

    /// A user.
    #[must_use]
    pub fn email(email: &str) -> Self {
        Self::Email(email.to_owned())
    }

    fn in_query(&self) -> (&'static str, &str) {
        match self {
            Self::Text(text) => ("", text),
            Self::Id(id) => ("[id]", id),
            Self::Email(email) => ("[email]", email),
        }
    }
}

impl Condition {
    /// A condition.
    #[must_use]
    pub fn new(field: &str, operator: &str, operands: &[Operand]) -> Self {
        Self {
            field: field.to_owned(),
            operator: operator.to_owned(),
            operands: operands.to_vec(),
        }
    }
}

impl Query {
    /// A query with one condition.
    #[must_use]
    pub fn of(condition: Condition) -> Self {
        Self {
            conditions: vec![condition],
            ..Self::default()
        }
    }

    /// A query for pages of this size.
    #[must_use]
    pub fn pages_of(limit: i32) -> Self {
        Self {
            limit: Some(limit),
            ..Self::default()
        }
    }

    /// `?limit=...&filter[...]...`, percent-encoded; empty for nothing.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.limit.map(|limit| format!("limit={limit}")));
        pairs.extend(self.combinator.map(|name| format!("combinator={name}")));
        for Condition {
            field,
            operator,
            operands,
        } in &self.conditions
        {
            let key = format!("filter[{field}][{operator}]");
            if operands.is_empty() {
                pairs.push(encoded(&key));
            }
            for operand in operands {
                let (suffix, value) = operand.in_query();
                pairs.push(format!(
                    "{}={}",
                    encoded(&format!("{key}{suffix}")),
                    encoded(value)
                ));
            }
        }
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }

    /// The body of a search. Conditions with the same field and operator become a list, which means the same only of
    /// operators that take one value.
    #[must_use]
    pub fn to_body(&self) -> Value {
        let mut body = json!({"filter": {}});
        if let Some(limit) = self.limit {
            body["limit"] = json!(limit);
        }
        if let Some(combinator) = self.combinator {
            body["combinator"] = json!(combinator);
        }
        for Condition {
            field,
            operator,
            operands,
        } in &self.conditions
        {
            let place = &mut body["filter"][field][operator];
            if operands.is_empty() {
                *place = json!(true);
                continue;
            }
            let mut all = place.as_array().cloned().unwrap_or_default();
            all.extend(operands.iter().map(|operand| match operand {
                Operand::Text(text) => json!(text),
                Operand::Id(id) => json!({"id": id}),
                Operand::Email(email) => json!({"email": email}),
            }));
            *place = Value::Array(all);
        }
        body
    }

    /// The filter in protobuf.
    ///
    /// # Panics
    /// If it cannot be said there.
    #[must_use]
    pub fn to_proto(&self) -> Filter {
        self.to_filter(true)
    }

    /// The filter in protobuf, of records whose custom fields are in groups or of those whose are not.
    pub(crate) fn to_filter(&self, in_groups: bool) -> Filter {
        let combinator = match self.combinator {
            None => Combinator::Unspecified,
            Some("and") => Combinator::And,
            Some("or") => Combinator::Or,
            Some(other) => panic!("{other} joins nothing in protobuf"),
        };
        Filter {
            combinator: combinator.into(),
            conditions: self
                .conditions
                .iter()
                .map(|one| one.to_proto(in_groups))
                .collect(),
        }
    }
}

impl Condition {
    fn to_proto(&self, in_groups: bool) -> proto::v1::Condition {
        let (field, group_id, custom_field) = match self.field.strip_prefix("customFieldValues.") {
            Some(custom) if !in_groups => ("customFieldValues", "", custom),
            Some(custom) => {
                let (group, name) = custom.split_once('.').unwrap_or((custom, ""));
                ("customFieldValues", group, name)
            }
            None => (self.field.as_str(), "", ""),
        };
        let field = match field {
            "createdAt" => "create_time".to_owned(),
            other => snake(other),
        };
        let operator = format!("OPERATOR_{}", self.operator.to_uppercase());
        let operator = Operator::from_str_name(&operator).unwrap_or_default();
        let operands = self.operands.iter().map(|operand| proto::v1::Operand {
            kind: Some(match operand.clone() {
                Operand::Text(text) => Kind::Text(text),
                Operand::Id(id) => Kind::Id(id),
                Operand::Email(email) => Kind::Email(email),
            }),
        });
        proto::v1::Condition {
            field,
            group_id: group_id.to_owned(),
            custom_field: custom_field.to_owned(),
            operator: operator.into(),
            operands: operands.collect(),
        }
    }
}

/// Percent-encoded, all but letters and digits.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(byte.into());
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}
