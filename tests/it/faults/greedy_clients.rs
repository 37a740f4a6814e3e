//! Clients that take more than their share: what they cost is bounded, and others do not notice.

use std::convert::Infallible;
use std::time::Duration;

use http::Request;
use http_body_util::{Full, StreamBody};
use hyper::body::{Bytes, Frame};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::json;
use tests::fixture::{BOB, KEY};
use tests::{Api, Attempt, TestDatabase, TestServer, given};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tonic::Code;

/// Memory may grow by so much while somebody is greedy: much less than what is sent or asked for.
const SOME: u64 = 64 * 1024 * 1024;

const PATIENCE: Duration = Duration::from_secs(60);

async fn server(settings: &[(&str, &str)]) -> TestServer {
    // One connection to the database, so that what is open besides is of clients.
    let usual = [
        ("PEOPLE_RATE_LIMIT", "0"),
        ("PEOPLE_LOG", "error"),
        ("PEOPLE_DB_POOL_SIZE", "1"),
    ];
    let server = TestServer::start_with(TestDatabase::new().await, &[&usual[..], settings].concat()).await;
    others_are_served(&server).await;
    server
}

async fn others_are_served(server: &TestServer) {
    for api in server.both() {
        let attempt = tokio::time::timeout(PATIENCE, api.try_get(BOB)).await;
        let attempt = attempt.expect("an answer");
        assert!(matches!(attempt, Attempt::Done(_)), "{attempt:?}");
    }
}

/// Waits until the other end has closed.
async fn closed(mut stream: TcpStream) {
    let mut buffer = [0; 1024];
    let end = tokio::time::timeout(PATIENCE, async {
        while let Ok(1..) = stream.read(&mut buffer).await {}
    });
    end.await.expect("the service closes the connection");
}

/// `PEOPLE_TEST_CONNECTIONS` says how many.
#[tokio::test(flavor = "multi_thread")]
async fn connections_without_end_keep_nobody_out() {
    let most = 100;
    let server = server(&[("PEOPLE_MAX_CONNECTIONS", "100")]).await;
    let before = server.usage();
    let beginnings = [&b""[..], b"P", b"GET /v1/users/me HTTP/1.1\r\nHo"];
    let mut held = Vec::new();
    for number in 0..given("PEOPLE_TEST_CONNECTIONS", 600) {
        let address = if number % 2 == 0 { server.rest } else { server.grpc };
        let mut stream = TcpStream::connect(address).await.unwrap();
        // Some say nothing, some begin to; the service may have closed one before it does.
        let _ = stream.write_all(beginnings[number % 3]).await;
        held.push(stream);
    }
    others_are_served(&server).await;
    let after = server.usage();
    assert!(after.files <= before.files + 2 * most + 2, "{before:?} {after:?}");
    assert!(after.memory < before.memory + SOME, "{before:?} {after:?}");
    drop(held);
    others_are_served(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_a_whole_request_is_closed() {
    let server = server(&[("PEOPLE_CLIENT_TIMEOUT", "500ms")]).await;
    let beginnings = [
        &b""[..],
        b"P",
        b"PRI * HTTP/2.0\r\n",
        b"GET /v1/users/me HTTP/1.1\r\nHost: x\r\n",
    ];
    for address in [server.rest, server.grpc] {
        for beginning in beginnings {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(beginning).await.unwrap();
            closed(stream).await;
        }
    }
    others_are_served(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_comes_slowly_is_not_waited_for() {
    let server = server(&[("PEOPLE_REQUEST_TIMEOUT", "1s")]).await;
    let slow: Vec<_> = (0..50)
        .map(|_| {
            let address = server.rest;
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                let head = format!(
                    "POST /v1/people HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\n\
                     Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                );
                stream.write_all(head.as_bytes()).await.unwrap();
                let (mut from, mut to) = stream.into_split();
                let sending = tokio::spawn(async move {
                    while to.write_all(b" ").await.is_ok() {
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                });
                let mut answer = [0; 12];
                from.read_exact(&mut answer).await.unwrap();
                sending.abort();
                assert_eq!(&answer, b"HTTP/1.1 400");
            })
        })
        .collect();
    others_are_served(&server).await;
    for one in slow {
        tokio::time::timeout(PATIENCE, one)
            .await
            .expect("an answer")
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_never_comes_keeps_no_place() {
    const HELD: usize = 7;
    let settings = [
        ("PEOPLE_REQUEST_TIMEOUT", "2s"),
        // All but one are held each time, and two of them may be batches.
        ("PEOPLE_MAX_IN_FLIGHT", "8"),
    ];
    let server = server(&settings).await;
    for round in 0..3 {
        let held: Vec<_> = (0..HELD)
            .map(|number| {
                let method = ["BatchCreatePeople", "BatchGetPeople", "CreatePerson"][number % 3];
                let client = server.grpc_as(KEY);
                tokio::spawn(async move { client.begin(&format!("/people.v1.PeopleService/{method}")).await })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(200)).await;
        for api in server.both() {
            let made = api.batch_create(&[json!({})], true, "").await.unwrap();
            assert!(made[0].is_ok(), "{}", api.name());
        }
        assert!(held.iter().all(|call| !call.is_finished()), "round {round}");
        for call in held {
            let ended = tokio::time::timeout(PATIENCE, call).await.expect("an end");
            assert_eq!(ended.unwrap().unwrap_err().code(), Code::DeadlineExceeded);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_over_the_limit_is_refused_for_its_size() {
    const LIMIT: usize = 16 * 1024 * 1024;
    let server = server(&[]).await;
    for method in ["BatchCreatePeople", "CreatePerson", "GetPerson"] {
        let path = format!("/people.v1.PeopleService/{method}");
        for size in [LIMIT + 1, 3 * LIMIT] {
            let refused = server.grpc_as(KEY).call(&path, vec![0; size]).await.unwrap_err();
            assert_eq!(refused.code(), Code::OutOfRange, "{method} {size}: {refused:?}");
        }
        // As large as may be: it is read, and no message.
        let refused = server.grpc_as(KEY).call(&path, vec![0; LIMIT]).await.unwrap_err();
        assert_eq!(refused.code(), Code::Internal, "{method}: {refused:?}");
    }
    others_are_served(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_reads_is_given_up() {
    let server = server(&[("PEOPLE_CLIENT_TIMEOUT", "1s")]).await;
    let before = server.usage();
    let mut held = Vec::new();
    for _ in 0..10 {
        let mut stream = TcpStream::connect(server.rest).await.unwrap();
        // More answers than all the buffers on the way can take.
        let request = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200);
        stream.write_all(request.as_bytes()).await.unwrap();
        held.push(stream);
    }
    others_are_served(&server).await;
    let mut tries = 0;
    while server.usage().files > before.files + 2 {
        tries += 1;
        assert!(tries < 300, "{before:?} {:?}", server.usage());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(server.usage().memory < before.memory + SOME);
    drop(held);
}

/// It reads all that comes, but lets nothing of an answer come, or one byte.
#[tokio::test(flavor = "multi_thread")]
async fn who_opens_no_window_is_given_up() {
    let server = server(&[("PEOPLE_CLIENT_TIMEOUT", "1s")]).await;
    for (address, window) in [
        (server.rest, 0),
        (server.rest, 1),
        (server.grpc, 0),
        (server.grpc, 1),
    ] {
        let stream = TcpStream::connect(address).await.unwrap();
        let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(window);
        let (mut sender, connection) = builder.handshake(TokioIo::new(stream)).await.unwrap();
        let connection = tokio::spawn(connection);
        let request = if address == server.rest {
            Request::get("http://x/openapi.json").body(Full::default())
        } else {
            // A message of the one field `id`, behind its length and that of the field.
            let message = [&[0, 0, 0, 0, 42, 10, 40], BOB.as_bytes()].concat();
            Request::post("http://x/people.v1.PeopleService/GetPerson")
                .header("content-type", "application/grpc")
                .header("authorization", format!("Bearer {KEY}"))
                .body(Full::<Bytes>::from(message))
        };
        let answer = sender.send_request(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), 200);
        let ended = tokio::time::timeout(PATIENCE, connection);
        ended
            .await
            .expect("the service closes the connection")
            .unwrap()
            .ok();
    }
    others_are_served(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_and_bodies_without_end_are_refused() {
    let server = server(&[]).await;
    let before = server.usage();
    let head = format!("GET /v1/users/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nX-Long: ");
    let body = format!(
        "POST /v1/people HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    );
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    for (beginning, more) in [(head, "x".repeat(0x10000)), (body, chunk)] {
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (address, beginning, more) = (server.rest, beginning.clone(), more.clone());
                tokio::spawn(async move {
                    let mut stream = TcpStream::connect(address).await.unwrap();
                    stream.write_all(beginning.as_bytes()).await.unwrap();
                    // 256 MiB, unless the service ends it.
                    for sent in 0..4096 {
                        let written = tokio::time::timeout(PATIENCE, stream.write_all(more.as_bytes())).await;
                        if written.expect("the service takes it or ends it").is_err() {
                            return sent;
                        }
                    }
                    4096
                })
            })
            .collect();
        others_are_served(&server).await;
        for task in tasks {
            assert!(task.await.unwrap() < 4096, "it took all");
        }
    }
    let after = server.usage();
    assert!(after.memory < before.memory + SOME, "{before:?} {after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_without_end_on_one_connection_leave_room_for_others() {
    let server = server(&[("PEOPLE_MAX_IN_FLIGHT", "16")]).await;
    let before = server.usage();
    let greedy = server.grpc_as(KEY);
    let calls: Vec<_> = (0..given("PEOPLE_TEST_STREAMS", 1000))
        .map(|_| {
            let api = Api::Grpc(Box::new(greedy.clone()));
            tokio::spawn(async move { api.try_get(BOB).await })
        })
        .collect();
    // Others may be told to come back, and are served when they do.
    for api in server.both() {
        let mut tries = 0;
        loop {
            match api.try_get(BOB).await {
                Attempt::Done(_) => break,
                other @ (Attempt::Refused { .. } | Attempt::Lost) => {
                    assert!(other.is_unavailable(), "{other:?}");
                    tries += 1;
                }
            }
            assert!(tries < 1000, "never served");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    for call in calls {
        let attempt = call.await.unwrap();
        assert!(
            matches!(attempt, Attempt::Done(_)) || attempt.is_unavailable() || attempt.had_no_room(),
            "{attempt:?}"
        );
    }
    let after = server.usage();
    assert!(after.memory < before.memory + SOME, "{before:?} {after:?}");
}

/// A client that ignores how many streams it may have.
#[tokio::test(flavor = "multi_thread")]
async fn streams_beyond_the_bound_are_refused() {
    let server = server(&[]).await;
    let stream = TcpStream::connect(server.grpc).await.unwrap();
    let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
    builder.initial_max_send_streams(5000);
    let (sender, connection) = builder.handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let before = server.usage();
    let calls: Vec<_> = (0..2000)
        .map(|_| {
            let mut sender = sender.clone();
            tokio::spawn(async move {
                let endless =
                    StreamBody::new(futures_util::stream::pending::<Result<Frame<Bytes>, Infallible>>());
                let request = Request::post("http://x/people.v1.PeopleService/GetPerson")
                    .header("content-type", "application/grpc")
                    .header("authorization", format!("Bearer {KEY}"))
                    .body(endless)
                    .unwrap();
                sender.send_request(request).await.is_ok()
            })
        })
        .collect();
    others_are_served(&server).await;
    let after = server.usage();
    assert!(after.memory < before.memory + SOME, "{before:?} {after:?}");
    for call in &calls {
        call.abort();
    }
}
