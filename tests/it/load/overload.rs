//! Five times as many calls as the service can do. `PEOPLE_TEST_LOAD_SECONDS` says for how long.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use proto::v1::{GetPersonRequest, ListCompaniesRequest};
use tests::fixture::{BOB, KEY};
use tests::{TestDatabase, TestPostgres, TestServer, confine, confine_this_thread, given, process_of};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tonic::Code;
use tonic_types::StatusExt as _;

use super::{SOME, tell};

/// Callers that find out what the service can do, each of whom waits for its answer.
const FEW: usize = 32;
/// Twice as many as the calls that are worked on at once.
const MANY: usize = 1024;
/// What a call is given. One that ends later has kept its caller waiting for nothing.
const DEADLINE: Duration = Duration::from_secs(5);
/// An answer on its way on a busy machine, with the caller itself on it.
const ON_THE_WAY: Duration = Duration::from_secs(5);
/// Of the peak. A debug build takes half as long to refuse as to answer: docs/reliability.md has what the release keeps.
const LEAST_KEPT: f64 = 0.05;

/// What memory may vary by.
const LITTLE: u64 = 32 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Good,
    Refused,
    TooLate,
}

/// What came of many calls.
#[derive(Debug, Default)]
struct Tally {
    good: Vec<Duration>,
    refused: Vec<Duration>,
    too_late: usize,
}

impl Tally {
    fn count(&mut self, (outcome, took): (Outcome, Duration)) {
        match outcome {
            Outcome::Good => self.good.push(took),
            Outcome::Refused => self.refused.push(took),
            Outcome::TooLate => self.too_late += 1,
        }
    }
}

/// A connection, with no more to it than has to be: whoever calls must be able to call five times as often as is answered.
struct Caller {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Caller {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            answer: Vec::new(),
        }
    }

    /// One create for four pages of the list.
    async fn call(&mut self, number: usize) -> (Outcome, Duration) {
        let (line, body) = if number.is_multiple_of(5) {
            ("POST /v1/people".to_owned(), r#"{"firstName":"Ada"}"#)
        } else {
            ("GET /v1/people?limit=20".to_owned(), "")
        };
        let request = format!(
            "{line} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {KEY}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let begin = Instant::now();
        self.stream.write_all(request.as_bytes()).await.unwrap();
        let outcome = self.outcome().await;
        (outcome, begin.elapsed())
    }

    async fn outcome(&mut self) -> Outcome {
        self.answer.clear();
        let (head, length) = loop {
            let read = self.stream.read_buf(&mut self.answer).await.unwrap();
            assert!(read > 0, "the connection was closed");
            let text = String::from_utf8_lossy(&self.answer);
            if let Some((head, rest)) = text.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
                break (head.to_owned(), length.unwrap() - rest.len());
            }
        };
        let mut rest = vec![0; length];
        self.stream.read_exact(&mut rest).await.unwrap();
        match &head[9..12] {
            "200" => Outcome::Good,
            // Whoever is refused is told when to come back.
            "503" if head.contains("retry-after: ") && self.refused_at_once(&rest) => Outcome::Refused,
            "503" => Outcome::TooLate,
            _ => panic!("{head}"),
        }
    }

    fn refused_at_once(&self, rest: &[u8]) -> bool {
        let whole = [&self.answer, rest].concat();
        String::from_utf8_lossy(&whole).contains("overloaded")
    }
}

/// As many calls as are answered, with a few callers that wait for their answers.
async fn peak(address: SocketAddr, time: Duration) -> f64 {
    let mut callers = Vec::new();
    for _ in 0..FEW {
        callers.push(Caller::open(address).await);
    }
    let begin = Instant::now();
    let callers = callers.into_iter().map(|mut caller| async move {
        let mut good: u32 = 0;
        while begin.elapsed() < time {
            let (outcome, _) = caller.call(good as usize).await;
            assert_eq!(outcome, Outcome::Good);
            good += 1;
        }
        good
    });
    let good: u32 = callers.collect::<JoinSet<_>>().join_all().await.iter().sum();
    f64::from(good) / begin.elapsed().as_secs_f64()
}

/// So many calls a second, whether they are answered or not.
async fn push(address: SocketAddr, rate: f64, time: Duration) -> Tally {
    let due = Arc::new(Semaphore::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..MANY {
        let (mut caller, due) = (Caller::open(address).await, Arc::clone(&due));
        callers.spawn(async move {
            let mut outcomes = Vec::new();
            while let Ok(turn) = due.acquire().await {
                turn.forget();
                outcomes.push(caller.call(outcomes.len()).await);
            }
            outcomes
        });
    }
    let begin = Instant::now();
    let mut sent = 0;
    while begin.elapsed() < time {
        let by_now = (begin.elapsed().as_secs_f64() * rate) as usize;
        due.add_permits(by_now - sent);
        sent = by_now;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    due.close();
    let mut tally = Tally::default();
    for outcome in callers.join_all().await.into_iter().flatten() {
        tally.count(outcome);
    }
    tally
}

/// The same, with the seconds until the last was answered.
async fn pushed(address: SocketAddr, rate: f64, time: Duration) -> (Tally, f64) {
    let begin = Instant::now();
    let tally = push(address, rate, time).await;
    (tally, begin.elapsed().as_secs_f64())
}

/// The callers have a processor of their own, where there are two: what they take is nothing that the service could give.
#[test]
fn what_is_too_much_is_refused_and_the_rest_is_done() {
    let apart = std::thread::available_parallelism().unwrap().get() > 1;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .on_thread_start(move || {
            if apart {
                confine_this_thread(1);
            }
        })
        .build()
        .unwrap();
    let done = runtime.spawn(async move {
        let postgres = TestPostgres::start().await;
        if apart {
            confine(process_of(&postgres.data_dir()), 0);
        }
        let settings = [("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_LOG", "error")];
        let server = TestServer::start_at(TestDatabase::empty().await, postgres.url(), &settings).await;
        if apart {
            confine(server.process(), 0);
        }
        refuses_what_is_too_much(&server).await;
    });
    runtime.block_on(done).unwrap();
}

async fn refuses_what_is_too_much(server: &TestServer) {
    let time = Duration::from_secs(given("PEOPLE_TEST_LOAD_SECONDS", 2) as u64);
    let address = server.rest().address;
    let peak = peak(address, time).await;
    let before = server.usage();
    let mut rate = 5.0 * peak;
    let (mut tally, mut took) = pushed(address, rate, time).await;
    for _ in 0..4 {
        // While others kept the machine busy the peak was told too low: this was not too much yet.
        if tally.refused.is_empty() {
            rate *= 2.0;
            (tally, took) = pushed(address, rate, time).await;
        }
    }
    let after = server.usage();
    push(address, rate, time).await;
    let later = server.usage();

    let total = tally.good.len() + tally.refused.len() + tally.too_late;
    let kept = tally.good.len() as f64 / took / peak;
    let (good, refused) = (percentiles(&mut tally.good), percentiles(&mut tally.refused));
    tell(&format!(
        "peak {peak:.0} calls/s; {total} calls sent in {time:?}, {:.1} times as many, and answered in {took:.1} s: \
         {:.0} % of the peak answered well ({good}), {} refused ({refused}), {} too late; memory {} MiB before, {} MiB after, {} MiB after as much again",
        total as f64 / time.as_secs_f64() / peak,
        kept * 100.0,
        tally.refused.len(),
        tally.too_late,
        before.memory >> 20,
        after.memory >> 20,
        later.memory >> 20,
    ));
    assert!(kept > LEAST_KEPT, "{kept}");
    assert!(!tally.refused.is_empty());
    // Of those that are let in, a debug build on a busy machine may not get through all before their time is over.
    assert!(tally.too_late * 10 <= total, "{} too late", tally.too_late);
    // What so many connections take, it takes once.
    assert!(after.memory < before.memory + SOME, "{before:?} {after:?}");
    assert!(later.memory < after.memory + LITTLE, "{after:?} {later:?}");
    let longest = tally.good.last().unwrap();
    assert!(*longest <= DEADLINE + ON_THE_WAY, "{longest:?}");
}

fn percentiles(times: &mut [Duration]) -> String {
    times.sort();
    let Some(last) = times.len().checked_sub(1) else {
        return "none".to_owned();
    };
    let of = |percent: usize| times[last * percent / 100];
    format!("half within {:.0?}, 99 % within {:.0?}", of(50), of(99))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_call_more_than_there_is_room_for_is_refused_while_the_others_run() {
    let settings = [
        ("PEOPLE_RATE_LIMIT", "0"),
        ("PEOPLE_MAX_IN_FLIGHT", "4"),
        ("PEOPLE_DB_STATEMENT_TIMEOUT", "50s"),
        ("PEOPLE_REQUEST_TIMEOUT", "50s"),
    ];
    let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    let database = server.database.connect().await;
    let slow = "ALTER POLICY own_workspace ON companies USING (pg_sleep(100) IS NOT NULL)";
    database.batch_execute(slow).await.unwrap();
    let client = server.grpc_as(KEY);
    // Of companies, since pages of people go to the database together.
    let mut running = JoinSet::new();
    for _ in 0..4 {
        let mut companies = client.companies.clone();
        running.spawn(async move { companies.list_companies(ListCompaniesRequest::default()).await });
    }
    let sleeping = "SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event = 'PgSleep'";
    let mut tries = 0;
    while server.database.number(sleeping).await < 4 {
        tries += 1;
        assert!(tries < 300, "the calls do not reach the database");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let get = GetPersonRequest { id: BOB.to_owned() };
    let status = client.people.clone().get_person(get).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable, "{status:?}");
    assert!(status.get_details_retry_info().is_some(), "{status:?}");
    let refused = server.rest().send("GET", &format!("/v1/people/{BOB}"), "").await;
    assert_eq!(refused.error(), (503, "SERVICE_UNAVAILABLE".to_owned()));
    assert_eq!(refused.headers["retry-after"], "1");

    // Whoever leaves makes room.
    running.abort_all();
    while server.database.number(sleeping).await > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let usual = "ALTER POLICY own_workspace ON people USING \
                 (workspace_id = nullif(current_setting('people.workspace_id', true), '')::uuid)";
    database.batch_execute(usual).await.unwrap();
    let get = GetPersonRequest { id: BOB.to_owned() };
    client.people.clone().get_person(get).await.unwrap();
}
