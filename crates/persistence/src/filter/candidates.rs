//! What indexes can say of a filter: the ids of all records that it may want, and some that it does not.

use domain::{Combinator, Condition, Filter, OrderTest, SetTest, Subject, Test, TextTest};
use uuid::Uuid;

use super::made::Made;
use super::ranks;
use super::{RecordSql, RowsSql, ValuesSql, field, listed_email_key, push_condition, push_contains};
use crate::fragments::Fragments;
use crate::records::page::Place;

/// How to find what a filter wants.
#[derive(Debug)]
pub(crate) struct Candidates<'a> {
    /// Rows to go along in the order of the records: what they do not lead to is not wanted. Without them all records are
    /// gone along.
    pub(crate) along: Option<Along<'a>>,
    /// What gives all that is wanted without going along: a record is where one of these says. Empty if no index knows.
    pub(crate) lookups: Vec<Lookup<'a>>,
    /// When all of it was made. Records whose ids do not tell it are looked up apart.
    pub(crate) made: Option<(Made, Lookup<'a>)>,
}

/// Rows of which an index has those that lead to one thing in the order of the records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Along<'a> {
    pub(crate) rows: RowsSql,
    pub(crate) to: Uuid,
    /// What the rows themselves tell by their values.
    pub(crate) test: Option<&'a Condition>,
}

/// Where a search goes on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beyond {
    pub(crate) workspace: Uuid,
    /// Only records after this one.
    pub(crate) record: Uuid,
    /// And not after this one.
    pub(crate) until: Option<Uuid>,
}

/// One condition that an index can answer.
#[derive(Debug)]
pub(crate) enum Lookup<'a> {
    /// By what the table of the records holds itself.
    Own(&'a Condition),
    /// By texts that a text of the record must contain for the condition to hold.
    Containing(&'a Condition, Vec<String>),
    /// By when the records were made, as their ids tell it.
    Made(&'a Condition, Made),
    /// By when those records were made whose ids do not tell it.
    Apart(&'a Condition),
    /// By rows that lead to one of these.
    Links(RowsSql, &'a [Uuid]),
    /// By links in a custom field.
    CustomLinks(Uuid, &'a [Uuid]),
    /// By what a custom field holds.
    Values(Uuid, Held<'a>),
}

/// What a custom field holds.
#[derive(Debug)]
pub(crate) enum Held<'a> {
    /// This text.
    Text(String),
    /// One of these options, alone or among others.
    Options(Vec<Uuid>),
    /// A text with these in it, for this condition to hold.
    Containing(&'a Condition, Vec<String>),
    /// A number or a date beyond another one.
    Beyond(ranks::Beyond),
}

impl<'a> Candidates<'a> {
    /// How to find what this filter wants.
    pub(crate) fn of(filter: &'a Filter, record: &RecordSql) -> Self {
        let Filter {
            combinator,
            conditions,
        } = filter;
        match combinator {
            Combinator::And => {
                let linked = conditions
                    .iter()
                    .enumerate()
                    .find_map(|(index, one)| Some((index, links_to_one(one, record)?)));
                let made = conditions.iter().filter_map(Made::wanted_by).reduce(Made::and);
                let apart = conditions.iter().find(|one| Made::wanted_by(one).is_some());
                // What is gone along needs no looking up, and of the rest one index narrows enough.
                let rest = conditions.iter().enumerate();
                let rest = rest.filter(|(index, _)| linked.is_none_or(|(along, _)| along != *index));
                let lookups = rest
                    .filter_map(|(_, one)| lookup(one, record))
                    .filter(|lookup| !matches!(lookup, Lookup::Made(..)));
                Self {
                    along: linked
                        .map(|(_, along)| along)
                        .or_else(|| conditions.iter().find_map(|one| members(one, record))),
                    lookups: lookups.min_by_key(Lookup::breadth).into_iter().collect(),
                    made: made.zip(apart.map(Lookup::Apart)),
                }
            }
            Combinator::Or => {
                let lookups = conditions.iter().map(|one| lookup(one, record));
                Self {
                    along: None,
                    lookups: lookups.collect::<Option<_>>().unwrap_or_default(),
                    made: None,
                }
            }
        }
    }
}

/// The rows that lead to the one thing that a condition wants linked.
fn links_to_one<'a>(condition: &'a Condition, record: &RecordSql) -> Option<Along<'a>> {
    let Condition {
        subject: Subject::Field(name),
        test: Test::Links(test),
        negated: false,
    } = condition
    else {
        return None;
    };
    let to = match test {
        SetTest::AnyOf(ids) if ids.len() > 1 => return None,
        SetTest::AnyOf(ids) | SetTest::AllOf(ids) => *ids.first()?,
        SetTest::Empty => return None,
    };
    let made_by = RowsSql {
        table: record.table,
        record: "l.id",
        target: "l.created_by",
    };
    let rows = (record.links)(name).unwrap_or(made_by);
    Some(Along { rows, to, test: None })
}

/// The members of the group of whose custom field a condition wants a value.
fn members<'a>(condition: &'a Condition, record: &RecordSql) -> Option<Along<'a>> {
    match (condition, &record.values) {
        (
            Condition {
                subject: Subject::Custom(Some(group), _),
                test,
                negated: false,
            },
            ValuesSql::InGroups(rows),
        ) if !asks_for_none(test) => Some(Along {
            rows: *rows,
            to: group.uuid(),
            test: (!matches!(test, Test::Links(_))).then_some(condition),
        }),
        _ => None,
    }
}

/// Whether a test asks for no value.
fn asks_for_none(test: &Test) -> bool {
    match test {
        Test::Text(test) | Test::AnyText(test) | Test::AnyEmail(test) => matches!(test, TextTest::Empty),
        Test::Number(test) => matches!(test, OrderTest::Empty),
        Test::Date(test) => matches!(test, OrderTest::Empty),
        Test::Time(test) => matches!(test, OrderTest::Empty),
        Test::Choice(test) => matches!(test, SetTest::Empty),
        Test::Options(test) => matches!(test, SetTest::Empty),
        Test::Links(test) => matches!(test, SetTest::Empty),
    }
}

/// How an index answers a condition, if one does.
fn lookup<'a>(condition: &'a Condition, record: &RecordSql) -> Option<Lookup<'a>> {
    if condition.negated || asks_for_none(&condition.test) {
        return None;
    }
    match (&condition.subject, &condition.test) {
        (Subject::Field(_), Test::Text(test) | Test::AnyText(test) | Test::AnyEmail(test)) => match test {
            TextTest::Equals(text) if !text.is_empty() => Some(Lookup::Own(condition)),
            TextTest::Contains(text) if has_trigrams(text) => {
                Some(Lookup::Containing(condition, vec![text.clone()]))
            }
            TextTest::Equals(_) | TextTest::Contains(_) | TextTest::Empty => None,
        },
        (Subject::Field(_), Test::Number(_) | Test::Date(_)) => Some(Lookup::Own(condition)),
        (Subject::Field(_), Test::Time(_)) => {
            Made::wanted_by(condition).map(|made| Lookup::Made(condition, made))
        }
        (Subject::Field(name), Test::Links(SetTest::AnyOf(ids) | SetTest::AllOf(ids))) => {
            match (record.links)(name) {
                Some(rows) => Some(Lookup::Links(rows, ids)),
                None => Some(Lookup::Own(condition)),
            }
        }
        (Subject::Custom(_, id), Test::Links(SetTest::AnyOf(ids) | SetTest::AllOf(ids))) => {
            Some(Lookup::CustomLinks(id.uuid(), ids))
        }
        (Subject::Custom(_, id), Test::Text(TextTest::Equals(text))) if !text.is_empty() => {
            Some(Lookup::Values(id.uuid(), Held::Text(text.clone())))
        }
        (Subject::Custom(_, id), Test::Text(TextTest::Contains(text))) if has_trigrams(text) => Some(
            Lookup::Values(id.uuid(), Held::Containing(condition, vec![text.clone()])),
        ),
        (Subject::Custom(_, id), Test::Number(OrderTest::Greater(number))) => {
            let beyond = ranks::Beyond::number(number.as_str(), true);
            Some(Lookup::Values(id.uuid(), Held::Beyond(beyond)))
        }
        (Subject::Custom(_, id), Test::Number(OrderTest::Less(number))) => {
            let beyond = ranks::Beyond::number(number.as_str(), false);
            Some(Lookup::Values(id.uuid(), Held::Beyond(beyond)))
        }
        (Subject::Custom(_, id), Test::Date(OrderTest::Greater(date))) => Some(Lookup::Values(
            id.uuid(),
            Held::Beyond(ranks::Beyond::date(date, true)),
        )),
        (Subject::Custom(_, id), Test::Date(OrderTest::Less(date))) => Some(Lookup::Values(
            id.uuid(),
            Held::Beyond(ranks::Beyond::date(date, false)),
        )),
        // Numbers and dates have one form each.
        (Subject::Custom(_, id), Test::Number(OrderTest::Equals(number))) => {
            Some(Lookup::Values(id.uuid(), Held::Text(number.as_str().to_owned())))
        }
        (Subject::Custom(_, id), Test::Date(OrderTest::Equals(date))) => {
            Some(Lookup::Values(id.uuid(), Held::Text(date.to_string())))
        }
        (Subject::Custom(_, id), Test::Options(SetTest::AnyOf(ids) | SetTest::AllOf(ids))) => {
            let options = ids.iter().map(|id| id.uuid()).collect();
            Some(Lookup::Values(id.uuid(), Held::Options(options)))
        }
        _ => None,
    }
}

/// Whether an index of trigrams can look up what contains a text: it knows three letters in a row.
fn has_trigrams(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|part| part.chars().nth(2).is_some())
}

/// The text that a test asks for as a whole.
fn equal_text(test: &Test) -> Option<String> {
    if let Test::Text(TextTest::Equals(text)) | Test::AnyText(TextTest::Equals(text)) = test {
        Some(text.clone())
    } else if let Test::AnyEmail(TextTest::Equals(email)) = test {
        Some(listed_email_key(email))
    } else {
        None
    }
}

impl Lookup<'_> {
    /// The narrower, the sooner it is taken.
    fn breadth(&self) -> u8 {
        match self {
            Self::Own(Condition { test, .. }) => match test {
                Test::AnyEmail(TextTest::Equals(_)) => 0,
                Test::Text(TextTest::Equals(_)) | Test::AnyText(TextTest::Equals(_)) => 1,
                Test::Text(_) | Test::AnyText(_) | Test::AnyEmail(_) => 4,
                Test::Number(OrderTest::Equals(_)) | Test::Date(OrderTest::Equals(_)) => 2,
                Test::Number(_)
                | Test::Date(_)
                | Test::Time(_)
                | Test::Choice(_)
                | Test::Options(_)
                | Test::Links(_) => 5,
            },
            Self::CustomLinks(..) | Self::Values(_, Held::Text(_)) => 2,
            Self::Containing(..) | Self::Values(_, Held::Containing(..)) => 4,
            Self::Made(..) | Self::Apart(_) | Self::Values(_, Held::Beyond(_)) => 5,
            Self::Links(..) | Self::Values(_, Held::Options(_)) => 3,
        }
    }

    /// Whether an index may have thousands of which each has to be looked at.
    pub(crate) fn is_broad(&self) -> bool {
        self.breadth() > 3
    }

    /// Whether it finds nothing but what a filter of this condition alone wants.
    pub(crate) fn is_exact(&self) -> bool {
        match self {
            Self::Own(condition) => equal_text(&condition.test).is_none(),
            Self::Containing(..) | Self::Made(..) | Self::Apart(_) => true,
            Self::Links(..) | Self::CustomLinks(..) | Self::Values(..) => false,
        }
    }

    /// Adds a query of the ids of the records beyond one.
    pub(crate) fn push(&self, record: &RecordSql, place: Place<'_>, beyond: Beyond, sql: &mut Fragments) {
        match self {
            Self::Own(condition) => {
                push_records(record, place, beyond, sql);
                sql.sql(" AND ");
                push_indexed(condition, record, sql);
            }
            Self::Containing(condition, texts) => {
                // Apart, or the index would be asked for all of the text after all.
                sql.sql("SELECT r.id FROM (SELECT r.* ");
                push_from(record, place, beyond, sql);
                for text in texts {
                    sql.sql(" AND ");
                    push_trigrams(condition, text, record, sql);
                }
                sql.sql(" OFFSET 0) r WHERE ");
                push_condition(condition, record, sql);
            }
            Self::Made(condition, made) => {
                let within = Beyond {
                    record: beyond.record.max(made.after),
                    until: Some(beyond.until.map_or(made.until, |until| until.min(made.until))),
                    ..beyond
                };
                push_records(record, place, within, sql);
                sql.sql(" AND ");
                push_condition(condition, record, sql);
                sql.sql(" UNION ALL ");
                Self::Apart(condition).push(record, place, beyond, sql);
            }
            Self::Apart(condition) => {
                push_records(record, place, beyond, sql);
                sql.sql(" AND NOT has_time_of_id(r.created_at, r.id) AND ");
                push_condition(condition, record, sql);
            }
            Self::Links(rows, ids) => {
                rows.push_beyond("", beyond, sql);
                sql.sql(" AND ")
                    .sql(rows.target)
                    .sql(" = ANY(")
                    .uuids(ids.to_vec())
                    .sql(")");
            }
            Self::CustomLinks(field, ids) => {
                record.custom_links.push_beyond("", beyond, sql);
                sql.sql(" AND l.field_id = ").uuid(*field).sql(" AND (");
                for (index, target) in TARGETS.into_iter().enumerate() {
                    sql.sql(if index == 0 { "" } else { " OR " });
                    sql.sql(target).sql(" = ANY(").uuids(ids.to_vec()).sql(")");
                }
                sql.sql(")");
            }
            Self::Values(field, held) => {
                let (table, id) = match &record.values {
                    ValuesSql::InGroups(members) => (members.table, members.record),
                    ValuesSql::Own(_) => (record.table, "l.id"),
                };
                // What the planner thinks of values is far from the truth, so it is left no other index to go by.
                sql.sql("SELECT l.id FROM (SELECT ")
                    .sql(id)
                    .sql(" AS id, l.workspace_id = ")
                    .uuid(beyond.workspace)
                    .sql(" AS is_ours FROM ")
                    .sql(table)
                    .sql(" l WHERE ");
                held.push(*field, sql);
                sql.sql(" OFFSET 0) l WHERE l.is_ours");
                beyond.push("l.id", sql);
            }
        }
    }
}

/// Adds a query of the ids of the records `r` beyond one, up to further conditions.
fn push_records(record: &RecordSql, place: Place<'_>, beyond: Beyond, sql: &mut Fragments) {
    sql.sql("SELECT r.id ");
    push_from(record, place, beyond, sql);
}

fn push_from(record: &RecordSql, place: Place<'_>, beyond: Beyond, sql: &mut Fragments) {
    sql.sql("FROM ")
        .sql(record.table)
        .sql(" r WHERE r.workspace_id = ")
        .uuid(beyond.workspace);
    beyond.push("r.id", sql);
    place(sql);
}

/// Adds what an index knows of a condition: all of it, or something that holds wherever it does.
fn push_indexed(condition: &Condition, record: &RecordSql, sql: &mut Fragments) {
    let name = match condition.subject {
        Subject::Field(name) => name,
        Subject::Custom(..) => return push_condition(condition, record, sql),
    };
    if let Some(text) = equal_text(&condition.test)
        && let Some(place) = (record.text_place)(name)
    {
        sql.sql(record.text_keys)
            .sql(" @> ARRAY[hashtextextended(")
            .text(text);
        sql.sql(", ").number(place).sql(")]");
        return;
    }
    push_condition(condition, record, sql);
}

/// Adds what an index of trigrams knows of a record whose field contains a text.
fn push_trigrams(condition: &Condition, text: &str, record: &RecordSql, sql: &mut Fragments) {
    let Subject::Field(name) = condition.subject else {
        return push_condition(condition, record, sql);
    };
    let own = field(condition.subject, record);
    sql.sql((record.trigrams)(name).unwrap_or(own));
    push_contains(text, sql);
}

/// Where the links of custom fields lead to, each with an index of its own.
const TARGETS: [&str; 4] = [
    "l.target_person_id",
    "l.target_company_id",
    "l.target_user_id",
    "l.target_object_id",
];

impl Held<'_> {
    /// Adds the condition that the values of `l` hold it.
    fn push(&self, field: Uuid, sql: &mut Fragments) {
        match self {
            Self::Text(text) => push_held(field, &serde_json::json!(text), sql),
            Self::Options(ids) => {
                // A single select keeps the id of its option, a multiple one a list of ids.
                sql.sql("(");
                for (index, id) in ids.iter().enumerate() {
                    sql.sql(if index == 0 { "" } else { " OR " });
                    push_held(field, &serde_json::json!(id), sql);
                    sql.sql(" OR ");
                    push_held(field, &serde_json::json!([id]), sql);
                }
                sql.sql(")");
            }
            Self::Containing(_, texts) => {
                for (index, text) in texts.iter().enumerate() {
                    sql.sql(if index == 0 { "" } else { " AND " });
                    sql.sql("(value_texts(l.\"values\")");
                    push_contains(text, sql);
                    // Texts that look like ids are only known to be there.
                    if text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()) {
                        sql.sql(" OR ");
                        push_keys(format!("'{}i'", field.simple()), sql);
                    }
                    sql.sql(")");
                }
            }
            Self::Beyond(beyond) => push_keys(beyond.query(&field.simple().to_string()), sql),
        }
    }
}

/// Adds the condition that a query finds keys of the values of `l`.
fn push_keys(query: String, sql: &mut Fragments) {
    sql.sql("value_keys(l.\"values\") @@ ")
        .text(query)
        .sql("::tsquery");
}

fn push_held(field: Uuid, value: &serde_json::Value, sql: &mut Fragments) {
    sql.sql("l.\"values\" @> ")
        .text(serde_json::json!({ field.to_string(): value }).to_string())
        .sql("::jsonb");
}

impl RowsSql {
    /// Adds a query of the ids of the records beyond one to which these rows belong, and of more, up to further conditions.
    pub(crate) fn push_beyond(self, more: &'static str, beyond: Beyond, sql: &mut Fragments) {
        sql.sql("SELECT ")
            .sql(self.record)
            .sql(" AS id")
            .sql(more)
            .sql(" FROM ")
            .sql(self.table)
            .sql(" l WHERE l.workspace_id = ")
            .uuid(beyond.workspace);
        beyond.push(self.record, sql);
    }
}

impl Beyond {
    /// Adds ` AND ...` about the id of a record.
    pub(crate) fn push(self, id: &'static str, sql: &mut Fragments) {
        sql.sql(" AND ").sql(id).sql(" > ").uuid(self.record);
        if let Some(until) = self.until {
            sql.sql(" AND ").sql(id).sql(" <= ").uuid(until);
        }
    }
}
