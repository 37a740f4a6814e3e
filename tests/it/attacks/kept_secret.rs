//! API keys are in no answer and in no line of the log, wherever a caller puts them and however much is logged.

use std::fs::File;

use tests::fixture::{EXPIRED_KEY, KEY, REVOKED_KEY};
use tests::{Answer, GrpcClient, Program, RestClient, TestDatabase, command};

/// A key that somebody mistyped, which is still most of a secret.
const MISTYPED: &str = "people_mistypedkey000000000000000000000000000000";

/// Everything of an answer that its caller sees.
fn shown(answer: &Answer) -> String {
    format!("{} {:?} {}", answer.status, answer.headers, answer.text)
}

/// What is answered to requests with this key in every place of a request.
async fn answers(program: &Program, key: &str) -> Vec<Answer> {
    let (good, bad) = (rest(program, KEY), rest(program, ""));
    let bearer = format!("Bearer {key}");
    let cookie = format!("session={key}");
    let mut answers = Vec::new();
    for (name, value) in [
        ("authorization", bearer.as_str()),
        ("authorization", key),
        ("x-api-key", key),
        ("cookie", &cookie),
        ("x-request-id", key),
        ("x-api-version", key),
        ("if-match", key),
        ("referer", key),
        ("user-agent", key),
    ] {
        for path in ["/v1/users/me", "/v1/people/1", "/v1/nothing"] {
            answers.push(bad.send_with("GET", path, &[(name, value)], "").await);
            if name != "authorization" {
                answers.push(good.send_with("DELETE", path, &[(name, value)], "").await);
            }
        }
    }
    for path in [
        format!("/v1/users/me?api_key={key}"),
        format!("/v1/people?access_token={key}"),
        format!("/v1/people?cursor={key}"),
        format!("/v1/people?limit={key}"),
        format!("/v1/people?combinator={key}"),
        format!("/docs?key={key}"),
        format!("/nothing?key={key}"),
    ] {
        answers.push(bad.send("GET", &path, "").await);
        answers.push(good.send("GET", &path, "").await);
    }
    let body = format!(r#"{{"emails": [], "firstName": 7, "birthday": "{key}"}}"#);
    answers.push(bad.send("POST", "/v1/people", body.as_str()).await);
    answers.push(good.send("POST", "/v1/people", body).await);
    let broken = format!(r#"{{"apiKey": "{key}""#);
    answers.push(good.send("POST", "/v1/people", broken).await);
    answers
}

fn rest(program: &Program, key: &str) -> RestClient {
    RestClient {
        address: program.rest(),
        key: key.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_in_no_answer_and_in_no_line_of_the_log() {
    let database = TestDatabase::new().await;
    for format in ["text", "json"] {
        let directory = tempfile::tempdir().unwrap();
        let log = directory.path().join("log");
        let mut serve = command(database.url());
        serve
            .arg("serve")
            .envs([("PEOPLE_LOG", "trace"), ("PEOPLE_LOG_FORMAT", format)])
            .env("PEOPLE_RATE_LIMIT", "0")
            .stderr(File::create(&log).unwrap());
        let program = Program::start(serve).await;
        let keys = [KEY, REVOKED_KEY, EXPIRED_KEY, MISTYPED];
        for key in keys {
            for answer in answers(&program, key).await {
                let shown = shown(&answer);
                assert!(!shown.contains(key), "{shown}");
            }
            for authorization in [format!("Bearer {key}"), key.to_owned(), format!("Basic {key}")] {
                let client = GrpcClient::authorized(program.grpc(), Some(&authorization));
                for id in ["me", "usr_1"] {
                    let asked = proto::v1::GetUserRequest { id: id.to_owned() };
                    if let Err(status) = client.users.clone().get_user(asked).await {
                        let shown = format!("{status:?} {}", String::from_utf8_lossy(status.details()));
                        assert!(!shown.contains(key), "{shown}");
                    }
                }
            }
        }
        program.terminate().await;
        program.ended().await;
        let logged = std::fs::read_to_string(&log).unwrap();
        // Something was logged of the requests, so the search means something.
        assert!(logged.len() > 1000 && logged.contains("GetPerson"), "{logged}");
        for key in keys {
            let line = logged.lines().find(|line| line.contains(key));
            assert_eq!(line, None);
        }
    }
}
