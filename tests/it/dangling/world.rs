//! A workspace where everything refers to everything, and what is left of it.

use serde_json::{Value, json};
use tests::fixture::{EVERYTHING, JANE, JOHN, WRITE_KEY};
use tests::{Api, Query, TestServer};

use super::sound::{assert_no_holes, assert_sound};

/// How many of each kind there are.
pub(crate) const MANY: usize = 4;

/// The workspace, and who is left in it.
pub(crate) struct World {
    pub(crate) server: TestServer,
    pub(crate) people: Vec<String>,
    pub(crate) companies: Vec<String>,
    pub(crate) deals: Vec<String>,
    /// Ids that nothing may show any more.
    pub(crate) gone: Vec<String>,
}

fn links<'a>(ids: impl IntoIterator<Item = &'a String>) -> Value {
    ids.into_iter().map(|id| json!({"id": id})).collect()
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}

impl World {
    pub(crate) async fn new() -> Self {
        let server = TestServer::unlimited().await;
        server.define_fields("company").await;
        server.define_fields("Deals").await;
        let [rest, grpc] = server.both();
        let (mut people, mut companies, mut deals) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..MANY {
            let api = if number % 2 == 0 { &rest } else { &grpc };
            let member = json!({"firstName": format!("Person {number}"), "groups": [{"id": EVERYTHING}]});
            people.push(id(&api.create(&member).await.unwrap()));
            let member = json!({"name": format!("Company {number}"), "groups": [{"id": EVERYTHING}]});
            companies.push(id(&api.companies().create(&member).await.unwrap()));
            let deal = json!({"name": format!("Deal {number}")});
            deals.push(id(&api.deals(EVERYTHING, "Deals").create(&deal).await.unwrap()));
        }
        let values = json!({
            "Text": "t", "Magic": "m", "Number": 1, "Date": "2021-01-01", "Select": "A", "Multiple": ["A", "B"],
            "Contacts": links(people.iter().chain(&companies)), "Users": [{"id": JANE}, {"id": JOHN}],
            "Deals": links(&deals),
        });
        let [janes, _] = server.both_as(WRITE_KEY);
        for number in 0..MANY {
            let api = if number % 2 == 0 { &grpc } else { &rest };
            let person = json!({"companies": links(&companies), "customFieldValues": {EVERYTHING: values}});
            api.update(&people[number], &person).await.unwrap();
            let company = json!({"customFieldValues": {EVERYTHING: values}});
            api.companies()
                .update(&companies[number], &company)
                .await
                .unwrap();
            let deal = json!({"people": links(&people), "companies": links(&companies), "customFieldValues": values});
            api.deals(EVERYTHING, "Deals")
                .update(&deals[number], &deal)
                .await
                .unwrap();
            for (user, entity) in [
                (api, &people[number]),
                (&janes, &people[number]),
                (&janes, &companies[number]),
            ] {
                let body = json!({"entity": {"id": entity}, "dateTime": "2025-01-01T00:00:00Z", "title": "t", "content": "c", "type": "call"});
                user.log(&body, "").await.unwrap();
            }
        }
        Self {
            server,
            people,
            companies,
            deals,
            gone: Vec::new(),
        }
    }

    /// Every record that is left, as a door shows it alone and in lists.
    async fn read(&self, api: &Api) -> Vec<Value> {
        let (companies, deals) = (api.companies(), api.deals(EVERYTHING, "Deals"));
        let mut all = Vec::new();
        for id in &self.people {
            all.push(api.get(id).await.unwrap());
        }
        for id in &self.companies {
            all.push(companies.get(id).await.unwrap());
        }
        for id in &self.deals {
            all.push(deals.get(id).await.unwrap());
        }
        let pages = Query::pages_of(100);
        let mut listed = api.list_all(&pages).await.unwrap();
        listed.extend(companies.list_all(&pages).await.unwrap());
        if !self.deals.is_empty() {
            listed.extend(deals.list_all(&pages).await.unwrap());
        }
        for record in &all {
            assert!(listed.contains(record), "{} lists another {record}", api.name());
        }
        listed
    }

    /// That nothing dangles after this.
    pub(crate) async fn assert_whole(&self, what: &str) {
        let [rest, grpc] = self.server.both();
        let (mut by_rest, by_grpc) = (self.read(&rest).await, self.read(&grpc).await);
        assert_eq!(by_rest, by_grpc, "{what}");
        for record in &mut by_rest {
            assert_no_holes(record, what);
            let text = record.to_string();
            let seen: Vec<_> = self.gone.iter().filter(|id| text.contains(*id)).collect();
            assert_eq!(seen, Vec::<&String>::new(), "after {what}: {record}");
        }
        assert_sound(&self.server.database, what).await;
    }

    /// Everything that deals show of a party.
    pub(crate) async fn parties(&self) -> String {
        let deals = self.server.both()[0]
            .deals(EVERYTHING, "Deals")
            .list_all(&Query::pages_of(100))
            .await
            .unwrap();
        deals
            .iter()
            .map(|deal| format!("{} {}", deal["people"], deal["companies"]))
            .collect()
    }

    pub(crate) async fn admin(&self, method: &str, path: &str, body: Value) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = self.server.rest().send(method, path, body).await;
        assert_eq!(answer.status, 200, "{method} {path} {}", answer.text);
    }
}
