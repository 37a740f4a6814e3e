//! What outlives the program, and how it ends.

use std::time::Duration;

use tests::fixture::KEY;
use tests::{TestServer, sample};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_sigterm_and_a_crash() {
    let mut server = TestServer::start().await;
    let mut people = Vec::new();
    for crash in [false, true, true] {
        for api in server.both() {
            people.push(api.create(&sample::full()).await.unwrap());
        }
        let database = if crash {
            server.kill().await
        } else {
            server.stop().await
        };
        server = TestServer::start_with(database, &[]).await;
        for api in server.both() {
            for person in &people {
                let got = api.get(person["id"].as_str().unwrap()).await.unwrap();
                assert_eq!(got, *person, "{}", api.name());
            }
        }
    }
    assert_eq!(people.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_runs_at_sigterm_is_answered_and_the_end_is_a_good_one() {
    let server = TestServer::start().await;
    let body = r#"{"firstName": "Last", "lastName": "One"}"#;
    let mut connection = TcpStream::connect(server.rest).await.unwrap();
    let head = format!(
        "POST /v1/people HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        server.rest,
        body.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    // The service asks for the body: the request runs.
    let mut asked = [0; 25];
    connection.read_exact(&mut asked).await.unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");

    server.terminate().await;
    // It takes no more connections: it has begun to end.
    let mut tries = 0;
    while TcpStream::connect(server.rest).await.is_ok() {
        tries += 1;
        assert!(tries < 200, "it still takes connections");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    connection.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("Last One"), "{answer}");

    let database = server.ended().await;
    let stored = "SELECT count(*) FROM people WHERE full_name = 'Last One'";
    assert_eq!(database.number(stored).await, 1);
}
