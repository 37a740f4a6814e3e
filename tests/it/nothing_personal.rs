//! Nothing that callers send or store is in what the program emits beside its answers: the log at its most talkative, the
//! metrics, the traces, and the log of PostgreSQL.

use std::fs::File;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::fixture::{BOB, EVERYTHING, FRIENDS, JOHN, KEY, TECH_CORP};
use tests::{
    Api, Attempt, Collector, Condition, GrpcClient, Operand, Program, Query, RestClient, TestPostgres,
    command,
};

/// A word that is in every text that is sent.
const MARK: &str = "quagga";
/// The same as bytes, as `Debug` writes them.
const BYTES: &str = "113, 117, 97, 103, 103, 97";
/// The other things that tell of a person.
const BIRTHDAY: &str = "1907-03-11";
const NUMBER: &str = "777123.25";
/// A trace that the test finds again.
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// A person with the mark in everything.
fn person(first_name: &str) -> Value {
    json!({
        "firstName": format!("{first_name} {MARK}"),
        "lastName": MARK,
        "fullName": format!("{MARK} von {MARK}"),
        "description": format!("{MARK}\n{MARK}"),
        "birthday": BIRTHDAY,
        "jobTitle": MARK,
        "groups": [{"id": EVERYTHING}, {"id": FRIENDS}],
        "companies": [{"name": format!("{MARK} {first_name} Ltd")}, {"id": TECH_CORP}],
        "addresses": [MARK],
        "emails": [format!("{MARK}@example.com")],
        "phones": [MARK],
        "urls": [format!("https://{MARK}.example.com")],
        "customFieldValues": {
            EVERYTHING: {
                "Text": MARK, "Magic": MARK, "Number": NUMBER, "Date": BIRTHDAY, "Contacts": [{"id": BOB}],
            },
            FRIENDS: {"Favorite color": MARK, "Assignee": [{"id": JOHN}]},
        },
    })
}

/// What is asked at either door, well and badly.
async fn use_everything(api: &Api) {
    let name = api.name();
    let made = api.create(&person(name)).await.unwrap();
    let id = made["id"].as_str().unwrap();
    let stale = api.etag(id).await;
    api.get(id).await.unwrap();
    api.update(id, &json!({"jobTitle": format!("{MARK} II"), "emails": [MARK]}))
        .await
        .unwrap();
    api.update_if(id, &json!({"jobTitle": MARK}), Some(&stale))
        .await
        .unwrap_err();
    api.get(&format!("per_{MARK}")).await.unwrap_err();
    api.update(
        id,
        &json!({"birthday": "1907-13-11", "emails": [MARK.repeat(2_000)]}),
    )
    .await
    .unwrap_err();

    let key = format!("{MARK}-{name}");
    api.create_once(&json!({"firstName": MARK}), &key).await.unwrap();
    api.create_once(&json!({"firstName": format!("another {MARK}")}), &key)
        .await
        .unwrap_err();
    for refused in [
        json!({"birthday": "1907-13-11", "firstName": MARK.repeat(2_000)}),
        json!({"firstName": MARK, "groups": [{"id": format!("grp_{MARK}")}], "companies": [{"id": MARK}]}),
        json!({"firstName": MARK, "customFieldValues": {EVERYTHING: {MARK: MARK, "Number": MARK, "Select": MARK}}}),
        json!({"firstName": MARK, "groups": [{"id": FRIENDS}],
            "customFieldValues": {FRIENDS: {"Assignee": [{"email": format!("{MARK}@example.com")}]}}}),
    ] {
        api.create(&refused).await.unwrap_err();
    }
    let batch = [
        json!({"firstName": MARK}),
        json!({"firstName": MARK, "birthday": "1907-13-11"}),
    ];
    let _ = api
        .batch_create(&batch, false, &format!("{MARK}-batch-{name}"))
        .await;

    let texts = [Operand::text(MARK)];
    for query in [
        Query::of(Condition::new("firstName", "like", &texts)),
        Query::of(Condition::new(
            "emails",
            "eq",
            &[Operand::text(&format!("{MARK}@example.com"))],
        )),
        Query::of(Condition::new("birthday", "eq", &[Operand::text(BIRTHDAY)])),
        Query::of(Condition::new("birthday", "eq", &texts)),
        Query::of(Condition::new(MARK, MARK, &texts)),
        Query::of(Condition::new(
            "createdBy",
            "in",
            &[Operand::email(&format!("{MARK}@example.com"))],
        )),
    ] {
        let _ = api.list(&query).await;
        let _ = api.search(&query).await;
        let next = match api {
            Api::Rest(_) => format!("http://{MARK}/v1/people?cursor={MARK}"),
            Api::Grpc(_) => MARK.to_owned(),
        };
        let _ = api.next_page(&query, &next).await;
    }

    let companies = api.companies();
    let company = json!({
        "name": format!("{MARK} {name}"), "description": MARK, "addresses": [MARK], "emails": [MARK], "phones": [MARK],
    });
    companies.create(&company).await.unwrap();
    companies
        .create(&json!({"name": MARK.repeat(2_000), "emails": [MARK]}))
        .await
        .unwrap_err();
    let deals = api.deals(EVERYTHING, "Deals");
    let _ = deals.create(&json!({"name": MARK})).await;
    let interaction = json!({
        "entity": {"id": id}, "dateTime": "2026-01-01T00:00:00Z", "type": "coffee", "title": MARK, "content": MARK,
    });
    api.log(&interaction, &format!("{MARK}-log-{name}"))
        .await
        .unwrap();
    api.delete(id).await.unwrap();
}

/// What no client of ours would send.
async fn use_badly(program: &Program) {
    let rest = rest(program, KEY);
    let traceparent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let bearer = format!("Bearer people_{MARK}00000000000000000000000000000000");
    let state = format!("{MARK}={MARK}");
    for (header, value) in [
        ("traceparent", MARK),
        ("traceparent", &format!("{traceparent}-{MARK}")),
        ("baggage", &state),
        ("x-request-id", MARK),
        ("user-agent", MARK),
        ("referer", MARK),
        ("cookie", &state),
        ("authorization", &bearer),
        ("idempotency-key", MARK),
        ("if-match", MARK),
        ("content-type", MARK),
        ("x-api-version", MARK),
        ("host", MARK),
    ] {
        for (method, path) in [
            ("GET", "/v1/people"),
            ("POST", "/v1/people"),
            (MARK, "/v1/people"),
        ] {
            let body = format!(r#"{{"firstName": "{MARK}"}}"#);
            let headers = [
                (header, value),
                ("traceparent", &traceparent),
                ("tracestate", &state),
            ];
            rest.send_with(method, path, &headers, body).await;
        }
    }
    for path in [
        format!("/{MARK}?{MARK}={MARK}"),
        format!("/v1/people/{MARK}"),
        format!("/v1/people?{MARK}={MARK}&limit={MARK}&cursor={MARK}"),
        format!("/v1/people?filter[firstName][{MARK}]={MARK}"),
        format!("/v1/groups/{MARK}/custom-fields/{MARK}"),
    ] {
        for method in ["GET", "PUT", "DELETE"] {
            rest.send(method, &path, MARK).await;
        }
    }
    for body in [
        format!(r#"{{"firstName": "{MARK}"#),
        format!(r#"{{"{MARK}": "{MARK}", "firstName": 7, "emails": {{"{MARK}": 1}}}}"#),
        format!(r#"["{MARK}"]"#),
        MARK.to_owned(),
    ] {
        rest.send("POST", "/v1/people", body.clone()).await;
        rest.send("PATCH", &format!("/v1/people/{BOB}"), body).await;
    }
    // Twice, so that names are taken.
    for _ in 0..2 {
        let user = json!({"email": format!("{MARK}@example.com"), "fullName": MARK});
        rest.send("POST", "/v1/users", user.to_string()).await;
        for path in ["/v1/groups", "/v1/api-keys"] {
            rest.send("POST", path, json!({"name": MARK}).to_string()).await;
        }
    }
    let grpc = GrpcClient::new(program.grpc(), KEY);
    for path in [
        format!("/people.v1.PeopleService/{MARK}"),
        format!("/{MARK}/{MARK}"),
    ] {
        grpc.call(&path, MARK.into()).await.unwrap_err();
    }
    grpc.call("/people.v1.PeopleService/CreatePerson", MARK.into())
        .await
        .unwrap_err();
}

/// The database fails, with a word of what it was given, and goes away in the middle of work.
async fn with_a_database_in_trouble(apis: &[Api; 2], postgres: &mut TestPostgres) {
    let client = postgres.connect().await.unwrap();
    client
        .batch_execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'invalid input: \"%\"', NEW.first_name USING DETAIL = NEW.last_name; END $$; \
             CREATE TRIGGER refuse BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION refuse()",
        )
        .await
        .unwrap();
    for api in apis {
        let refused = api.try_create(&person("refused")).await;
        let failed = |status: &str| ["500", "Internal"].contains(&status);
        assert!(
            matches!(&refused, Attempt::Refused { status, .. } if failed(status)),
            "{refused:?}"
        );
    }
    client
        .batch_execute("DROP TRIGGER refuse ON people")
        .await
        .unwrap();
    let work = async {
        for number in 0..20 {
            for api in apis {
                let _ = api.try_create(&person(&number.to_string())).await;
            }
        }
    };
    let crash = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        postgres.kill();
    };
    tokio::join!(work, crash);
    postgres.revive().await;
    let begin = Instant::now();
    while !matches!(apis[0].try_get(BOB).await, Attempt::Done(_)) {
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "the database does not come back"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn rest(program: &Program, key: &str) -> RestClient {
    RestClient {
        address: program.rest(),
        key: key.to_owned(),
    }
}

/// Nothing personal is in this, and it is long enough for that to mean something.
fn is_clean(name: &str, emitted: &str, least: usize) {
    assert!(emitted.len() > least, "{name} has {} bytes", emitted.len());
    for line in emitted.lines() {
        let lower = line.to_lowercase();
        for mark in [MARK, BYTES, BIRTHDAY, NUMBER, KEY] {
            if let Some(at) = lower.find(mark) {
                let from = lower[..at].char_indices().rev().nth(300).map_or(0, |(at, _)| at);
                panic!(
                    "{name}: {mark} in {}",
                    lower[from..].chars().take(600).collect::<String>()
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_is_emitted_however_much_is() {
    for format in ["text", "json"] {
        let mut postgres = TestPostgres::start().await;
        let collector = Collector::start().await;
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut serve = command(postgres.url());
        serve
            .arg("serve")
            .envs([
                ("PEOPLE_LOG", "trace"),
                ("PEOPLE_LOG_FORMAT", format),
                ("PEOPLE_RATE_LIMIT", "0"),
            ])
            .envs([
                ("PEOPLE_METRICS_ADDR", "127.0.0.1:0"),
                ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ])
            .env("PEOPLE_OTLP_ENDPOINT", collector.url())
            .stderr(File::create(log.path()).unwrap());
        let program = Program::start(serve).await;
        let apis = [
            Api::Rest(rest(&program, KEY)),
            Api::Grpc(Box::new(GrpcClient::new(program.grpc(), KEY))),
        ];
        for api in &apis {
            use_everything(api).await;
        }
        use_badly(&program).await;
        with_a_database_in_trouble(&apis, &mut postgres).await;
        let operator = RestClient {
            address: program.operator(),
            key: String::new(),
        };
        let metrics = operator.send("GET", "/metrics", "").await.text;
        program.terminate().await;
        program.ended().await;

        let logged = std::fs::read_to_string(log.path()).unwrap();
        for expected in [
            "TRACE",
            "CreatePerson",
            "the database fails",
            "the database cannot be reached",
        ] {
            assert!(
                logged.contains(expected),
                "{expected} is not in the log, so the search says little"
            );
        }
        is_clean("the log", &logged, 20_000);
        is_clean("the metrics", &metrics, 5_000);
        assert!(!collector.spans(TRACE).is_empty());
        is_clean("the traces", &collector.text(), 20_000);
        let of_postgres = std::fs::read_to_string(postgres.data_dir().join("postgres.log")).unwrap();
        is_clean("the log of PostgreSQL", &of_postgres, 100);
    }
}
