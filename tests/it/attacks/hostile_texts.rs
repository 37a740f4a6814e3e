//! Texts that mean something to a database, a template, a shell, a browser or a reader: they are texts here, wherever they
//! stand, and come back as they went in.

use serde_json::{Value, json};
use tests::{Api, Condition, Operand, Query, RestClient, TestServer, encoded};

const HOSTILE: [&str; 20] = [
    "'; DROP TABLE people; --",
    "' OR '1'='1",
    "\"quoted\"",
    "\\",
    "a\\'b",
    "%",
    "_",
    "*",
    "$1 ::text",
    "$$; SELECT pg_sleep(9); $$",
    "{\"a\": [null]}",
    "],[}",
    "\u{202e}gpj.exe\u{202c}",
    "e\u{301}\u{200b}\u{feff}",
    "a/../b?c#d&e=f+g;h",
    "<script>alert(1)</script>",
    "${jndi:ldap://localhost/x}",
    "{{7*7}}",
    "`id`",
    "\u{1b}[2J\u{7f}",
];

async fn post(rest: &RestClient, path: &str, body: Value) -> Value {
    let answer = rest.send("POST", path, body.to_string()).await;
    assert_eq!(answer.status, 200, "{path} {body} {}", answer.text);
    answer.json()["data"].clone()
}

/// What a person is called by whom, in everything that has a name.
fn person(group: &str, text: &str) -> Value {
    json!({
        "firstName": text, "lastName": text, "description": text, "jobTitle": text,
        "addresses": [text], "emails": [text], "phones": [text], "urls": [text],
        "companies": [{"name": text}],
        "groups": [{"id": group}],
        "customFieldValues": {group: {text: text, "Choice": text}},
    })
}

/// The ids of the people who are found by this condition, asked in each way there is.
async fn found(api: &Api, field: &str, operator: &str, text: &str) -> Vec<Value> {
    let query = Query::of(Condition::new(field, operator, &[Operand::text(text)]));
    let listed = api.list_all(&query).await.unwrap();
    let searched = api.search(&query).await.unwrap();
    assert_eq!(listed, searched.people, "{} {field} {text:?}", api.name());
    listed.iter().map(|person| person["id"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn they_come_back_as_they_went_in_and_find_themselves_alone() {
    let server = TestServer::unlimited().await;
    let rest = server.rest();
    let mut made = Vec::new();
    for text in HOSTILE {
        let group = post(&rest, "/v1/groups", json!({"name": text})).await;
        assert_eq!(group["name"], text);
        let group = group["id"].as_str().unwrap().to_owned();
        let fields = format!("/v1/groups/{group}/custom-fields/person");
        let field = post(&rest, &fields, json!({"name": text, "type": "textField"})).await;
        assert_eq!(field["name"], text);
        let options = json!([{"label": text}, {"label": "other"}]);
        let choice = json!({"name": "Choice", "type": "singleSelect", "options": options});
        assert_eq!(post(&rest, &fields, choice).await["options"][0]["label"], text);

        // A field is also addressed by its name.
        let path = format!("{fields}/{}", encoded(text));
        let renamed = rest.send("PATCH", &path, json!({"name": text}).to_string()).await;
        assert_eq!(renamed.json()["data"]["name"], text, "{}", renamed.text);

        let body = person(&group, text);
        for api in server.both() {
            let id = api.create(&body).await.unwrap()["id"].clone();
            let stored = api.get(id.as_str().unwrap()).await.unwrap();
            for (field, value) in body.as_object().unwrap() {
                match field.as_str() {
                    "groups" => assert_eq!(stored["groups"][0]["name"], text),
                    "companies" => assert_eq!(stored["companies"][0]["name"], text),
                    _ => assert_eq!(stored[field], *value, "{} {field}", api.name()),
                }
            }
            made.push((text, group.clone(), id));
        }
    }
    // Those whose text is like this, in the order in which they were made, which is that of lists.
    let named = |alike: &dyn Fn(&str) -> bool| {
        let named = made.iter().filter(|(one, ..)| alike(one));
        named.map(|(.., id)| id.clone()).collect::<Vec<_>>()
    };
    for api in server.both() {
        for text in HOSTILE {
            let (_, group, _) = made.iter().find(|(one, ..)| *one == text).unwrap();
            let own = format!("customFieldValues.{group}.{text}");
            let choice = format!("customFieldValues.{group}.Choice");
            let mine = named(&|one| one == text);
            assert_eq!(mine.len(), 2);
            for (field, operator) in [
                (own.as_str(), "eq"),
                (own.as_str(), "like"),
                (choice.as_str(), "eq"),
                ("lastName", "eq"),
            ] {
                assert_eq!(found(&api, field, operator, text).await, mine, "{field} {text:?}");
            }
            let alike = named(&|one| one.contains(text));
            assert_eq!(found(&api, "lastName", "like", text).await, alike, "{text:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_cursors_headers_and_parameters_they_are_refused_or_mean_nothing() {
    let server = TestServer::unlimited().await;
    let rest = server.rest();
    let everything = "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM groups)";
    let before = server.database.number(everything).await;
    for text in HOSTILE {
        let cursor = encoded(text);
        for path in [
            format!("/v1/people?cursor={cursor}"),
            format!("/v1/people?limit={cursor}"),
            format!("/v1/people?combinator={cursor}"),
            format!("/v1/people?{cursor}={cursor}"),
            format!("/v1/people?filter[{cursor}][eq]=x"),
            format!("/v1/people?filter[lastName][{cursor}]=x"),
            format!("/v1/people?filter[createdAt][gt]={cursor}"),
            format!("/v1/people?filter[groups][in][id]={cursor}"),
        ] {
            let answer = rest.send("GET", &path, "").await;
            assert_eq!(answer.status, 422, "{path} {}", answer.text);
        }
        // A header has no other texts than these.
        if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            let headers = [("x-request-id", text), ("accept", text), ("user-agent", text)];
            let answer = rest.send_with("GET", "/v1/users/me", &headers, "").await;
            assert_eq!(answer.status, 200, "{text}");
            assert_ne!(answer.header("x-request-id"), text);
            let answer = rest
                .send_with("GET", "/v1/users/me", &[("x-api-version", text)], "")
                .await;
            assert_eq!(answer.status, 400, "{text}");
        }
    }
    assert_eq!(server.database.number(everything).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_may_be_called_by_any_of_them() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    let body = json!({"firstName": "Once"});
    for text in HOSTILE {
        // gRPC has it in a message, REST in a header.
        let printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        for api in [&rest, &grpc]
            .into_iter()
            .filter(|api| printable || api.name() == grpc.name())
        {
            let first = api.create_once(&body, text).await.unwrap();
            let second = api.create_once(&body, text).await.unwrap();
            assert_eq!(first["id"], second["id"], "{} {text:?}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nul_is_refused_wherever_it_is() {
    let server = TestServer::unlimited().await;
    let rest = server.rest();
    let text = "a\0b";
    let everything = "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM groups) \
        + (SELECT count(*) FROM companies) + (SELECT count(*) FROM custom_fields)";
    let before = server.database.number(everything).await;
    let fields = format!("/v1/groups/{}/custom-fields/person", tests::fixture::EVERYTHING);
    for (path, body) in [
        ("/v1/people", json!({"firstName": text})),
        ("/v1/people", json!({"emails": [text]})),
        ("/v1/people", json!({"companies": [{"name": text}]})),
        ("/v1/companies", json!({"name": text})),
        ("/v1/groups", json!({"name": text})),
        (&fields, json!({"name": text, "type": "textField"})),
        (
            &fields,
            json!({"name": "New", "type": "singleSelect", "options": [{"label": text}]}),
        ),
        (
            "/v1/people/search",
            json!({"filter": {"lastName": {"like": text}}}),
        ),
        ("/v1/people/search", json!({"filter": {text: {"like": "x"}}})),
    ] {
        let answer = rest.send("POST", path, body.to_string()).await;
        assert_eq!(answer.status, 422, "{path} {body} {}", answer.text);
    }
    for path in ["/v1/people?filter[lastName][eq]=a%00b", "/v1/people?cursor=a%00b"] {
        assert_eq!(rest.send("GET", path, "").await.status, 422, "{path}");
    }
    for api in server.both() {
        let refused = api.create(&json!({"firstName": text})).await;
        assert!(refused.is_err(), "{}", api.name());
        let query = Query::of(Condition::new("lastName", "like", &[Operand::text(text)]));
        assert!(api.list(&query).await.is_err(), "{}", api.name());
    }
    assert_eq!(server.database.number(everything).await, before);
}
