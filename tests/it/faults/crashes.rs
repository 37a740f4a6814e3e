//! Kill -9 at random moments under load. `PEOPLE_TEST_KILLS` says how often; a few times is usual.

use std::path::Path;
use std::time::Duration;

use tests::fixture::KEY;
use tests::{Api, GrpcClient, Program, Random, RestClient, TestDatabase, TestPostgres, TestServer};
use tests::{command, given, kill_postgres};

use super::world::{Memory, Writers, check};

const USUAL: usize = 4;
const WRITERS: usize = 8;

const SETTINGS: &[(&str, &str)] = &[("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_LOG", "off")];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Service,
    Database,
    Both,
}

const VICTIMS: [Victim; 3] = [Victim::Database, Victim::Service, Victim::Both];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_the_death_of_the_service_of_its_database_and_of_both() {
    let mut random = Random::new();
    let mut memory = Memory::default();
    let mut postgres = TestPostgres::start().await;
    let empty = TestDatabase::empty().await;
    let mut server = TestServer::start_at(empty, postgres.url(), SETTINGS).await;
    let kills = given("PEOPLE_TEST_KILLS", USUAL);
    for number in 0..kills {
        let victim = VICTIMS[number % VICTIMS.len()];
        let doors = server.both().map(|api| (api, server.rest()));
        let writers = Writers::start(&doors, WRITERS);
        moment(&mut random, &writers).await;
        if victim != Victim::Service {
            postgres.kill();
        }
        if victim != Victim::Database {
            let database = server.kill().await;
            writers.stop(&mut memory).await;
            if victim == Victim::Both {
                postgres.revive().await;
            }
            server = TestServer::start_at(database, postgres.url(), SETTINGS).await;
        } else {
            writers.stop(&mut memory).await;
            postgres.revive().await;
            back(&server.rest()).await;
        }
        check(&server.rest(), &memory).await;
    }
    told("beside its database", kills, &memory);
}

#[tokio::test(flavor = "multi_thread")]
async fn and_so_it_does_where_the_service_runs_the_database_itself() {
    let mut random = Random::new();
    let mut memory = Memory::default();
    let directory = tempfile::tempdir().unwrap();
    {
        // PostgreSQL runs as another user when the tests run as root.
        use std::os::unix::fs::PermissionsExt as _;
        let passable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(directory.path(), passable).unwrap();
    }
    let data_dir = directory.path().join("data");
    let mut program = serve(&data_dir).await;
    let kills = given("PEOPLE_TEST_KILLS", USUAL);
    for number in 0..kills {
        let victim = VICTIMS[number % VICTIMS.len()];
        let rest = rest(&program);
        let grpc = Api::Grpc(Box::new(GrpcClient::new(program.grpc(), KEY)));
        let doors = [(Api::Rest(rest.clone()), rest.clone()), (grpc, rest.clone())];
        let writers = Writers::start(&doors, WRITERS);
        moment(&mut random, &writers).await;
        if victim != Victim::Service {
            kill_postgres(&data_dir);
        }
        if victim != Victim::Database {
            program.kill().await;
            writers.stop(&mut memory).await;
            program = serve(&data_dir).await;
        } else {
            writers.stop(&mut memory).await;
            back(&rest).await;
        }
        check(&self::rest(&program), &memory).await;
    }
    told("with a database of its own", kills, &memory);
    program.terminate().await;
    program.ended().await;
}

async fn serve(data_dir: &Path) -> Program {
    let mut serve = command("");
    serve
        .env_remove("DATABASE_URL")
        .env("PEOPLE_DATA_DIR", data_dir)
        .env("PEOPLE_DEMO_API_KEY", KEY)
        .envs(SETTINGS.iter().copied())
        .arg("serve");
    Program::start(serve).await
}

fn rest(program: &Program) -> RestClient {
    RestClient {
        address: program.rest(),
        key: KEY.to_owned(),
    }
}

/// Any moment of the load, but not before there is something to lose.
async fn moment(random: &mut Random, writers: &Writers) {
    writers.answered(1 + random.below(100)).await;
    let wait = Duration::from_micros(random.below(50_000) as u64);
    tokio::time::sleep(wait).await;
}

/// Waits until a service that lost its database serves again.
async fn back(rest: &RestClient) {
    for _ in 0..600 {
        if rest.send("GET", "/v1/users/me", "").await.status == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the service does not come back");
}

#[expect(clippy::print_stderr, reason = "what a long run has shown is worth a line")]
fn told(how: &str, kills: usize, memory: &Memory) {
    let answered = memory.acknowledged();
    eprintln!("{how}: {kills} kills, {answered} people of whom there was an answer, nothing lost");
}
