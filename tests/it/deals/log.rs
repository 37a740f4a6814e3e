//! What the change log tells of deals.

use proto::v1::EntityType;
use proto::v1::change::Operation::{Create, Delete, Update};
use serde_json::json;
use tests::fixture::{EVERYTHING, JANE, JOHN, WRITE_KEY};
use tests::{TestServer, sample};

use crate::change_log::follower::changes_of;

use super::{id, parties};

#[tokio::test(flavor = "multi_thread")]
async fn a_create_an_update_and_a_delete_are_an_entry_each_with_who_did_it() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    for (api, janes) in server.both().iter().zip(server.both_as(WRITE_KEY)) {
        let [ada, bea, engines, _] = parties(api).await;
        let deals = api.deals(EVERYTHING, "Deals");
        let created = deals
            .create(&sample::full_deal("Old name", &[&ada], &[&engines]))
            .await
            .unwrap();
        let deal = id(&created);
        let patch = json!({"name": "New name", "people": [{"id": bea["id"]}], "customFieldValues": {"Text": "new text"}});
        janes
            .deals(EVERYTHING, "Deals")
            .update(deal, &patch)
            .await
            .unwrap();
        // What changes nothing is no entry.
        deals.update(deal, &patch).await.unwrap();
        let told = changes_of(&server, deal, Update).await;
        let short: Vec<_> = told
            .iter()
            .map(|change| (change.operation(), change.actor_id.as_str()))
            .collect();
        assert_eq!(short, [(Create, JOHN), (Update, JANE)], "{}", api.name());
        assert!(
            told.iter()
                .all(|change| change.entity_type() == EntityType::Object)
        );
        assert!(told[0].fields.is_empty());
        let mut fields: Vec<_> = told[1].fields.iter().map(|field| field.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            ["custom_field_values", "name", "people"],
            "{}",
            api.name()
        );
        let payload = format!("{:?}", told[1].fields);
        let (ada, bea) = (&id(&ada)[4..], &id(&bea)[4..]);
        for shown in ["Old name", "New name", "some text", "new text", ada, bea] {
            assert!(payload.contains(shown), "{shown} {payload}");
        }
        deals.delete(deal).await.unwrap();
        let told = changes_of(&server, deal, Delete).await;
        assert_eq!((told[2].operation(), told[2].actor_id.as_str()), (Delete, JOHN));
        assert!(told.iter().all(|change| change.fields.is_empty()), "{told:?}");
        let left = "SELECT count(*) FROM changes c WHERE to_jsonb(c)::text LIKE '%New name%'";
        assert_eq!(server.database.number(left).await, 0, "{}", api.name());
    }
}
