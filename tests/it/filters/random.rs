//! Random filters over random people: the service and the plain evaluation agree.

use serde_json::{Map, Value, json};
use tests::fixture::{
    BOB, CLIENTS, DEAL, ENGINEERING, EVERYTHING, FRIENDS, HR_SERVICES, JANE, JOHN, TECH_CORP, WRITE_KEY,
};
use tests::{Condition, Operand, Query, Random, TestServer, cases};

use super::{fields, model};

/// More people than a search goes along before it asks indexes, in front of all others. They are in groups, and nothing more
/// is known of them.
const CROWD: &str = "
    INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description, job_title, addresses,
        emails, phones, urls, created_at, created_by, updated_at)
    SELECT b.workspace_id, lpad(n::text, 32, '0')::uuid, '', '', '', false, '', '', '{}', '{}', '{}', '{}',
        timestamptz '2020-01-01Z', b.created_by, now()
    FROM (SELECT * FROM people WHERE id = 'ed110a47-5d09-43bf-b2e2-791d8231eb5f') b, generate_series(1, 4100) n;
    INSERT INTO person_memberships (workspace_id, person_id, group_id, position, \"values\")
    SELECT p.workspace_id, p.id, g.id, g.position, '{}' FROM people p JOIN groups g ON g.workspace_id = p.workspace_id
    WHERE p.id < '00000000-0000-0000-0000-000000010000' AND g.name IN ('Everything', 'Friends');
";

/// Few letters, so that much is equal and contained; among them those with a meaning to SQL, to patterns and to queries.
const LETTERS: [&str; 22] = [
    "a", "A", "b", "é", "É", "я", "Я", "漢", "😀", "%", "_", "\\", "'", "\"", "[", "]", "&", "+", " ", "{",
    "}", ",",
];
const DATES: [&str; 6] = [
    "0001-01-01",
    "1999-12-31",
    "2000-02-29",
    "2025-01-01",
    "2025-01-02",
    "9999-12-31",
];
const NUMBERS: [&str; 8] = [
    "0",
    "-1",
    "1",
    "1.5",
    "-0.000001",
    "10",
    "9",
    "123456789012345678901234567890.5",
];
const MOMENTS: [&str; 5] = [
    "2024-12-31T23:59:59.999Z",
    "2025-01-01T00:00:00.000Z",
    "2025-01-01T12:34:56.789Z",
    "2025-01-01T23:59:59.999Z",
    "2025-01-02T00:00:00.000Z",
];
const LABELS: [&str; 3] = ["A", "B", "C"];
const GROUPS: [&str; 4] = [EVERYTHING, FRIENDS, ENGINEERING, CLIENTS];
const CONTACTS: [&str; 3] = [BOB, TECH_CORP, HR_SERVICES];

fn word(random: &mut Random) -> String {
    random.text(&LETTERS, 3)
}

fn words(random: &mut Random) -> Vec<String> {
    (0..random.below(4)).map(|_| word(random)).collect()
}

fn ids(of: Vec<&str>) -> Value {
    of.into_iter().map(|id| json!({"id": id})).collect()
}

fn person(random: &mut Random) -> Value {
    let mut person = Map::new();
    for field in ["firstName", "lastName", "fullName", "jobTitle", "description"] {
        if !random.once_in(3) {
            person.insert(field.to_owned(), json!(word(random)));
        }
    }
    for field in ["emails", "phones", "addresses", "urls"] {
        person.insert(field.to_owned(), json!(words(random)));
    }
    if !random.once_in(4) {
        person.insert("birthday".to_owned(), json!(random.one(&DATES)));
    }
    let groups = random.some(&GROUPS, 3);
    if groups.contains(&EVERYTHING) {
        let mut values = Map::new();
        let all = [
            ("Text", json!(word(random))),
            ("Magic", json!(word(random))),
            ("Number", json!(random.one(&NUMBERS))),
            ("Date", json!(random.one(&DATES))),
            ("Select", json!(random.one(&LABELS))),
            ("Multiple", json!(random.some(&LABELS, 3))),
            ("Contacts", ids(random.some(&CONTACTS, 3))),
            ("Users", ids(random.some(&[JOHN, JANE], 2))),
            ("Deals", ids(random.some(&[DEAL], 1))),
        ];
        for (name, value) in all {
            if !random.once_in(4) {
                values.insert(name.to_owned(), value);
            }
        }
        person.insert("customFieldValues".to_owned(), json!({EVERYTHING: values}));
    }
    person.insert("groups".to_owned(), ids(groups));
    person.insert(
        "companies".to_owned(),
        ids(random.some(&[TECH_CORP, HR_SERVICES], 2)),
    );
    Value::Object(person)
}

/// A service with random people who were made by both users, now and at a few moments of which their ids know nothing.
async fn service(random: &mut Random) -> TestServer {
    let server = TestServer::unlimited().await;
    for key in [tests::fixture::KEY, WRITE_KEY] {
        let people: Vec<_> = (0..30).map(|_| person(random)).collect();
        let made = server.both_as(key)[0]
            .batch_create(&people, true, "")
            .await
            .unwrap();
        assert!(made.iter().all(Result::is_ok));
    }
    let client = server.database.connect().await;
    for row in client
        .query("SELECT id::text FROM people ORDER BY id", &[])
        .await
        .unwrap()
    {
        if random.once_in(3) {
            continue;
        }
        let id: String = row.get(0);
        let sql = format!(
            "UPDATE people SET created_at = '{}' WHERE id = '{id}'",
            random.one(&MOMENTS)
        );
        client.batch_execute(&sql).await.unwrap();
    }
    server
}

/// Not empty: what an empty text is equal to is nobody's question.
fn some_word(random: &mut Random) -> String {
    loop {
        let word = word(random);
        if !word.trim().is_empty() {
            return word;
        }
    }
}

fn operand(random: &mut Random, field: &str, people: &[Value]) -> Operand {
    match field.rsplit('.').next().unwrap() {
        "birthday" | "Date" => Operand::text(random.one(&DATES)),
        "createdAt" if random.once_in(3) => {
            let person = random.one(people);
            let theirs = person["createdAt"].as_str().unwrap();
            Operand::text(if random.once_in(2) { theirs } else { &theirs[..10] })
        }
        "createdAt" if random.once_in(2) => Operand::text(&random.one(&MOMENTS)[..10]),
        "createdAt" => Operand::text(random.one(&MOMENTS)),
        "Number" => Operand::text(random.one(&NUMBERS)),
        "Select" | "Multiple" => Operand::text(random.one(&["A", "B", "C", "Alpha"])),
        "groups" => Operand::id(random.one(&GROUPS)),
        "companies" => Operand::id(random.one(&[TECH_CORP, HR_SERVICES])),
        "createdBy" | "Users" if random.once_in(2) => {
            Operand::email(random.one(&["JANE@example.com", "john.doe@example.com", "x@y"]))
        }
        "createdBy" | "Users" => Operand::id(random.one(&[JOHN, JANE])),
        "Contacts" => Operand::id(random.one(&CONTACTS)),
        "Deals" => Operand::id(DEAL),
        name => {
            // Often what somebody has.
            let theirs = &random.one(people)[name];
            let theirs = theirs.as_str().or_else(|| theirs[0].as_str()).unwrap_or_default();
            if theirs.is_empty() || random.once_in(2) {
                Operand::Text(some_word(random))
            } else {
                Operand::text(theirs)
            }
        }
    }
}

fn query(random: &mut Random, people: &[Value]) -> Query {
    let fields = fields();
    let mut query = Query {
        limit: Some(100),
        combinator: random.one(&[None, Some("and"), Some("or"), Some("or")]),
        conditions: Vec::new(),
    };
    for _ in 0..=random.below(4) {
        let (field, operators) = &random.one(&fields);
        let operator = random.one(operators);
        let count = match operator {
            "empty" | "not_empty" => 0,
            "in" | "not_in" | "all" => 1 + random.below(3),
            _ => 1,
        };
        // Twice the same of those that take several would be one condition over REST.
        let same = |one: &Condition| one.field == *field && one.operator == operator;
        if count != 1 && query.conditions.iter().any(same) {
            continue;
        }
        let operands: Vec<_> = (0..count).map(|_| operand(random, field, people)).collect();
        let several = ["in", "not_in", "all"].contains(&operator);
        if several && query.conditions.iter().any(same) {
            continue;
        }
        query.conditions.push(Condition::new(field, operator, &operands));
    }
    query
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_finds_whom_a_plain_evaluation_finds() {
    let mut random = Random::new();
    let server = service(&mut random).await;
    let people = server.both()[1].list_all(&Query::pages_of(100)).await.unwrap();
    assert_eq!(people.len(), 61);
    compare(&mut random, &server, &people, &[], cases(300)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_finds_whom_a_plain_evaluation_finds_behind_a_crowd() {
    let mut random = Random::new();
    let server = service(&mut random).await;
    server
        .database
        .connect()
        .await
        .batch_execute(CROWD)
        .await
        .unwrap();
    let people = server.both()[1].list_all(&Query::pages_of(100)).await.unwrap();
    let (crowd, people) = people.split_at(4100);
    assert_eq!(people.len(), 61);
    compare(&mut random, &server, people, crowd, cases(300)).await;
}

/// Compares what the service finds by random filters among these people behind a crowd with what the model does.
async fn compare(random: &mut Random, server: &TestServer, people: &[Value], crowd: &[Value], cases: usize) {
    let [rest, grpc] = server.both();
    let (mut none, mut all) = (0, 0);
    for case in 0..cases {
        let query = query(random, people);
        let expected: Vec<_> = crowd
            .iter()
            .chain(people)
            .filter(|person| model::wanted(person, &query))
            .take(100)
            .collect();
        none += usize::from(expected.is_empty());
        all += usize::from(crowd.is_empty() && expected.len() == people.len());
        let pages = [
            grpc.list(&query).await,
            if case % 2 == 0 {
                rest.list(&query).await
            } else {
                rest.search(&query).await
            },
        ];
        for page in pages {
            let page = page.unwrap_or_else(|refused| panic!("{query:#?} {refused:?}"));
            let found: Vec<_> = page.people.iter().collect();
            let differing = |one: &[&Value], other: &[&Value]| -> Vec<Value> {
                one.iter()
                    .filter(|person| !other.contains(person))
                    .map(|&person| person.clone())
                    .collect()
            };
            let (missed, extra) = (differing(&expected, &found), differing(&found, &expected));
            assert!(
                missed.is_empty() && extra.is_empty(),
                "{query:#?}\nmissed {missed:#?}\nextra {extra:#?}"
            );
            assert_eq!(found, expected, "in the order of ids");
        }
    }
    assert!(
        none * 2 < cases && all * 2 < cases,
        "most filters say nothing: {none} none, {all} all of {cases}"
    );
}
