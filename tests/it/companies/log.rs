//! What the change log tells of companies.

use proto::v1::EntityType;
use proto::v1::change::Operation::{Create, Delete, Update};
use serde_json::json;
use tests::fixture::{EVERYTHING, JANE, JOHN, WRITE_KEY};
use tests::{TestServer, sample};

use crate::change_log::follower::changes_of;

use super::id;

#[tokio::test(flavor = "multi_thread")]
async fn a_create_an_update_and_a_delete_are_an_entry_each_with_who_did_it() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    for (api, janes) in server.both().iter().zip(server.both_as(WRITE_KEY)) {
        let companies = api.companies();
        let name = format!("Logged by {}", api.name());
        let created = companies.create(&sample::full_company(&name)).await.unwrap();
        let id = id(&created);
        let patch = json!({"industry": "New industry", "fundingRaised": null, "emails": ["new@example.com"],
            "customFieldValues": {EVERYTHING: {"Text": "new text"}}});
        janes.companies().update(id, &patch).await.unwrap();
        // What changes nothing is no entry.
        companies.update(id, &patch).await.unwrap();
        companies.create(&json!({"name": name})).await.unwrap();

        let told = changes_of(&server, id, Update).await;
        let short: Vec<_> = told
            .iter()
            .map(|change| (change.operation(), change.actor_id.as_str()))
            .collect();
        assert_eq!(short, [(Create, JOHN), (Update, JANE)], "{}", api.name());
        assert!(
            told.iter()
                .all(|change| change.entity_type() == EntityType::Company)
        );
        assert!(told[0].fields.is_empty());
        let mut fields: Vec<_> = told[1].fields.iter().map(|field| field.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            ["custom_field_values", "emails", "funding_raised", "industry"],
            "{}",
            api.name()
        );
        let payload = format!("{:?}", told[1].fields);
        for shown in [
            "Calculating machinery",
            "New industry",
            "1700000.25",
            "new@example.com",
            "some text",
            "new text",
        ] {
            assert!(payload.contains(shown), "{shown} {payload}");
        }
        assert!(
            !payload.contains("Somerset"),
            "what did not change is not there: {payload}"
        );

        companies.delete(id).await.unwrap();
        let told = changes_of(&server, id, Delete).await;
        assert_eq!((told[2].operation(), told[2].actor_id.as_str()), (Delete, JOHN));
        assert!(told.iter().all(|change| change.fields.is_empty()), "{told:?}");
        let left = "SELECT count(*) FROM changes c WHERE to_jsonb(c)::text LIKE '%New industry%'";
        assert_eq!(server.database.number(left).await, 0, "{}", api.name());
    }
}
