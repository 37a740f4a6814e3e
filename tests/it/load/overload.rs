//! Five times as many calls as the service can do. `PEOPLE_TEST_LOAD_SECONDS` says for how long.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proto::v1::{CreatePersonRequest, GetPersonRequest, ListPeopleRequest, Person};
use tests::fixture::{BOB, KEY};
use tests::{GrpcClient, TestDatabase, TestServer, given};
use tokio::sync::mpsc;
use tonic::{Code, Request, Status};
use tonic_types::StatusExt as _;

use super::{SOME, tell};

const CONNECTIONS: usize = 16;
const CALLERS: usize = 32;
/// What a call is given. One that ends later has kept its caller waiting for nothing.
const DEADLINE: Duration = Duration::from_secs(5);
/// An answer on its way on a busy machine, with the caller itself on it.
const ON_THE_WAY: Duration = Duration::from_secs(5);

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

/// One create for four reads.
async fn call(client: GrpcClient, number: usize) -> (Outcome, Duration) {
    let begin = Instant::now();
    let mut people = client.people;
    let answer = if number.is_multiple_of(5) {
        let person = Person {
            first_name: "Ada".to_owned(),
            ..Person::default()
        };
        let create = CreatePersonRequest {
            person: Some(person),
            ..CreatePersonRequest::default()
        };
        people.create_person(within_deadline(create)).await
    } else {
        let get = GetPersonRequest { id: BOB.to_owned() };
        people.get_person(within_deadline(get)).await
    };
    (
        answer.map_or_else(|status| refusal(&status), |_| Outcome::Good),
        begin.elapsed(),
    )
}

fn within_deadline<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.set_timeout(DEADLINE);
    request
}

/// Whoever is refused is told when to come back.
fn refusal(status: &Status) -> Outcome {
    let code = status.code();
    if code == Code::Unavailable && status.get_details_retry_info().is_some() {
        Outcome::Refused
    } else if [Code::DeadlineExceeded, Code::Cancelled].contains(&code) {
        // The client has a timer of its own, and may be the first.
        Outcome::TooLate
    } else {
        panic!("{status:?}")
    }
}

/// As many calls as are answered, with a few callers that wait for their answers.
async fn peak(clients: &[GrpcClient], time: Duration) -> f64 {
    let begin = Instant::now();
    let callers = (0..CALLERS).map(|caller| {
        let client = clients[caller % clients.len()].clone();
        tokio::spawn(async move {
            let mut good: u32 = 0;
            while begin.elapsed() < time {
                let (outcome, _) = call(client.clone(), good as usize).await;
                assert_eq!(outcome, Outcome::Good);
                good += 1;
            }
            good
        })
    });
    let mut good = 0;
    for caller in callers.collect::<Vec<_>>() {
        good += caller.await.unwrap();
    }
    f64::from(good) / begin.elapsed().as_secs_f64()
}

/// So many calls a second, whether they are answered or not.
async fn push(clients: &[GrpcClient], rate: f64, time: Duration) -> Tally {
    let (sender, mut outcomes) = mpsc::unbounded_channel();
    let sender = Arc::new(sender);
    let begin = Instant::now();
    let mut sent: usize = 0;
    while begin.elapsed() < time {
        while (sent as f64) < begin.elapsed().as_secs_f64() * rate {
            let (client, sender) = (clients[sent % clients.len()].clone(), Arc::clone(&sender));
            let number = sent;
            tokio::spawn(async move { sender.send(call(client, number).await) });
            sent += 1;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    drop(sender);
    let mut tally = Tally::default();
    while let Some(outcome) = outcomes.recv().await {
        tally.count(outcome);
    }
    tally
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_is_refused_and_the_rest_is_done() {
    let time = Duration::from_secs(given("PEOPLE_TEST_LOAD_SECONDS", 2) as u64);
    let settings = [("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_LOG", "error")];
    let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| server.grpc_as(KEY)).collect();
    let peak = peak(&clients, time).await;
    let before = server.usage();
    let mut tally = push(&clients, 5.0 * peak, time).await;
    let after = server.usage();

    let total = tally.good.len() + tally.refused.len() + tally.too_late;
    let kept = tally.good.len() as f64 / time.as_secs_f64() / peak;
    let (good, refused) = (percentiles(&mut tally.good), percentiles(&mut tally.refused));
    tell(&format!(
        "peak {peak:.0} calls/s; at five times that, {total} calls in {time:?}: {:.0} % of the peak answered well \
         ({good}), {} refused ({refused}), {} too late; memory {} MiB before, {} MiB after",
        kept * 100.0,
        tally.refused.len(),
        tally.too_late,
        before.memory >> 20,
        after.memory >> 20,
    ));
    assert!(!tally.good.is_empty());
    assert!(after.memory < before.memory + SOME, "{before:?} {after:?}");
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
    ];
    let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    let database = server.database.connect().await;
    let slow = "ALTER POLICY own_workspace ON people USING (pg_sleep(100) IS NOT NULL)";
    database.batch_execute(slow).await.unwrap();
    let client = server.grpc_as(KEY);
    // Lists: gets go to the database together.
    let running: Vec<_> = (0..4)
        .map(|_| {
            let mut people = client.people.clone();
            tokio::spawn(async move {
                let begin = Instant::now();
                let list = within_deadline(ListPeopleRequest::default());
                let status = people.list_people(list).await.unwrap_err();
                (refusal(&status), begin.elapsed())
            })
        })
        .collect();
    let sleeping = "SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event = 'PgSleep'";
    let mut tries = 0;
    while server.database.number(sleeping).await < 4 {
        tries += 1;
        assert!(tries < 300, "the calls do not reach the database");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let (outcome, _) = call(client, 1).await;
    assert_eq!(outcome, Outcome::Refused);
    for one in running {
        let (outcome, took) = one.await.unwrap();
        assert_eq!(outcome, Outcome::TooLate);
        assert!(took <= DEADLINE + ON_THE_WAY, "{took:?}");
    }
}
