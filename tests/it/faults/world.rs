//! Writers that remember what they were told, and a check of all of it afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::{Value, json};
use tests::fixture::{ENGINEERING, FRIENDS};
use tests::{Answer, Api, Attempt, RestClient};
use uuid::Uuid;

/// What writers sent, and what they were told.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Whom the service said it has: by id.
    people: BTreeMap<String, Known>,
    /// Names of all that were ever sent: the person's, and its company's.
    sent: BTreeMap<String, Value>,
}

/// A person as the service must have it.
#[derive(Debug, Clone, PartialEq)]
enum Known {
    /// As it was answered last.
    As(Value),
    /// A change of its job title was not answered: it has this one, or the former.
    Perhaps(Value, String),
    /// Its deletion was not answered.
    PerhapsGone(Value),
    /// Its deletion was answered.
    Gone(Value),
}

impl Memory {
    /// How many answers there were that must be true.
    pub(super) fn acknowledged(&self) -> usize {
        self.people.len()
    }

    fn join(&mut self, other: Self) {
        self.people.extend(other.people);
        self.sent.extend(other.sent);
    }
}

/// Writes through all doors, some for each, until stopped; what is unanswered is forgotten or doubted.
pub(super) struct Writers {
    stop: Arc<AtomicBool>,
    answers: Arc<AtomicUsize>,
    tasks: Vec<tokio::task::JoinHandle<Memory>>,
}

impl Writers {
    pub(super) fn start(doors: &[(Api, RestClient)], count: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let answers = Arc::new(AtomicUsize::new(0));
        let tasks = (0..count)
            .map(|number| {
                let (api, rest) = doors[number % doors.len()].clone();
                tokio::spawn(write(api, rest, Arc::clone(&stop), Arc::clone(&answers)))
            })
            .collect();
        Self { stop, answers, tasks }
    }

    /// Waits until there were so many answers.
    pub(super) async fn answered(&self, count: usize) {
        for _ in 0..600 {
            if self.answers.load(Ordering::Relaxed) >= count {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the service does not answer its writers");
    }

    /// What they were told until now.
    pub(super) async fn stop(self, memory: &mut Memory) {
        self.stop.store(true, Ordering::Relaxed);
        for task in self.tasks {
            memory.join(task.await.unwrap());
        }
    }
}

async fn write(api: Api, rest: RestClient, stop: Arc<AtomicBool>, answers: Arc<AtomicUsize>) -> Memory {
    let mut memory = Memory::default();
    while !stop.load(Ordering::Relaxed) {
        let body = somebody();
        memory.sent.insert(text(&body["fullName"]), body.clone());
        let Some(person) = done(api.try_create(&body).await) else {
            pause().await;
            continue;
        };
        answers.fetch_add(1, Ordering::Relaxed);
        let id = text(&person["id"]);
        let mut known = Known::As(person.clone());
        if let Some(job) = ["Pilot", "Baker", "Smith"].get(answers.load(Ordering::Relaxed) % 4) {
            known = patch(&rest, &id, &person, job).await;
        } else if answers.load(Ordering::Relaxed) % 8 == 3 {
            known = delete(&rest, &id, &person).await;
        }
        memory.people.insert(id, known);
        refused(&api).await;
    }
    memory
}

async fn pause() {
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
}

/// What was done, nothing if that is unknown. Whatever breaks, callers are never told of a fault of ours.
fn done(attempt: Attempt) -> Option<Value> {
    match attempt {
        Attempt::Done(value) => Some(value),
        Attempt::Lost => None,
        unavailable if unavailable.is_unavailable() => None,
        other @ Attempt::Refused { .. } => panic!("{other:?}"),
    }
}

async fn patch(rest: &RestClient, id: &str, person: &Value, job: &str) -> Known {
    let body = json!({"jobTitle": job}).to_string();
    match rest.try_send("PATCH", &format!("/v1/people/{id}"), body).await {
        Ok(answer) if answer.status == 200 => Known::As(answer.json()["data"].clone()),
        Ok(answer) if answer.status != 503 => panic!("{}", answer.text),
        Ok(_) | Err(_) => Known::Perhaps(person.clone(), job.to_owned()),
    }
}

async fn delete(rest: &RestClient, id: &str, person: &Value) -> Known {
    match rest.try_send("DELETE", &format!("/v1/people/{id}"), "").await {
        Ok(answer) if answer.status.is_success() => Known::Gone(person.clone()),
        Ok(answer) if answer.status != 503 => panic!("{}", answer.text),
        Ok(_) | Err(_) => Known::PerhapsGone(person.clone()),
    }
}

/// A create that names a new company, and is refused for another one: neither may be there.
async fn refused(api: &Api) {
    let mut body = somebody();
    let unknown = format!("com_{}", Uuid::now_v7());
    body["companies"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": unknown}));
    let attempt = api.try_create(&body).await;
    assert!(!matches!(attempt, Attempt::Done(_)), "{attempt:?}");
}

/// Somebody new, of a new company.
fn somebody() -> Value {
    let token = Uuid::now_v7();
    json!({
        "fullName": format!("Somebody {token}"),
        "jobTitle": "",
        "emails": [format!("{token}@example.com"), "second@example.com"],
        "companies": [{"name": company(&format!("Somebody {token}"))}],
        "groups": [{"id": ENGINEERING}, {"id": FRIENDS}],
        "customFieldValues": {
            ENGINEERING: {"Status": "Active", "Programming languages": ["Javascript", "Python"]},
            FRIENDS: {"Favorite color": "Blue", "Favorite number": "42"},
        },
    })
}

fn company(person: &str) -> String {
    format!("Company of {person}")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Compares all that the service has with what it was sent and what it said.
pub(super) async fn check(rest: &RestClient, memory: &Memory) {
    let mut there: BTreeMap<String, Value> = BTreeMap::new();
    for person in all(rest, "/v1/people").await {
        let id = text(&person["id"]);
        assert!(there.insert(id, person).is_none(), "listed twice");
    }
    for (id, known) in &memory.people {
        let got = there.get(id);
        let is_as_known = match known {
            Known::As(person) => got == Some(person),
            Known::Perhaps(person, job) => {
                let mut changed = person.clone();
                changed["jobTitle"] = json!(job);
                got == Some(person) || got == Some(&changed)
            }
            Known::PerhapsGone(person) => got.is_none_or(|got| got == person),
            Known::Gone(_) => got.is_none(),
        };
        assert!(is_as_known, "{id} must be {known:?}\nbut is {got:?}");
    }

    // Whoever is there is there whole, answered or not.
    let mut companies = BTreeSet::new();
    for person in there.values() {
        let name = text(&person["fullName"]);
        if !name.starts_with("Somebody ") {
            continue;
        }
        let sent = memory.sent.get(&name).expect("nobody but those who were sent");
        assert_eq!(person["emails"], sent["emails"], "{person}");
        assert_eq!(person["companies"][0]["name"], company(&name), "{person}");
        assert_eq!(person["groups"].as_array().unwrap().len(), 2, "{person}");
        for group in [ENGINEERING, FRIENDS] {
            let sent = sent["customFieldValues"][group].as_object().unwrap();
            for (field, value) in sent {
                assert_eq!(person["customFieldValues"][group][field], *value, "{person}");
            }
        }
        companies.insert(company(&name));
    }
    // A company stays when its person is deleted; else each has its person.
    for known in memory.people.values() {
        if let Known::PerhapsGone(person) | Known::Gone(person) = known {
            companies.insert(company(&text(&person["fullName"])));
        }
    }
    for there in all(rest, "/v1/companies").await {
        let name = text(&there["name"]);
        assert!(
            !name.starts_with("Company of ") || companies.contains(&name),
            "{name} has no person: its create was refused, or done in part"
        );
    }
}

/// Every record of a list.
async fn all(rest: &RestClient, path: &str) -> Vec<Value> {
    let mut records = Vec::new();
    let mut next = format!("{path}?limit=100");
    loop {
        let answer = answered(rest, &next).await;
        let data = answer.json()["data"].clone();
        records.extend(data["items"].as_array().unwrap().iter().cloned());
        let Some(link) = data["pagination"]["nextLink"].as_str() else {
            return records;
        };
        next = link[link.find("/v1/").unwrap()..].to_owned();
    }
}

/// The answer as soon as there is one: the database may still be on its way back.
async fn answered(rest: &RestClient, path: &str) -> Answer {
    for _ in 0..600 {
        let answer = rest.send("GET", path, "").await;
        if answer.status != 503 {
            assert_eq!(answer.status, 200, "{}", answer.text);
            return answer;
        }
        pause().await;
    }
    panic!("the service does not come back");
}
