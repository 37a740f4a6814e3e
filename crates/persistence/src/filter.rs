//! Filters as SQL. The record is the row `r`, its workspace the parameter `$1`.

mod candidates;
mod made;
mod parts;
mod ranks;

use domain::{Combinator, Condition, Filter, OrderTest, SetTest, Subject, Test, TextTest};
use uuid::Uuid;

use crate::fragments::Fragments;

pub(crate) use candidates::{Along, Beyond, Candidates, Lookup};
pub(crate) use parts::contained;

/// A record's email as it is compared. Records take any text for one, so only its case is ignored, and white space counts.
pub(crate) fn listed_email_key(email: &str) -> String {
    email.to_uppercase().to_lowercase()
}

/// Where the parts of a kind of record are. Texts are SQL about the row `r`.
pub(crate) struct RecordSql {
    /// Their table.
    pub(crate) table: &'static str,
    /// The value of a field: a column, or what stands for one.
    pub(crate) column: fn(&str) -> Option<&'static str>,
    /// A text that an index of trigrams has, and which contains what a field does; none if it has the field itself.
    pub(crate) trigrams: fn(&str) -> Option<&'static str>,
    /// The numbers that stand for its texts.
    pub(crate) text_keys: &'static str,
    /// The place of a field among these.
    pub(crate) text_place: fn(&str) -> Option<i64>,
    /// The column with the keys of the emails.
    pub(crate) email_keys: &'static str,
    /// The rows of a list of links.
    pub(crate) links: fn(&str) -> Option<RowsSql>,
    /// The record's custom values.
    pub(crate) values: ValuesSql,
    /// The rows of links in custom fields: of a field `l.field_id`, with one column for each kind of record.
    pub(crate) custom_links: RowsSql,
}

/// Rows `l` that belong to records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowsSql {
    /// Their table.
    pub(crate) table: &'static str,
    /// The column with the id of the record.
    pub(crate) record: &'static str,
    /// What they lead to.
    pub(crate) target: &'static str,
}

/// Where the custom values of a record are.
pub(crate) enum ValuesSql {
    /// In its membership of a group.
    InGroups(RowsSql),
    /// In a column of its own.
    Own(&'static str),
}

/// Adds the filter as one condition, `true` for none. What it asks of other rows it asks for one record at a time, as
/// subqueries that no plan can turn into a join: many records are never looked through for the sake of a few.
pub(crate) fn push(filter: &Filter, record: &RecordSql, sql: &mut Fragments) {
    let Filter {
        combinator,
        conditions,
    } = filter;
    if conditions.is_empty() {
        sql.sql("true");
        return;
    }

    let joint = match combinator {
        Combinator::And => " AND ",
        Combinator::Or => " OR ",
    };
    for (index, condition) in conditions.iter().enumerate() {
        if index > 0 {
            sql.sql(joint);
        }
        push_condition(condition, record, sql);
    }
}

/// A comparison with nothing is no truth and no falsehood in SQL; here it is false, and its opposite true.
pub(crate) fn push_condition(condition: &Condition, record: &RecordSql, sql: &mut Fragments) {
    let Condition {
        subject,
        test,
        negated,
    } = condition;
    sql.sql(if *negated { "((" } else { "(" });
    match test {
        Test::Text(test) => {
            let empty = matches!(test, TextTest::Empty);
            let push = |value: &Value, sql: &mut Fragments| push_text(test, value, sql);
            push_on_value(*subject, " ->> ", empty, record, sql, push);
        }
        Test::AnyText(test) => push_any_text(test, field(*subject, record), sql),
        Test::AnyEmail(TextTest::Equals(email)) => {
            let keys = vec![listed_email_key(email)];
            sql.sql(record.email_keys).sql(" @> ").texts(keys);
        }
        Test::AnyEmail(test) => push_any_text(test, field(*subject, record), sql),
        Test::Number(test) => push_order(test, *subject, record, sql, "::numeric", |number, sql| {
            sql.text(number.as_str()).sql("::numeric");
        }),
        Test::Date(test) => push_order(test, *subject, record, sql, "::date", |date, sql| {
            sql.date(date.naive());
        }),
        Test::Time(test) => push_time(test, field(*subject, record), sql),
        Test::Choice(test) => push_choice(test, field(*subject, record), sql),
        Test::Options(test) => {
            let test = match test {
                SetTest::AnyOf(options) => SetTest::AnyOf(options.iter().map(|id| id.uuid()).collect()),
                SetTest::AllOf(options) => SetTest::AllOf(options.iter().map(|id| id.uuid()).collect()),
                SetTest::Empty => SetTest::Empty,
            };
            push_options(&test, *subject, record, sql);
        }
        Test::Links(test) => push_links(test, *subject, record, sql),
    }
    sql.sql(if *negated { ") IS NOT TRUE)" } else { ")" });
}

/// Adds a condition on a custom value as one on the values of the row `l`.
pub(crate) fn push_on_values(condition: &Condition, record: &RecordSql, sql: &mut Fragments) {
    let Condition {
        subject,
        test,
        negated,
    } = condition;
    let subject = match subject {
        Subject::Custom(_, field) => Subject::Custom(None, *field),
        Subject::Field(_) => *subject,
    };
    let condition = Condition {
        subject,
        test: test.clone(),
        negated: *negated,
    };
    let own = RecordSql {
        values: ValuesSql::Own("l.\"values\""),
        ..*record
    };
    push_condition(&condition, &own, sql);
}

impl RowsSql {
    /// Adds ` FROM ...` with the rows of the record `r`.
    fn push_of_record(self, sql: &mut Fragments) {
        sql.sql(" FROM ")
            .sql(self.table)
            .sql(" l WHERE l.workspace_id = $1 AND ")
            .sql(self.record)
            .sql(" = r.id");
    }
}

/// A value that a condition looks at: a column, or what a column of custom values holds for a field.
struct Value {
    column: &'static str,
    custom: Option<(&'static str, String)>,
}

impl Value {
    fn push(&self, sql: &mut Fragments) {
        match &self.custom {
            None => sql.sql(self.column),
            Some((operator, field)) => sql
                .sql("(")
                .sql(self.column)
                .sql(operator)
                .text(field.as_str())
                .sql(")"),
        };
    }
}

/// Adds a test of a value, wherever that is kept; `empty` if the test asks for no value, which those have too who are
/// not in the group at all. `operator` takes a value out of custom ones.
fn push_on_value(
    subject: Subject,
    operator: &'static str,
    empty: bool,
    record: &RecordSql,
    sql: &mut Fragments,
    test: impl FnOnce(&Value, &mut Fragments),
) {
    let (group, custom_field) = match subject {
        Subject::Field(_) => {
            let column = field(subject, record);
            return test(&Value { column, custom: None }, sql);
        }
        Subject::Custom(group, custom_field) => (group, custom_field),
    };
    let custom = Some((operator, custom_field.uuid().to_string()));
    match (&record.values, group) {
        (ValuesSql::Own(column), None) => test(&Value { column, custom }, sql),
        (ValuesSql::InGroups(members), Some(group)) => {
            let column = "l.\"values\"";
            sql.sql("(SELECT ");
            test(&Value { column, custom }, sql);
            members.push_of_record(sql);
            sql.sql(" AND ")
                .sql(members.target)
                .sql(" = ")
                .uuid(group.uuid())
                .sql(if empty { ") IS NOT FALSE" } else { ")" });
        }
        // The domain knows where the fields of a record are.
        (ValuesSql::InGroups(_), None) | (ValuesSql::Own(_), Some(_)) => {
            sql.sql("false");
        }
    }
}

fn field(subject: Subject, record: &RecordSql) -> &'static str {
    match subject {
        // The domain asks only for fields that there are; a missing one matches nothing.
        Subject::Field(name) => (record.column)(name).unwrap_or("NULL"),
        Subject::Custom(_, _) => "NULL",
    }
}

fn push_text(test: &TextTest, value: &Value, sql: &mut Fragments) {
    match test {
        TextTest::Equals(text) => {
            value.push(sql);
            sql.sql(" = ").text(text.as_str());
        }
        TextTest::Contains(text) => {
            value.push(sql);
            push_contains(text, sql);
        }
        TextTest::Empty => {
            sql.sql("coalesce(");
            value.push(sql);
            sql.sql(", '') = ''");
        }
    }
}

fn push_contains(text: &str, sql: &mut Fragments) {
    sql.sql(" ILIKE ").text(pattern(text));
}

fn push_any_text(test: &TextTest, list: &'static str, sql: &mut Fragments) {
    match test {
        TextTest::Equals(text) => {
            sql.sql(list).sql(" @> ").texts(vec![text.clone()]);
        }
        TextTest::Contains(_) => {
            sql.sql("EXISTS (SELECT FROM unnest(")
                .sql(list)
                .sql(") AS entry WHERE ");
            let entry = Value {
                column: "entry",
                custom: None,
            };
            push_text(test, &entry, sql);
            sql.sql(")");
        }
        TextTest::Empty => {
            sql.sql("cardinality(").sql(list).sql(") = 0");
        }
    }
}

fn push_order<T>(
    test: &OrderTest<T>,
    subject: Subject,
    record: &RecordSql,
    sql: &mut Fragments,
    cast: &'static str,
    push: impl FnOnce(&T, &mut Fragments),
) {
    let empty = matches!(test, OrderTest::Empty);
    push_on_value(subject, " ->> ", empty, record, sql, |value, sql| {
        value.push(sql);
        let (operator, bound) = match test {
            OrderTest::Equals(bound) => (" = ", bound),
            OrderTest::Greater(bound) => (" > ", bound),
            OrderTest::Less(bound) => (" < ", bound),
            OrderTest::Empty => {
                sql.sql(" IS NULL");
                return;
            }
        };
        sql.sql(cast).sql(operator);
        push(bound, sql);
    });
}

fn push_time(test: &OrderTest<domain::Moment>, column: &'static str, sql: &mut Fragments) {
    sql.sql(column);
    match test {
        OrderTest::Equals(moment) => sql
            .sql(" >= ")
            .time(moment.begin)
            .sql(" AND ")
            .sql(column)
            .sql(" < ")
            .time(moment.end),
        OrderTest::Greater(moment) => sql.sql(" >= ").time(moment.end),
        OrderTest::Less(moment) => sql.sql(" < ").time(moment.begin),
        OrderTest::Empty => sql.sql(" IS NULL"),
    };
}

fn push_choice(test: &SetTest<String>, column: &'static str, sql: &mut Fragments) {
    sql.sql(column);
    match test {
        SetTest::AnyOf(texts) => sql.sql("::text = ANY(").texts(texts.clone()).sql(")"),
        SetTest::AllOf(texts) => sql.sql("::text = ALL(").texts(texts.clone()).sql(")"),
        SetTest::Empty => sql.sql(" IS NULL"),
    };
}

/// A single select keeps the id of its option, a multiple one a list of ids; `?` finds it in both.
fn push_options(test: &SetTest<Uuid>, subject: Subject, record: &RecordSql, sql: &mut Fragments) {
    let empty = matches!(test, SetTest::Empty);
    push_on_value(subject, " -> ", empty, record, sql, |value, sql| {
        value.push(sql);
        let texts = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect();
        match test {
            SetTest::AnyOf(ids) => sql.sql(" ?| ").texts(texts(ids)),
            SetTest::AllOf(ids) => sql.sql(" ?& ").texts(texts(ids)),
            SetTest::Empty => sql.sql(" IS NULL"),
        };
    });
}

fn push_links(test: &SetTest<Uuid>, subject: Subject, record: &RecordSql, sql: &mut Fragments) {
    let name = match subject {
        Subject::Field(name) => name,
        Subject::Custom(_, custom_field) => {
            push_rows(test, sql, |sql| {
                let links = record.custom_links;
                links.push_of_record(sql);
                sql.sql(" AND l.field_id = ")
                    .uuid(custom_field.uuid())
                    .sql(" AND ")
                    .sql(links.target);
            });
            return;
        }
    };
    match (record.links)(name) {
        Some(links) => push_rows(test, sql, |sql| {
            links.push_of_record(sql);
            sql.sql(" AND ").sql(links.target);
        }),
        // One link, in a column.
        None => {
            sql.sql(field(subject, record));
            match test {
                SetTest::AnyOf(ids) => sql.sql(" = ANY(").uuids(ids.clone()).sql(")"),
                SetTest::AllOf(ids) => sql.sql(" = ALL(").uuids(ids.clone()).sql(")"),
                SetTest::Empty => sql.sql(" IS NULL"),
            };
        }
    }
}

/// What `rows` pushes are the rows of links up to the comparison of their ids.
fn push_rows(test: &SetTest<Uuid>, sql: &mut Fragments, rows: impl Fn(&mut Fragments)) {
    match test {
        SetTest::AnyOf(ids) => {
            sql.sql("(SELECT true");
            rows(sql);
            sql.sql(" = ANY(").uuids(ids.clone()).sql(") LIMIT 1)");
        }
        SetTest::AllOf(ids) => {
            let mut ids = ids.clone();
            ids.sort_unstable();
            ids.dedup();
            let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
            sql.sql("(SELECT count(*)");
            rows(sql);
            sql.sql(" = ANY(").uuids(ids).sql(")) = ").number(count);
        }
        SetTest::Empty => {
            sql.sql("(SELECT true");
            rows(sql);
            sql.sql(" IS NOT NULL LIMIT 1) IS NULL");
        }
    }
}

/// A pattern of `LIKE` that finds just this text anywhere.
fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_patterns_is_taken_as_it_is() {
        assert_eq!(pattern(r"50%_\é"), r"%50\%\_\\é%");
    }
}
