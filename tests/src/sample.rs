//! People, companies and deals to send.

use domain::{RawReference, RawValue};
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

/// A value of every type for the fields of companies or deals in the group Everything, see
/// [`crate::TestServer::define_fields`].
#[must_use]
pub fn values() -> Value {
    json!({
        "Text": "some text",
        "Magic": "written by a program",
        "Number": "12345678901234567890.123456789",
        "Date": "1843-09-01",
        "Select": "B",
        "Multiple": ["C", "A"],
        "Contacts": [{"id": HR_SERVICES}, {"id": BOB}],
        "Users": [{"id": JANE}, {"id": JOHN}],
        "Deals": [{"id": DEAL}],
    })
}

/// The same in the words of the domain.
#[must_use]
pub fn raw_values() -> Vec<(String, RawValue)> {
    let text = |text: &str| RawValue::Text(text.to_owned());
    let ids = |ids: &[&str]| {
        let ids = ids.iter().map(|id| RawReference::Id((*id).to_owned()));
        RawValue::References(ids.collect())
    };
    let values = [
        ("Text", text("some text")),
        ("Magic", text("written by a program")),
        (
            "Number",
            RawValue::Number("12345678901234567890.123456789".to_owned()),
        ),
        ("Date", text("1843-09-01")),
        ("Select", text("B")),
        ("Multiple", RawValue::Texts(vec!["C".to_owned(), "A".to_owned()])),
        ("Contacts", ids(&[HR_SERVICES, BOB])),
        ("Users", ids(&[JANE, JOHN])),
        ("Deals", ids(&[DEAL])),
    ];
    values.map(|(name, value)| (name.to_owned(), value)).into()
}

/// What everybody should see of [`values`].
#[must_use]
pub fn values_shown() -> Value {
    let mut shown = values();
    shown["Contacts"] = json!([
        {"id": HR_SERVICES, "fullName": "HR services", "entityType": "company"},
        {"id": BOB, "fullName": "Bob Smith", "entityType": "person"},
    ]);
    shown["Users"] = json!([jane(), john()]);
    shown["Deals"] = json!([{"id": DEAL, "fullName": "Big deal", "entityType": "object"}]);
    shown
}

/// A company of this name with something in every field and a value of every type.
#[must_use]
pub fn full_company(name: &str) -> Value {
    json!({
        "name": name,
        "description": "Engines.\nAnalytical — «difference».",
        "fundingRaised": "1700000.25",
        "lastFundingDate": "1842-11-04",
        "industry": "Calculating machinery",
        "foundationYear": "1822",
        "employeeRange": "11-50",
        "groups": [{"id": EVERYTHING}, {"id": FRIENDS}],
        "addresses": ["1 Dorset Street, London", "Somerset House"],
        "emails": ["engines@example.com", "babbage@example.com"],
        "phones": ["+44 1", "+44 2"],
        "urls": ["https://example.com/engines", "not a url"],
        "customFieldValues": {EVERYTHING: values()},
    })
}

/// What everybody should see of [`full_company`] apart from its id and time.
#[must_use]
pub fn full_company_shown(name: &str) -> Value {
    let mut shown = full_company(name);
    shown["groups"] = json!([{"id": EVERYTHING, "name": "Everything"}, {"id": FRIENDS, "name": "Friends"}]);
    shown["customFieldValues"] = json!({EVERYTHING: values_shown(), FRIENDS: {}});
    shown["createdBy"] = john();
    shown
}

/// A deal of this name with a value of every type and with these parties, who are members of the group Everything.
#[must_use]
pub fn full_deal(name: &str, people: &[&Value], companies: &[&Value]) -> Value {
    let id = |record: &&Value| json!({"id": record["id"]});
    json!({
        "name": name,
        "people": people.iter().map(id).collect::<Vec<_>>(),
        "companies": companies.iter().map(id).collect::<Vec<_>>(),
        "customFieldValues": values(),
    })
}

/// What everybody should see of [`full_deal`] apart from its id and time.
#[must_use]
pub fn full_deal_shown(name: &str, people: &[&Value], companies: &[&Value]) -> Value {
    let person = |person: &&Value| json!({"id": person["id"], "fullName": person["fullName"]});
    let company = |company: &&Value| json!({"id": company["id"], "name": company["name"]});
    json!({
        "name": name,
        "people": people.iter().map(person).collect::<Vec<_>>(),
        "companies": companies.iter().map(company).collect::<Vec<_>>(),
        "customFieldValues": values_shown(),
        "createdBy": john(),
    })
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
pub fn without_id_and_time(mut record: Value) -> (String, Value) {
    let fields = record.as_object_mut().unwrap();
    let id = fields.remove("id").unwrap().as_str().unwrap().to_owned();
    let of_a_kind = ["per_", "com_", "obj_"]
        .iter()
        .any(|prefix| id.starts_with(prefix));
    assert!(of_a_kind && id.len() == 40 && id.as_bytes()[18] == b'7', "{id}");
    let at = fields.remove("createdAt").unwrap().as_str().unwrap().to_owned();
    assert!(at.len() == 24 && at.ends_with('Z'), "{at}");
    (id, record)
}
