//! The log as `ListChanges` tells it.

use proto::v1::change::Operation::{Create, Delete, Update};
use proto::v1::{Change, EntityType, ListChangesRequest};
use serde_json::json;
use tests::fixture::{
    EVERYTHING, JANE, JOHN, KEY, OTHER_COMPANY, OTHER_DEAL, OTHER_KEY, READ_KEY, WRITE_KEY,
};
use tests::{TestServer, sample};
use tonic::Code;

use super::follower::{Follower, short};

fn fields(change: &Change) -> Vec<&str> {
    change.fields.iter().map(|field| field.field.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_come_in_their_order_deletes_and_companies_made_by_name_included() {
    let server = TestServer::start().await;
    for (api, janes) in server.both().iter().zip(server.both_as(WRITE_KEY)) {
        let mut follower = Follower::new(&server, READ_KEY, 2);
        let body = json!({"firstName": "A", "companies": [{"name": format!("First of {}", api.name())}]});
        let created = api.create(&body).await.unwrap();
        let id = created["id"].as_str().unwrap();
        let patch = json!({"jobTitle": "B", "companies": [{"name": format!("Second of {}", api.name())}]});
        let updated = janes.update(id, &patch).await.unwrap();
        let batch = api.batch_create(&[json!({}), json!({})], true, "").await.unwrap();
        api.delete(id).await.unwrap();

        let changes = follower.until_deleted(id).await;
        let company = |person: &serde_json::Value| person["companies"][0]["id"].as_str().unwrap().to_owned();
        let mut expected = vec![
            (EntityType::Company, company(&created), Create),
            (EntityType::Person, id.to_owned(), Create),
            (EntityType::Company, company(&updated), Create),
            (EntityType::Person, id.to_owned(), Update),
        ];
        let mut of_batch: Vec<_> = batch
            .into_iter()
            .map(|person| person.unwrap()["id"].as_str().unwrap().to_owned())
            .collect();
        of_batch.sort();
        expected.extend(of_batch.into_iter().map(|id| (EntityType::Person, id, Create)));
        expected.push((EntityType::Person, id.to_owned(), Delete));
        let told: Vec<_> = changes.iter().map(short).collect();
        let mut last = told[told.len() - expected.len()..].to_vec();
        // Within one batch the order is its own.
        last[4..6].sort_by(|one, other| one.1.cmp(&other.1));
        assert_eq!(last, expected, "{}", api.name());
        let actors: Vec<_> = changes[told.len() - expected.len()..]
            .iter()
            .map(|change| change.actor_id.as_str())
            .collect();
        assert_eq!(
            actors,
            [JOHN, JOHN, JANE, JANE, JOHN, JOHN, JOHN],
            "{}",
            api.name()
        );
        assert!(changes.iter().all(|change| change.time.is_some()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_tells_each_field_before_and_after_until_the_person_is_deleted() {
    let server = TestServer::start().await;
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = created["id"].as_str().unwrap();
        let patch = json!({"jobTitle": "Analyst", "birthday": null, "emails": ["new@example.com"],
            "customFieldValues": {EVERYTHING: {"Text": "new"}}});
        api.update(id, &patch).await.unwrap();
        let update = |change: &Change| change.entity_id == id && change.operation() == Update;
        let mut follower = Follower::new(&server, KEY, 1000);
        let changes = follower.until(update).await;
        let change = changes.iter().find(|change| update(change)).unwrap();
        let mut told = fields(change);
        told.sort_unstable();
        assert_eq!(
            told,
            ["birthday", "custom_field_values", "emails", "job_title"],
            "{}",
            api.name()
        );
        let job_title = change
            .fields
            .iter()
            .find(|field| field.field == "job_title")
            .unwrap();
        let shown = format!("{:?} {:?}", job_title.before, job_title.after);
        assert!(
            shown.contains("Mathematician") && shown.contains("Analyst"),
            "{shown}"
        );
        assert!(
            changes
                .iter()
                .filter(|change| !update(change))
                .all(|change| change.fields.is_empty())
        );

        api.delete(id).await.unwrap();
        let changes = Follower::new(&server, KEY, 1000).until_deleted(id).await;
        assert!(
            changes
                .iter()
                .filter(|change| change.entity_id == id)
                .all(|change| change.fields.is_empty())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspace_reads_its_own_log_alone() {
    let server = TestServer::start().await;
    let [ours, _] = server.both();
    let [theirs, _] = server.both_as(OTHER_KEY);
    ours.create(&json!({})).await.unwrap();
    let person = theirs.create(&json!({})).await.unwrap();
    let id = person["id"].as_str().unwrap();
    theirs.delete(id).await.unwrap();
    let changes = Follower::new(&server, OTHER_KEY, 1000).until_deleted(id).await;
    let told: Vec<_> = changes.iter().map(short).collect();
    let [before @ .., made, gone] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(*made, (EntityType::Person, id.to_owned(), Create));
    assert_eq!(*gone, (EntityType::Person, id.to_owned(), Delete));
    // Of the fixture there is only what is theirs.
    let mut before: Vec<_> = before.iter().map(|(_, id, _)| id.as_str()).collect();
    before.sort_unstable();
    assert_eq!(before, [OTHER_COMPANY, OTHER_DEAL]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_that_is_none_is_refused_and_a_page_has_its_bounds() {
    let server = TestServer::unlimited().await;
    let [_, grpc] = server.both();
    let many: Vec<_> = (0..1000).map(|_| json!({})).collect();
    grpc.batch_create(&many, true, "").await.unwrap();
    grpc.batch_create(&many[..5], true, "").await.unwrap();
    let last = grpc.create(&json!({})).await.unwrap();
    let id = last["id"].as_str().unwrap();
    grpc.delete(id).await.unwrap();
    Follower::new(&server, KEY, 1000).until_deleted(id).await;
    let mut client = server.grpc_as(KEY).changes;
    for (page_size, expected) in [(0, 100), (1, 1), (1000, 1000), (5000, 1000)] {
        let request = ListChangesRequest {
            page_size,
            after: String::new(),
        };
        let page = client.list_changes(request).await.unwrap().into_inner();
        assert_eq!(page.changes.len(), expected, "{page_size}");
    }
    for (page_size, after) in [
        (-1, ""),
        (1, "x"),
        (1, "1"),
        (1, "-1.-1"),
        (1, "1.2.3"),
        (1, "99999999999999999999.1"),
    ] {
        let request = ListChangesRequest {
            page_size,
            after: after.to_owned(),
        };
        let refused = client.list_changes(request).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument, "{page_size} {after:?}");
    }
}
