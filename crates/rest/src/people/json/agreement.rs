//! The two ways in read the same.

use proptest::prelude::*;
use proto::v1::Person;

use super::{Batch, batch_fast, read_batch};
use crate::json::{Json, Path, ShapeIssues, parse};
use crate::records::{Patch, Record as _, read_patch, read_record};

/// What the slow way makes of a text that has nothing wrong.
fn slowly<T>(text: &str, read: impl FnOnce(&Json<'_>, &mut ShapeIssues) -> T) -> Option<T> {
    let mut issues = ShapeIssues::default();
    let read = read(&parse(text).ok()?, &mut issues);
    issues.is_empty().then_some(read)
}

/// The fast way, and the slow way: one must refuse what the other does.
fn person(text: &str) -> (Option<Person>, Option<Person>) {
    let slow = slowly(text, |body, issues| read_record(body, Path::Request, issues));
    (Person::read_fast(text), slow.flatten())
}

fn patch(text: &str) -> (Option<Patch<Person>>, Option<Patch<Person>>) {
    (Person::read_patch_fast(text), slowly(text, read_patch))
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "firstName", "lastName", "fullName", "description", "birthday", "jobTitle", "groups", "companies",
            "addresses", "emails", "phones", "urls", "customFieldValues", "id", "name", "email", "grp_1", "add",
            "remove",
        ]).prop_map(str::to_owned),
        1 => "[a-zé]{0,3}",
    ]
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "null",
            "true",
            "1",
            "-0.50",
            "1e999",
            "01",
            "\"\"",
            "\"1990-02-31\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "[]",
            "{}",
            " [ ] ",
            "nul",
        ])
        .prop_map(str::to_owned),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ]
}

fn object(values: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let pair =
        (key(), values).prop_map(|(key, value)| format!("{}: {value}", serde_json::to_string(&key).unwrap()));
    prop::collection::vec(pair, 0..4).prop_map(|pairs| format!("{{ {} }}", pairs.join(",")))
}

/// Any JSON, and what almost is.
fn json() -> impl Strategy<Value = String> {
    scalar().prop_recursive(4, 64, 4, |inner| {
        prop_oneof![
            object(inner.clone()),
            prop::collection::vec(inner, 0..4).prop_map(|entries| format!("[{}]", entries.join(", "))),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap())
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(text(), 0..3).prop_map(|entries| format!("[{}]", entries.join(" , ")))
}

fn links(key: &'static str) -> impl Strategy<Value = String> {
    let link = text().prop_map(move |value| format!("{{\"{key}\":{value}}}"));
    prop::collection::vec(link, 0..3).prop_map(|entries| format!("[ {}]", entries.join(",")))
}

fn entries() -> impl Strategy<Value = String> {
    (texts(), prop_oneof![links("id"), links("name")])
        .prop_map(|(texts, links)| format!("{{\"phones\":{texts},\"companies\":{links},\"groups\":[]}}"))
}

fn batch(text: &str) -> (Option<Batch>, Option<Batch>) {
    (batch_fast(text), slowly(text, read_batch))
}

/// Mostly batches of the right shape.
fn batch_body() -> impl Strategy<Value = String> {
    let people = prop::collection::vec(prop_oneof![9 => body(), 1 => json()], 0..3);
    let atomic = prop::sample::select(vec![
        "",
        "\"atomic\": true,",
        "\"atomic\":false,",
        "\"atomic\": null,",
    ]);
    (people, atomic).prop_map(|(people, atomic)| format!("{{{atomic}\"people\":[{}]}}", people.join(",")))
}

/// Mostly bodies of the right shape.
fn body() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        texts(),
        links("id"),
        links("email"),
        scalar(),
        any::<f64>().prop_map(|n| n.to_string())
    ];
    let values = object(object(value));
    let field = |key: &'static str, value: BoxedStrategy<String>| {
        value.prop_map(move |value| format!("\"{key}\":{value}"))
    };
    let day =
        prop::sample::select(vec!["null", "\"2000-01-\\u00302\"", "\"0000-99-99\""]).prop_map(str::to_owned);
    let field = prop_oneof![
        field("firstName", text().boxed()),
        field("description", text().boxed()),
        field("birthday", day.boxed()),
        field("emails", texts().boxed()),
        field("urls", texts().boxed()),
        field("groups", links("id").boxed()),
        field("companies", prop_oneof![links("id"), links("name")].boxed()),
        field("customFieldValues", values.boxed()),
        field("add", entries().boxed()),
        field("remove", entries().boxed()),
    ];
    prop::collection::vec(field, 0..5).prop_map(|fields| format!("{{{}}}", fields.join(",")))
}

proptest! {
    #[test]
    fn what_is_read_fast_is_read_the_same_slowly(text in prop_oneof![body(), batch_body(), json(), object(json()), any::<String>()]) {
        let (fast, slow) = person(&text);
        if fast.is_some() {
            prop_assert_eq!(fast, slow);
        }
        let (fast, slow) = patch(&text);
        if fast.is_some() {
            prop_assert_eq!(fast, slow);
        }
        let (fast, slow) = batch(&text);
        if fast.is_some() {
            prop_assert_eq!(fast, slow);
        }
    }
}

#[test]
fn both_ways_take_a_full_body() {
    let text = r#"{"firstName": "a", "birthday": null, "groups": [{"id": "g"}], "companies": [{"name": "n"}, {"id": "c"}],
        "customFieldValues": {"g": {"t": "x", "n": 1.0e5, "l": ["a"], "r": [ {"id": "i"}, {"email": "e"}], "u": null, "e": [ ]}}}"#;
    let (fast, slow) = person(text);
    assert!(fast.is_some());
    assert_eq!(fast, slow);
}

#[test]
fn both_ways_take_a_full_patch() {
    let text = r#"{"emails": [], "birthday": null, "add": {"groups": [{"id": "g"}], "companies": [{"name": "n"}], "urls": []},
        "remove": {}, "customFieldValues": {"g": {"t": null}}, "full\u004eame": ""}"#;
    let (fast, slow) = patch(text);
    let mask = &fast.as_ref().unwrap().update_mask.paths;
    assert_eq!(mask, &["emails", "birthday", "custom_field_values", "full_name"]);
    assert_eq!(fast, slow);
}

#[test]
fn both_ways_take_a_full_batch() {
    for (text, atomic) in [
        (r#"{"people": [{"firstName": "a"}, {}]}"#, true),
        (r#"{"atomic": false, "people": [{}, {"emails": ["a"]}]}"#, false),
    ] {
        let (fast, slow) = batch(text);
        assert_eq!(
            fast.as_ref().map(|batch| (batch.people.len(), batch.atomic)),
            Some((2, atomic))
        );
        assert_eq!(fast, slow);
    }
}

#[test]
fn a_person_is_an_object_in_a_batch_too() {
    assert_eq!(batch_fast(r#"{"people": [["a", "b"]]}"#), None);
}
