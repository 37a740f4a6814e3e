//! The people of the table of examples.

use std::collections::HashMap;

use serde_json::json;
use tests::fixture::{BOB, DEAL, EVERYTHING, FRIENDS, HR_SERVICES, JANE, JOHN, TECH_CORP, WRITE_KEY};
use tests::{Page, Query, TestServer};

/// A service with four people beside Bob, who are called by letters.
pub(super) struct Known {
    pub(super) server: TestServer,
    letters: HashMap<String, char>,
}

impl Known {
    pub(super) async fn new() -> Self {
        let server = TestServer::unlimited().await;
        let [johns, _] = server.both();
        let [_, janes] = server.both_as(WRITE_KEY);
        let everything = json!([{"id": EVERYTHING}]);
        let ada = json!({
            "firstName": "Ada", "lastName": "Lovelace", "jobTitle": "100% Mathematician", "description": "a_b\\c",
            "birthday": "1815-12-10", "emails": ["Ada@Example.com", "second@example.com"], "phones": ["+1", "+2"],
            "addresses": ["Élysée 1"], "urls": ["https://a.example"],
            "groups": everything, "companies": [{"id": TECH_CORP}, {"id": HR_SERVICES}],
            "customFieldValues": {EVERYTHING: {"Text": "Long text", "Magic": "m", "Number": "42.50", "Date": "2021-01-01",
                "Select": "A", "Multiple": ["A", "B"], "Contacts": [{"id": BOB}, {"id": HR_SERVICES}],
                "Users": [{"id": JOHN}, {"id": JANE}], "Deals": [{"id": DEAL}]}},
        });
        let bea = json!({
            "firstName": "Bea", "lastName": "lovelace", "jobTitle": "100 Mathematicians", "description": "axb\\c",
            "birthday": "2000-02-29", "emails": ["bea@example.com"], "phones": ["+2"], "addresses": ["élysée 2"],
            "urls": ["https://b.example", "https://a.example"],
            "groups": [{"id": FRIENDS}, {"id": EVERYTHING}], "companies": [{"id": TECH_CORP}],
            "customFieldValues": {EVERYTHING: {"Text": "text", "Magic": "M", "Number": -7, "Date": "2021-01-02",
                "Select": "B", "Multiple": ["B"], "Contacts": [{"id": BOB}], "Users": [{"id": JANE}]}},
        });
        // A member without values, and one who is nowhere.
        let cyd = json!({"fullName": "Cyd", "groups": [{"id": EVERYTHING}]});
        let dan = json!({"firstName": "Dan", "description": "d"});
        let mut letters = HashMap::from([(BOB.to_owned(), 'o')]);
        for (letter, body, api) in [
            ('a', ada, &johns),
            ('b', bea, &johns),
            ('c', cyd, &janes),
            ('d', dan, &janes),
        ] {
            let person = api.create(&body).await.unwrap();
            letters.insert(person["id"].as_str().unwrap().to_owned(), letter);
        }
        let at = "UPDATE people SET created_at = CASE first_name WHEN 'Bob' THEN '2024-12-31T23:59:59.999Z' \
            WHEN 'Ada' THEN '2025-01-01T00:00:00.000Z' WHEN 'Bea' THEN '2025-01-01T12:00:00.123Z' \
            WHEN 'Dan' THEN '2025-01-02T00:00:00.000Z' ELSE '2025-01-01T23:59:59.999Z' END::timestamptz";
        server.database.connect().await.batch_execute(at).await.unwrap();
        Self { server, letters }
    }

    /// The letters of the people on a page, sorted.
    pub(super) fn letters(&self, page: &Page) -> String {
        assert_eq!(page.next, None);
        let ids = page.people.iter().map(|person| person["id"].as_str().unwrap());
        let mut letters: Vec<char> = ids.map(|id| self.letters[id]).collect();
        letters.sort_unstable();
        letters.into_iter().collect()
    }

    /// Who fits, asked in each of the three ways.
    pub(super) async fn who(&self, query: &Query) -> String {
        let [rest, grpc] = self.server.both();
        let mut told = Vec::new();
        for page in [
            rest.list(query).await,
            rest.search(query).await,
            grpc.list(query).await,
        ] {
            let page = page.unwrap_or_else(|refused| panic!("{query:?} {refused:?}"));
            told.push(self.letters(&page));
        }
        assert!(
            told.iter().all(|one| *one == told[0]),
            "query, body and gRPC differ: {told:?} {query:?}"
        );
        told.swap_remove(0)
    }
}
