//! People to send.

use serde_json::{Value, json};

use crate::fixture::{BOB, DEAL, ENGINEERING, EVERYTHING, FRIENDS, HR_SERVICES, JANE, JOHN, TECH_CORP};

/// The body of the documented request, word for word. It sets values for a group that it does not list.
#[must_use]
pub fn documented() -> Value {
    json!({
        "firstName": "John",
        "lastName": "Doe",
        "fullName": "John Doe",
        "description": "John Doe is a software engineer at Tech Corp.",
        "birthday": "1980-06-15",
        "jobTitle": "Software Engineer",
        "groups": [{"id": ENGINEERING}],
        "companies": [{"name": "Tech Corp"}, {"id": HR_SERVICES}],
        "addresses": ["123 Main St, Springfield, USA", "456 Main St, Springfield, USA"],
        "emails": ["john@example.com", "john@techcorp.com"],
        "phones": ["+1234567890", "+0987654321"],
        "urls": ["https://example.com"],
        "customFieldValues": {
            ENGINEERING: {
                "Status": "Active",
                "Programming languages": ["Javascript", "Python"],
                "Join date": "2021-01-01",
                "Relationships": [{"id": BOB}, {"id": HR_SERVICES}],
            },
            FRIENDS: {
                "Favorite color": "Blue",
                "Favorite number": 42,
                "Assignee": [{"id": JANE}, {"email": "jane@example.com"}],
            },
        },
    })
}

/// A person with something in every field and a value of every type.
#[must_use]
pub fn full() -> Value {
    json!({
        "firstName": "Ada",
        "lastName": "Lovelace",
        "fullName": "Countess of Lovelace",
        "description": "First programmer.\nAnalytical engine — «notes».",
        "birthday": "1815-12-10",
        "jobTitle": "Mathematician",
        "groups": [{"id": EVERYTHING}, {"id": FRIENDS}],
        "companies": [{"id": TECH_CORP}, {"id": HR_SERVICES}],
        "addresses": ["12 St James's Square, London", "Ockham Park"],
        "emails": ["ada@example.com", "lovelace@example.com"],
        "phones": ["+44 1", "+44 2"],
        "urls": ["https://example.com/ada", "not a url"],
        "customFieldValues": {
            EVERYTHING: {
                "Text": "some text",
                "Magic": "written by a program",
                "Number": "12345678901234567890.123456789",
                "Date": "1843-09-01",
                "Select": "B",
                "Multiple": ["C", "A"],
                "Contacts": [{"id": HR_SERVICES}, {"id": BOB}],
                "Users": [{"id": JANE}, {"id": JOHN}],
                "Deals": [{"id": DEAL}],
                "Renamed": "renamed",
            },
            FRIENDS: {"Favorite color": "Mauve", "Favorite number": "0.5", "Assignee": [{"id": JOHN}]},
        },
    })
}

/// What everybody should see of [`full`] apart from its id and time.
#[must_use]
pub fn full_shown() -> Value {
    let mut shown = full();
    shown["groups"] = json!([{"id": EVERYTHING, "name": "Everything"}, {"id": FRIENDS, "name": "Friends"}]);
    shown["companies"] =
        json!([{"id": TECH_CORP, "name": "Tech Corp"}, {"id": HR_SERVICES, "name": "HR services"}]);
    let (john, jane) = (john(), jane());
    let values = &mut shown["customFieldValues"];
    values[EVERYTHING]["Contacts"] = json!([
        {"id": HR_SERVICES, "fullName": "HR services", "entityType": "company"},
        {"id": BOB, "fullName": "Bob Smith", "entityType": "person"},
    ]);
    values[EVERYTHING]["Users"] = json!([jane, john]);
    values[EVERYTHING]["Deals"] = json!([{"id": DEAL, "fullName": "Big deal", "entityType": "object"}]);
    values[FRIENDS]["Assignee"] = json!([john]);
    shown["createdBy"] = john;
    shown["interactionMetadata"] = json!({
        "user": {"approximateCount": 0, "lastInteractedAt": null},
        "workspace": {"approximateCount": 0, "lastInteractedAt": null, "lastInteractedBy": []},
    });
    shown["strongestConnection"] = json!({});
    shown
}

/// John Doe as answers show him.
#[must_use]
pub fn john() -> Value {
    json!({"id": JOHN, "fullName": "John Doe", "email": "john.doe@example.com"})
}

/// Jane Doe as answers show her.
#[must_use]
pub fn jane() -> Value {
    json!({"id": JANE, "fullName": "Jane Doe", "email": "jane@example.com"})
}

/// Takes the id and the time of creation out of an answer, having looked at their form.
///
/// # Panics
/// If they are of no proper form.
#[must_use]
pub fn without_id_and_time(mut person: Value) -> (String, Value) {
    let fields = person.as_object_mut().unwrap();
    let id = fields.remove("id").unwrap().as_str().unwrap().to_owned();
    assert!(
        id.starts_with("per_") && id.len() == 40 && id.as_bytes()[18] == b'7',
        "{id}"
    );
    let at = fields.remove("createdAt").unwrap().as_str().unwrap().to_owned();
    assert!(at.len() == 24 && at.ends_with('Z'), "{at}");
    (id, person)
}
