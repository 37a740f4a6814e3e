//! Two programs on one database are one service.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use proto::v1::change::Operation::{self, Create, Delete, Update};
use proto::v1::{CreateCustomFieldRequest, CustomField, EntityType, UpdateCustomFieldRequest, custom_field};
use serde_json::{Value, json};
use tests::fixture::{EVERYTHING, KEY};
use tests::{Api, GrpcClient, Program, Refused, RestClient, TestServer, command};
use tokio::task::JoinHandle;

use crate::change_log::follower::{Follower, short};

/// What is promised within a second may take longer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Instances {
    one: TestServer,
    other: Program,
}

impl Instances {
    async fn start() -> Self {
        let one = TestServer::unlimited().await;
        let mut other = command(one.database.url());
        other.arg("serve").env("PEOPLE_RATE_LIMIT", "0");
        let other = Program::start(other).await;
        Self { one, other }
    }

    /// Both doors of the second one.
    fn both_of_other(&self, key: &str) -> [Api; 2] {
        let rest = RestClient {
            address: self.other.rest(),
            key: key.to_owned(),
        };
        let grpc = GrpcClient::new(self.other.grpc(), key);
        [Api::Rest(rest), Api::Grpc(Box::new(grpc))]
    }

    /// Both doors of both; neighbours are of different instances.
    fn all(&self) -> [Api; 4] {
        let [rest, grpc] = self.one.both();
        let [other_rest, other_grpc] = self.both_of_other(KEY);
        [rest, other_rest, grpc, other_grpc]
    }

    /// People are made at every door until it is asked to stop.
    fn load(&self, body: &Value) -> Load {
        let stopping = Arc::new(AtomicBool::new(false));
        let writers = self.all().map(|api| {
            let (stopping, body) = (Arc::clone(&stopping), body.clone());
            tokio::spawn(async move {
                loop {
                    api.create(&body).await.unwrap();
                    if stopping.load(Ordering::Relaxed) {
                        break;
                    }
                }
            })
        });
        Load { stopping, writers }
    }
}

struct Load {
    stopping: Arc<AtomicBool>,
    writers: [JoinHandle<()>; 4],
}

impl Load {
    /// Ends it. Nothing of it may have failed.
    async fn stop(self) {
        self.stopping.store(true, Ordering::Relaxed);
        for writer in join_all(self.writers).await {
            writer.unwrap();
        }
    }
}

fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

/// Tries until it comes true.
async fn until(what: &str, mut is_true: impl AsyncFnMut() -> bool) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while !is_true().await {
        assert!(tokio::time::Instant::now() < deadline, "never true: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

type Written = Vec<(EntityType, String, Operation)>;

/// Makes people with companies that all others ask for too, changes them, and deletes some; answers what it did to people,
/// and the companies by their names.
async fn write(api: Api, writer: usize) -> (Written, Vec<(String, String)>) {
    let (mut written, mut companies) = (Written::new(), Vec::new());
    for round in 0..6 {
        let names = [format!("Shared {round}"), format!("Of {writer} in {round}")];
        let asked = if writer.is_multiple_of(3) {
            names[0].to_uppercase()
        } else {
            names[0].clone()
        };
        let body = json!({"companies": [{"name": asked}, {"name": names[1]}]});
        let person = api.create(&body).await.unwrap();
        let mut done = vec![Create, Update];
        for (name, company) in names.into_iter().zip(person["companies"].as_array().unwrap()) {
            companies.push((name, id(company).to_owned()));
        }
        let patch = json!({"jobTitle": format!("{writer}")});
        api.update(id(&person), &patch).await.unwrap();
        if round % 3 == 2 {
            api.delete(id(&person)).await.unwrap();
            done.push(Delete);
        }
        written.extend(
            done.into_iter()
                .map(|done| (EntityType::Person, id(&person).to_owned(), done)),
        );
    }
    (written, companies)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_asked_for_at_both_is_made_once_and_the_log_of_one_tells_the_writes_of_both_once() {
    let instances = Instances::start().await;
    let apis = instances.all();
    let there = "SELECT coalesce(string_agg(entity_id::text, ' '), '') FROM changes";
    let there = instances.one.database.text(there).await;
    let writers: Vec<_> = (0..12)
        .map(|writer| tokio::spawn(write(apis[writer % 4].clone(), writer)))
        .collect();
    let mut follower = Follower::of(GrpcClient::new(instances.other.grpc(), KEY), 17);
    let mut seen = Vec::new();
    let mut expected = Written::new();
    let mut companies: HashMap<String, String> = HashMap::new();
    for writer in writers {
        while !writer.is_finished() {
            seen.extend(follower.page().await);
        }
        let (written, linked) = writer.await.unwrap();
        expected.extend(written);
        for (name, company) in linked {
            let first = companies.entry(name.clone()).or_insert_with(|| company.clone());
            assert_eq!(*first, company, "{name}");
        }
    }
    assert_eq!(companies.len(), 6 + 12 * 6);
    // The last of all, to know when everything was told.
    let last = apis[0].create(&json!({})).await.unwrap();
    apis[0].delete(id(&last)).await.unwrap();
    seen.extend(follower.until_deleted(id(&last)).await);

    expected.extend([Create, Delete].map(|done| (EntityType::Person, id(&last).to_owned(), done)));
    expected.extend(
        companies
            .into_values()
            .map(|id| (EntityType::Company, id, Create)),
    );
    // The fixture has a log as well.
    seen.retain(|change| !there.contains(&change.entity_id[4..]));
    let mut told: Vec<_> = seen.iter().map(short).collect();
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_names_itself_at_both_at_the_same_moment_is_done_once() {
    let instances = Instances::start().await;
    let apis = instances.all();
    let people = "SELECT count(*) FROM people";
    for round in 0..10 {
        let before = instances.one.database.number(people).await;
        let key = format!("round {round}");
        let body = json!({"firstName": "Once", "companies": [{"name": format!("New {round}")}]});
        // REST and gRPC are two spellings of one request.
        let made = join_all((0..8).map(|caller| apis[caller % 4].create_once(&body, &key))).await;
        let first = made[0].clone().unwrap();
        for answer in made {
            assert_eq!(answer.unwrap(), first);
        }
        assert_eq!(instances.one.database.number(people).await, before + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_at_both_at_the_same_moment_are_all_kept() {
    let instances = Instances::start().await;
    let apis = instances.all();
    let person = apis[0]
        .create(&json!({"groups": [{"id": EVERYTHING}]}))
        .await
        .unwrap();
    let person = id(&person);
    for round in 0..10 {
        let text = format!("{round}");
        let patches = [
            json!({"firstName": text}),
            json!({"jobTitle": text}),
            json!({"customFieldValues": {EVERYTHING: {"Text": text}}}),
            json!({"customFieldValues": {EVERYTHING: {"Renamed": text}}}),
        ];
        let updates = apis
            .iter()
            .zip(&patches)
            .map(|(api, patch)| api.update(person, patch));
        for updated in join_all(updates).await {
            updated.unwrap();
        }
        for api in &apis {
            let shown = api.get(person).await.unwrap();
            let values = &shown["customFieldValues"][EVERYTHING];
            let kept = [
                &shown["firstName"],
                &shown["jobTitle"],
                &values["Text"],
                &values["Renamed"],
            ];
            assert_eq!(kept, [&json!(text); 4], "{}", api.name());
        }
    }
}

/// Defines a text field of the group Everything, and answers its id.
async fn define(instance: &TestServer, name: &str) -> String {
    let field = CustomField {
        group_id: EVERYTHING.to_owned(),
        entity_type: "person".to_owned(),
        name: name.to_owned(),
        r#type: custom_field::Type::Text.into(),
        ..CustomField::default()
    };
    let request = CreateCustomFieldRequest {
        custom_field: Some(field),
        validate_only: false,
    };
    let mut admin = instance.grpc_as(KEY).admin;
    admin.create_custom_field(request).await.unwrap().into_inner().id
}

async fn rename(instance: &TestServer, field: &str, name: &str) {
    let renamed = CustomField {
        id: field.to_owned(),
        name: name.to_owned(),
        ..CustomField::default()
    };
    let request = UpdateCustomFieldRequest {
        custom_field: Some(renamed),
        update_mask: None,
        custom_field_name: String::new(),
        remove_used_options: false,
        validate_only: false,
    };
    let mut admin = instance.grpc_as(KEY).admin;
    admin.update_custom_field(request).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_defined_at_one_holds_at_the_other_while_both_work() {
    let instances = Instances::start().await;
    let values =
        |name: &str| json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {name: "x"}}});
    // By the first name of the field, which goes on working when it has others.
    let field = define(&instances.one, "First").await;
    let load = instances.load(&values("First"));
    for (round, api) in instances.both_of_other(KEY).iter().enumerate() {
        // Now the other instance knows the definitions as they are before the next.
        let person = api.create(&values("First")).await.unwrap();

        // What would be refused by old definitions is judged by new ones: this needs no waiting.
        let added = format!("Added {round}");
        define(&instances.one, &added).await;
        let made = api.create(&values(&added)).await.unwrap();
        assert_eq!(
            made["customFieldValues"][EVERYTHING][&added],
            "x",
            "{}",
            api.name()
        );

        let renamed = format!("Renamed {round}");
        rename(&instances.one, &field, &renamed).await;
        until("the other shows the new name", async || {
            let shown = api.get(id(&person)).await.unwrap();
            shown["customFieldValues"][EVERYTHING][&renamed] == "x"
        })
        .await;
    }
    load.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_revoked_at_one_ends_at_the_other_while_both_work() {
    let instances = Instances::start().await;
    let load = instances.load(&json!({}));
    let rest = instances.one.rest();
    let made = rest
        .send(
            "POST",
            "/v1/api-keys",
            r#"{"name": "short-lived", "scope": "write"}"#,
        )
        .await;
    let made = made.json()["data"].clone();
    let others = instances.both_of_other(made["secret"].as_str().unwrap());
    for api in &others {
        api.user("me").await.unwrap();
    }
    let revoked = rest
        .send("DELETE", &format!("/v1/api-keys/{}", id(&made)), "")
        .await;
    assert_eq!(revoked.status, 200, "{}", revoked.text);
    for api in &others {
        until("the other refuses the key", async || match api.user("me").await {
            Ok(_) => false,
            Err(refused) => {
                assert_eq!(refused, Refused::with_code("UNAUTHORIZED"), "{}", api.name());
                true
            }
        })
        .await;
    }
    load.stop().await;
}
