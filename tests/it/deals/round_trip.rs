//! A full deal goes in and comes back equal: through the store, gRPC and REST.

use domain::{DealDraft, DealPlace, Judging, Name, Path, RawDeal, Violations};
use persistence::deals::{self, DealCreated, DealHome, NewDeal};
use persistence::{Loaded, Writing, definitions};
use serde_json::json;
use tests::fixture::EVERYTHING;
use tests::{TestServer, fixture, sample};
use uuid::Uuid;

use super::{id, parties};

#[tokio::test(flavor = "multi_thread")]
async fn a_full_deal_comes_back_through_both_doors_whichever_it_went_in_by() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let [ada, bea, engines, bakery] = parties(&api).await;
        let (people, companies) = ([&bea, &ada], [&engines, &bakery]);
        let deal = sample::full_deal("Engine no. 2", &people, &companies);
        let created = api.deals(EVERYTHING, "Deals").create(&deal).await.unwrap();
        let (id, shown) = sample::without_id_and_time(created.clone());
        assert!(id.starts_with("obj_"));
        assert_eq!(
            shown,
            sample::full_deal_shown("Engine no. 2", &people, &companies),
            "{}",
            api.name()
        );
        for other in server.both() {
            assert_eq!(
                other.deals(EVERYTHING, "Deals").get(&id).await.unwrap(),
                created,
                "{}",
                other.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_deal_comes_back_through_the_store() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    let [rest, _] = server.both();
    let [ada, _, engines, _] = parties(&rest).await;
    let (connection, workspace_id) = fixture::connection(server.database.url()).await;
    let definitions = definitions::load(&connection, workspace_id)
        .await
        .unwrap()
        .unwrap();
    let group_id = Uuid::parse_str(&EVERYTHING[4..]).unwrap().into();
    let object_type = definitions.group(group_id).unwrap().object_type("Deals").unwrap();
    let home = DealHome {
        group_id,
        object_type_id: object_type.id,
    };
    let mut violations = Violations::default();
    let path = Path::root("deal");
    let raw = RawDeal {
        name: Name::parse("Engine no. 1".to_owned(), &path, &mut violations),
        companies: vec![id(&engines).to_owned()],
        people: vec![id(&ada).to_owned(), fixture::BOB.to_owned()],
        values: sample::raw_values(),
    };
    // Who takes part is a member.
    rest.update(fixture::BOB, &json!({"add": {"groups": [{"id": EVERYTHING}]}}))
        .await
        .unwrap();
    let mut judging = Judging {
        definitions: &definitions,
        deprecations: &mut domain::Deprecations::default(),
        violations: &mut violations,
    };
    let place = DealPlace {
        group_id,
        fields: &object_type.fields,
    };
    let draft = DealDraft::read(raw, place, &path, &mut judging).unwrap();
    assert!(violations.is_empty(), "{:?}", violations.kept());
    let id = Uuid::now_v7().into();
    let deal = NewDeal {
        id,
        home,
        draft,
        store: true,
    };
    let writing = Writing {
        workspace_id,
        actor: Uuid::parse_str(&fixture::JOHN[4..]).unwrap().into(),
        now: "2026-01-02T03:04:05.678Z".parse().unwrap(),
        definitions_version: definitions.version(),
        atomic: true,
    };
    let created = deals::create(&connection, writing, &deal).await.unwrap();
    let DealCreated::Deal(view) = created else {
        panic!("everything it refers to exists: {created:?}");
    };
    assert_eq!(view.deal.values.len(), 9);
    let loaded = deals::load(&connection, workspace_id, home, &[id], &definitions)
        .await
        .unwrap();
    let Loaded::Found(loaded) = loaded else {
        panic!("the definitions are those just loaded");
    };
    assert_eq!(loaded, [*view]);
}
