//! Searches work without row-level security: what they find is of their own workspace all the same.

use serde_json::json;
use tests::fixture::{KEY, OTHER_KEY, OTHER_USER};
use tests::{Condition, Operand, Query, TestServer};

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_nobody_of_another_workspace() {
    let server = TestServer::unlimited().await;
    let person = json!({
        "firstName": "Zebra", "lastName": "Quagga", "jobTitle": "Zookeeper", "description": "Stripes all over",
        "emails": ["zebra@example.com"], "phones": ["+4711"], "addresses": ["Stripe Street"],
        "urls": ["https://zebra.example"], "birthday": "2001-02-03",
    });
    server.both()[0].create(&person).await.unwrap();
    // So many that a search of the other workspace asks indexes, which have the people of both.
    let crowd = format!(
        "INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description,
            job_title, addresses, emails, phones, urls, created_at, created_by, updated_at)
        SELECT workspace_id, lpad(n::text, 32, '0')::uuid, '', '', '', false, '', '', '{{}}', '{{}}', '{{}}', '{{}}',
            now(), id, now()
        FROM users, generate_series(1, 4100) n WHERE 'usr_' || id = '{OTHER_USER}'"
    );
    let client = server.database.connect().await;
    assert_eq!(client.execute(&crowd, &[]).await.unwrap(), 4100);
    let conditions = [
        ("fullName", "eq", "Zebra Quagga"),
        ("firstName", "eq", "Zebra"),
        ("lastName", "like", "uagg"),
        ("jobTitle", "like", "zookeeper"),
        ("description", "like", "stripes"),
        ("emails", "eq", "zebra@example.com"),
        ("phones", "like", "4711"),
        ("addresses", "eq", "Stripe Street"),
        ("urls", "like", "zebra"),
        ("birthday", "eq", "2001-02-03"),
    ];
    for (field, operator, text) in conditions {
        let query = Query::of(Condition::new(field, operator, &[Operand::text(text)]));
        for (key, found) in [(KEY, 1), (OTHER_KEY, 0)] {
            for api in server.both_as(key) {
                let page = api.list(&query).await.unwrap();
                assert_eq!(page.people.len(), found, "{field} {operator} as {key}");
            }
        }
    }
}
