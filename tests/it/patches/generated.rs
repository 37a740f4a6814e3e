//! Random patches.

use serde_json::{Map, Value, json};
use tests::Random;
use tests::fixture::{
    BOB, CLIENTS, DEAL, ENGINEERING, EVERYTHING, FRIENDS, HR_SERVICES, JANE, JOHN, TECH_CORP,
};

const GROUPS: [&str; 4] = [EVERYTHING, FRIENDS, ENGINEERING, CLIENTS];
const LETTERS: [&str; 6] = ["a", "B", "é", " ", "\n", "😀"];

/// What can be sent for a custom field, and what is shown then.
pub(super) fn values(group: &str) -> Vec<(&'static str, Value, Value)> {
    let john = tests::sample::john();
    let jane = tests::sample::jane();
    let bob = json!({"id": BOB, "fullName": "Bob Smith", "entityType": "person"});
    let hr = json!({"id": HR_SERVICES, "fullName": "HR services", "entityType": "company"});
    let tech = json!({"id": TECH_CORP, "fullName": "Tech Corp", "entityType": "company"});
    let deal = json!({"id": DEAL, "fullName": "Big deal", "entityType": "object"});
    match group {
        EVERYTHING => vec![
            ("Text", json!(" text "), json!("text")),
            ("Text", json!("  "), Value::Null),
            ("Text", Value::Null, Value::Null),
            ("Magic", json!("magic"), json!("magic")),
            ("Magic", json!([]), Value::Null),
            ("Number", json!("042.50"), json!("42.5")),
            ("Number", json!(-3), json!("-3")),
            ("Number", Value::Null, Value::Null),
            ("Date", json!("2000-02-29"), json!("2000-02-29")),
            ("Date", json!([]), Value::Null),
            ("Select", json!("Alpha"), json!("A")),
            ("Select", json!("B"), json!("B")),
            ("Select", Value::Null, Value::Null),
            ("Multiple", json!(["C", "A", "C"]), json!(["C", "A"])),
            ("Multiple", json!(["B"]), json!(["B"])),
            ("Multiple", json!([]), Value::Null),
            (
                "Contacts",
                json!([{"id": HR_SERVICES}, {"id": BOB}, {"id": HR_SERVICES}]),
                json!([hr, bob]),
            ),
            (
                "Contacts",
                json!([{"id": BOB}, {"id": HR_SERVICES}, {"id": TECH_CORP}]),
                json!([bob, hr, tech]),
            ),
            ("Contacts", json!([]), Value::Null),
            (
                "Users",
                json!([{"id": JANE}, {"email": "JANE@example.com"}]),
                json!([jane]),
            ),
            ("Users", json!([{"id": JOHN}, {"id": JANE}]), json!([john, jane])),
            ("Users", Value::Null, Value::Null),
            ("Deals", json!([{"id": DEAL}]), json!([deal])),
            ("Deals", json!([]), Value::Null),
            ("Renamed", json!("r"), json!("r")),
        ],
        FRIENDS => vec![
            ("Favorite color", json!("Blue"), json!("Blue")),
            ("Favorite color", Value::Null, Value::Null),
            ("Favorite number", json!(7), json!("7")),
            (
                "Assignee",
                json!([{"email": "john.doe@example.com"}]),
                json!([john]),
            ),
            ("Assignee", json!([]), Value::Null),
        ],
        _ => vec![],
    }
}

fn text(random: &mut Random) -> Value {
    json!(random.text(&LETTERS, 4))
}

fn texts(random: &mut Random) -> Value {
    (0..random.below(5)).map(|_| text(random)).collect()
}

fn groups(random: &mut Random) -> Value {
    (0..random.below(4))
        .map(|_| json!({"id": random.one(&GROUPS)}))
        .collect()
}

/// By id, or by a name that is compared without regard to case and white space.
fn companies(random: &mut Random, known: &[Value]) -> Value {
    let company = |random: &mut Random| {
        let company = random.one(known);
        let name = company["name"].as_str().unwrap();
        match random.below(4) {
            0 => json!({"name": name}),
            1 => json!({"name": format!(" {} ", name.to_uppercase().replace(' ', "  "))}),
            _ => json!({"id": company["id"]}),
        }
    };
    (0..random.below(4)).map(|_| company(random)).collect()
}

fn entries(random: &mut Random, known: &[Value]) -> Value {
    let mut entries = Map::new();
    for field in ["addresses", "emails", "phones", "urls"] {
        if random.once_in(4) {
            entries.insert(field.to_owned(), texts(random));
        }
    }
    if random.once_in(3) {
        entries.insert("groups".to_owned(), groups(random));
    }
    if random.once_in(3) {
        entries.insert("companies".to_owned(), companies(random, known));
    }
    Value::Object(entries)
}

fn custom(random: &mut Random) -> Value {
    let mut all = Map::new();
    for group in random.some(&[EVERYTHING, FRIENDS, EVERYTHING], 2) {
        let mut fields = Map::new();
        for _ in 0..random.below(4) {
            let (name, sent, _) = random.one(&values(group));
            fields.insert(name.to_owned(), sent);
        }
        all.insert(group.to_owned(), Value::Object(fields));
    }
    Value::Object(all)
}

pub(super) fn patch(random: &mut Random, known: &[Value]) -> Value {
    let mut patch = Map::new();
    for field in ["firstName", "lastName", "fullName", "description", "jobTitle"] {
        if random.once_in(6) {
            patch.insert(field.to_owned(), text(random));
        }
    }
    for field in ["addresses", "emails", "phones", "urls"] {
        if random.once_in(8) {
            patch.insert(field.to_owned(), texts(random));
        }
    }
    if random.once_in(8) {
        let birthday = random.one(&[Value::Null, json!("1999-12-31"), json!("2000-02-29")]);
        patch.insert("birthday".to_owned(), birthday);
    }
    if random.once_in(5) {
        patch.insert("groups".to_owned(), groups(random));
    }
    if random.once_in(8) {
        patch.insert("companies".to_owned(), companies(random, known));
    }
    if random.once_in(2) {
        patch.insert("customFieldValues".to_owned(), custom(random));
    }
    for change in ["add", "remove"] {
        if random.once_in(3) {
            patch.insert(change.to_owned(), entries(random, known));
        }
    }
    Value::Object(patch)
}
