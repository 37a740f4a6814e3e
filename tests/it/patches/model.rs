//! A person in memory, and what a patch does to it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tests::fixture::{CLIENTS, ENGINEERING, EVERYTHING, FRIENDS};

use super::generated;

const LISTS: [&str; 4] = ["addresses", "emails", "phones", "urls"];

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    companies_known: Vec<Value>,
    texts: BTreeMap<String, String>,
    birthday: Value,
    lists: BTreeMap<String, Vec<String>>,
    groups: Vec<String>,
    companies: Vec<Value>,
    /// By group and field, what is shown; those without a value are not there.
    values: BTreeMap<(String, String), Value>,
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Trimmed, without blanks and repeats.
fn cleaned(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for item in items(value) {
        add_to(&mut all, item.as_str().unwrap().trim().to_owned());
    }
    all.retain(|text| !text.is_empty());
    all
}

fn add_to<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

fn ids(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for item in items(value) {
        add_to(&mut all, item["id"].as_str().unwrap().to_owned());
    }
    all
}

impl Model {
    /// An empty person, among these companies.
    pub(super) fn new(companies: &[Value]) -> Self {
        let texts = ["firstName", "lastName", "fullName", "description", "jobTitle"];
        Self {
            companies_known: companies.to_vec(),
            texts: texts.map(|name| (name.to_owned(), String::new())).into(),
            birthday: Value::Null,
            lists: LISTS.map(|name| (name.to_owned(), Vec::new())).into(),
            groups: Vec::new(),
            companies: Vec::new(),
            values: BTreeMap::new(),
        }
    }

    fn companies(&self, value: &Value) -> Vec<Value> {
        let key = |name: &str| {
            name.to_lowercase()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let mut all = Vec::new();
        for item in items(value) {
            let found = self
                .companies_known
                .iter()
                .find(|known| match item["name"].as_str() {
                    Some(name) => key(known["name"].as_str().unwrap()) == key(name),
                    None => known["id"] == item["id"],
                });
            add_to(&mut all, found.unwrap().clone());
        }
        all
    }

    /// Does what the patch says, or answers the paths of what is wrong.
    pub(super) fn apply(&mut self, patch: &Value) -> Result<(), Vec<Value>> {
        for (key, value) in patch.as_object().unwrap() {
            match key.as_str() {
                "birthday" => self.birthday = value.clone(),
                "groups" => self.groups = ids(value),
                "companies" => self.companies = self.companies(value),
                "customFieldValues" | "add" | "remove" => {}
                list if LISTS.contains(&list) => {
                    self.lists.insert(key.clone(), cleaned(value));
                }
                _ => {
                    self.texts
                        .insert(key.clone(), value.as_str().unwrap().trim().to_owned());
                }
            }
        }
        self.forget_values();
        let (remove, add) = (&patch["remove"], &patch["add"]);
        for list in LISTS {
            let gone = cleaned(&remove[list]);
            let kept = self.lists.get_mut(list).unwrap();
            kept.retain(|entry| !gone.contains(entry));
            for new in cleaned(&add[list]) {
                add_to(kept, new);
            }
        }
        let (gone, new) = (
            self.companies(&remove["companies"]),
            self.companies(&add["companies"]),
        );
        self.companies.retain(|company| !gone.contains(company));
        for company in new {
            add_to(&mut self.companies, company);
        }
        let gone = ids(&remove["groups"]);
        self.groups.retain(|group| !gone.contains(group));
        self.forget_values();
        for group in ids(&add["groups"]) {
            add_to(&mut self.groups, group);
        }
        self.set_values(&patch["customFieldValues"])
    }

    /// Values go with the membership.
    fn forget_values(&mut self) {
        let groups = &self.groups;
        self.values.retain(|(group, _), _| groups.contains(group));
    }

    fn set_values(&mut self, sent: &Value) -> Result<(), Vec<Value>> {
        let mut wrong = Vec::new();
        for (group, fields) in sent.as_object().unwrap_or(&Map::new()) {
            if !self.groups.contains(group) {
                wrong.push(json!(["customFieldValues", group]));
                continue;
            }
            for (name, sent) in fields.as_object().unwrap() {
                let all = generated::values(group);
                let (_, _, shown) = all
                    .iter()
                    .find(|(one, form, _)| one == name && form == sent)
                    .unwrap();
                let place = (group.clone(), name.clone());
                if shown.is_null() {
                    self.values.remove(&place);
                } else {
                    self.values.insert(place, shown.clone());
                }
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// The person as it is shown.
    pub(super) fn shown(&self) -> Value {
        let mut shown = Map::new();
        for (name, text) in &self.texts {
            shown.insert(name.clone(), json!(text));
        }
        if self.texts["fullName"].is_empty() {
            let derived = format!("{} {}", self.texts["firstName"], self.texts["lastName"]);
            shown.insert("fullName".to_owned(), json!(derived.trim()));
        }
        for (name, list) in &self.lists {
            shown.insert(name.clone(), json!(list));
        }
        shown.insert("birthday".to_owned(), self.birthday.clone());
        shown.insert("companies".to_owned(), json!(self.companies));
        let groups = self.groups.iter().map(|id| json!({"id": id, "name": name(id)}));
        shown.insert("groups".to_owned(), groups.collect());
        let values = self.groups.iter().map(|group| {
            let fields = fields(group).iter().map(|field| {
                let place = (group.clone(), (*field).to_owned());
                (
                    (*field).to_owned(),
                    self.values.get(&place).cloned().unwrap_or_default(),
                )
            });
            (group.clone(), Value::Object(fields.collect()))
        });
        shown.insert("customFieldValues".to_owned(), Value::Object(values.collect()));
        Value::Object(shown)
    }
}

fn name(group: &str) -> &'static str {
    match group {
        EVERYTHING => "Everything",
        FRIENDS => "Friends",
        ENGINEERING => "Engineering",
        CLIENTS => "Clients",
        other => panic!("{other}"),
    }
}

fn fields(group: &str) -> &'static [&'static str] {
    match group {
        EVERYTHING => &[
            "Text", "Magic", "Number", "Date", "Select", "Multiple", "Contacts", "Users", "Deals", "Renamed",
        ],
        FRIENDS => &["Favorite color", "Favorite number", "Assignee"],
        ENGINEERING => &["Status", "Programming languages", "Join date", "Relationships"],
        CLIENTS => &["Deals", "Summary", "Revenue"],
        other => panic!("{other}"),
    }
}
