//! How PostgreSQL answers filters: the statements that the service sends, explained on a database that is large enough for
//! indexes to pay.

use tests::fixture::{BOB, CLIENTS, DEAL, HR_SERVICES, JANE, JOHN};
use tests::{Condition, Operand, Query, Ran, Statements, TestDatabase, TestServer};
use tokio_postgres::Client;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::fields;

/// More people than are gone along before an index is asked. None has what the filters here ask for. Nothing is left to
/// chance, so that the statistics and with them the plans are the same each time.
pub(super) const FILL: &str = "
    INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description, birthday,
        job_title, addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at)
    SELECT b.workspace_id, md5('person ' || n)::uuid, 'First ' || n, 'Last ' || n, 'First ' || n || ' Last ' || n, false,
        'Description ' || n, date '1990-01-01' + n % 5000, 'Job ' || n % 500, ARRAY['Street ' || n],
        ARRAY[n || '@example.com'], ARRAY[n || '@example.com'], ARRAY['+' || n], ARRAY['https://example.com/' || n],
        timestamptz '2024-01-01Z' + n * interval '1 minute', b.created_by, now()
    FROM (SELECT * FROM people WHERE id = 'ed110a47-5d09-43bf-b2e2-791d8231eb5f') b, generate_series(1, 25000) n;
    INSERT INTO person_memberships (workspace_id, person_id, group_id, position, \"values\")
    SELECT p.workspace_id, p.id, g.group_id, 0, (SELECT jsonb_object_agg(f.id, CASE f.field_type
            WHEN 'numericField' THEN to_jsonb((length(p.id::text) + n)::text) WHEN 'dateField' THEN '\"2020-01-01\"'::jsonb
            WHEN 'singleSelect' THEN to_jsonb(md5('one ' || n)::uuid)
            WHEN 'multipleSelect' THEN jsonb_build_array(md5('one of many ' || n)::uuid)
            ELSE to_jsonb('Text ' || n) END)
        FROM custom_fields f WHERE f.group_id = g.group_id AND f.entity_type = 'person'
            AND f.field_type NOT IN ('contactField', 'userField', 'objectField'))
    FROM (SELECT *, row_number() OVER () AS n FROM people WHERE first_name LIKE 'First %') p,
        (SELECT DISTINCT group_id FROM custom_fields WHERE name = 'Contacts' AND entity_type = 'person') g;
    INSERT INTO person_references (workspace_id, person_id, group_id, field_id, position, target_person_id)
    SELECT m.workspace_id, m.person_id, m.group_id, f.id, 0, m.person_id FROM person_memberships m
    JOIN custom_fields f ON f.group_id = m.group_id AND f.name = 'Contacts' AND f.entity_type = 'person';
";

/// How a filter is answered.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    /// In the order of the records by this index, until the page is full.
    Along(&'static str),
    /// Some way along, then by this index.
    By(&'static str),
    /// Along the records between two ids, and by this index.
    Between(&'static str),
    /// Along all records: no index serves it.
    Everything,
}

/// How each filter is to be answered. One that is not here has no answer yet.
fn expected(field: &str, operator: &str) -> Way {
    let custom = field.strip_prefix(&super::custom("")).unwrap_or_default();
    match (field, operator) {
        ("groups", "in" | "all") => Way::Along("person_memberships_group_idx"),
        ("companies", "in" | "all") => Way::Along("person_companies_company_idx"),
        ("createdBy", "in") => Way::Along("people_created_by_idx"),
        (
            "fullName" | "firstName" | "lastName" | "jobTitle" | "description" | "emails" | "phones"
            | "addresses" | "urls",
            "eq" | "like",
        ) => Way::By("people_texts_idx"),
        ("birthday", "eq" | "gt" | "lt") => Way::By("people_texts_idx"),
        ("createdAt", "eq" | "gt" | "lt") => Way::Between("people_created_apart_idx"),
        (
            "fullName" | "firstName" | "lastName" | "jobTitle" | "description" | "emails" | "phones"
            | "addresses" | "urls" | "birthday" | "createdAt" | "groups" | "companies" | "createdBy",
            "not_eq" | "not_like" | "not_in" | "empty" | "not_empty",
        ) => Way::Everything,
        _ => match (custom, operator) {
            ("Text" | "Magic", "eq" | "like")
            | ("Number" | "Date", "eq" | "gt" | "lt")
            | ("Select" | "Multiple", "eq" | "in" | "all") => Way::By("person_memberships_values_idx"),
            ("Contacts" | "Users" | "Deals", "in" | "all") => Way::By("person_references_"),
            (
                "Text" | "Magic" | "Number" | "Date" | "Select" | "Multiple" | "Contacts" | "Users" | "Deals",
                "not_eq" | "not_like" | "not_in" | "empty" | "not_empty",
            ) => Way::Everything,
            _ => panic!("nobody has said how {field} {operator} is to be answered"),
        },
    }
}

/// Something of the kind that the field holds, which hardly anybody has.
fn operand(field: &str, operator: &str) -> Vec<Operand> {
    let custom = field.strip_prefix(&super::custom("")).unwrap_or_default();
    if ["empty", "not_empty"].contains(&operator) {
        return Vec::new();
    }
    let date = if operator == "lt" {
        "1800-01-01"
    } else {
        "2100-01-01"
    };
    let number = if operator == "lt" { "-1000000" } else { "1000000" };
    vec![match (field, custom) {
        ("groups", _) => Operand::id(CLIENTS),
        ("companies", _) => Operand::id(HR_SERVICES),
        ("createdBy", _) => Operand::id(JANE),
        ("birthday" | "createdAt", _) | (_, "Date") => Operand::text(date),
        (_, "Number") => Operand::text(number),
        (_, "Select" | "Multiple") => Operand::text("B"),
        (_, "Contacts") => Operand::id(BOB),
        (_, "Users") => Operand::id(JOHN),
        (_, "Deals") => Operand::id(DEAL),
        _ => Operand::text("zebra"),
    }]
}

/// A value as it went over the wire.
#[derive(Debug)]
struct Sent(Option<Vec<u8>>);

impl ToSql for Sent {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match &self.0 {
            None => IsNull::Yes,
            Some(value) => {
                out.extend_from_slice(value);
                IsNull::No
            }
        })
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The plan of a statement.
async fn plan(client: &Client, ran: &Ran) -> String {
    let types: Vec<Type> = ran
        .types
        .iter()
        .map(|oid| Type::from_oid(*oid).unwrap())
        .collect();
    let values: Vec<Sent> = ran.values.iter().cloned().map(Sent).collect();
    let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
    let sql = format!("EXPLAIN {}", ran.text);
    let statement = client.prepare_typed(&sql, &types).await.unwrap();
    let lines = client.query(&statement, &values).await.unwrap();
    lines.iter().map(|line| line.get::<_, String>(0) + "\n").collect()
}

/// The plans of the statements of a search, run again as they were: by the same role, under the same settings.
async fn plans(client: &Client, statements: &[Ran]) -> Vec<String> {
    let mut plans = Vec::new();
    for ran in statements {
        if ran.types.is_empty() {
            client.batch_execute(&ran.text).await.unwrap();
        } else if ran.text.contains("json_build_object('ids'") || ran.text.contains("candidates") {
            plans.push(plan(client, ran).await);
        }
    }
    plans
}

#[tokio::test(flavor = "multi_thread")]
async fn no_filter_reads_a_table_as_it_lies_and_those_that_an_index_serves_use_it() {
    let database = TestDatabase::new().await;
    let (statements, url) = Statements::of(&database).await;
    // One connection, so that what is run again is what one session ran.
    let settings = [("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_DB_POOL_SIZE", "1")];
    let server = TestServer::start_at(database, &url, &settings).await;
    let client = server.database.connect().await;
    client.batch_execute(FILL).await.unwrap();
    // What an index has not sorted in yet would count against it, as it should.
    client.batch_execute("VACUUM (ANALYZE)").await.unwrap();
    let api = &server.both()[0];
    api.list(&Query::default()).await.unwrap();

    for (field, operators) in fields() {
        for operator in operators {
            drop(statements.take());
            let condition = Condition::new(&field, operator, &operand(&field, operator));
            api.list(&Query::of(condition)).await.unwrap();
            let plans = plans(&client, &statements.take_whole()).await;
            let all = plans.join("\n");
            assert!(!all.contains("Seq Scan"), "{field} {operator}: {all}");
            // An index scan names its table too, a bitmap's only the index.
            let uses = |plan: &str, index: &str| {
                [" using ", "Bitmap Index Scan on "]
                    .iter()
                    .any(|before| plan.contains(&format!("{before}{index}")))
            };
            let (way, rest) = plans.split_first().expect("a search");
            match expected(&field, operator) {
                Way::Along(index) => {
                    assert!(rest.is_empty() && uses(way, index), "{field} {operator}: {all}")
                }
                Way::By(index) => assert!(
                    rest.len() == 1 && uses(&rest[0], index),
                    "{field} {operator}: {all}"
                ),
                Way::Between(index) => assert!(
                    uses(way, index)
                        && rest.len() == 1
                        && uses(&rest[0], "people_pkey")
                        && rest[0].contains("id <"),
                    "{field} {operator}: {all}"
                ),
                Way::Everything => assert!(
                    rest.is_empty() && uses(way, "people_pkey"),
                    "{field} {operator}: {all}"
                ),
            }
        }
    }
}
