//! The limit: pgbench with prepared statements on the same database, each of them doing in one round trip what a call
//! does. It runs as the owner, whom row-level security does not concern.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::Failure;
use crate::cluster::Cluster;
use crate::measure::{Latencies, latencies, record};
use crate::sample;
use crate::work::{BATCH, PAGE, Work};
use crate::world::{EPOCH, Field, PEOPLE_BEGIN, Workspace, World};

/// How many of the first pages are read.
pub(crate) const PAGES: i32 = 50;

/// What pgbench has done.
pub(crate) struct Done {
    pub(crate) statements: f64,
    pub(crate) latencies: Latencies,
    pub(crate) seconds: f64,
}

/// Runs the statement of a script with so many clients; blocks until it has ended.
pub(crate) fn run(
    cluster: &Cluster,
    database: &str,
    script: &Path,
    clients: usize,
    seconds: u64,
) -> Result<Done, Failure> {
    let logs = tempfile::tempdir()?;
    let mut command = command(cluster, script);
    command
        .args(["--client", &clients.to_string()])
        .args(["--jobs", if clients == 1 { "1" } else { "2" }])
        .args(["--time", &seconds.to_string()])
        .arg("--log")
        .arg("--log-prefix")
        .arg(logs.path().join("log"));
    let said = output(command, cluster, database)?;
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let rate = rate.and_then(|rest| rest.split(' ').next());
    let rate: f64 = rate.ok_or("pgbench says no rate")?.parse()?;
    let seconds = Duration::from_secs(seconds).as_secs_f64();
    Ok(Done {
        statements: rate * seconds,
        latencies: read_logs(logs.path())?,
        seconds,
    })
}

/// Runs the statement of a script once.
pub(crate) fn once(cluster: &Cluster, database: &str, script: &Path) -> Result<(), Failure> {
    let mut command = command(cluster, script);
    command.args(["--transactions", "1"]);
    output(command, cluster, database).map(drop)
}

fn command(cluster: &Cluster, script: &Path) -> Command {
    let mut command = Command::new(cluster.pgbench());
    command
        .args(["--no-vacuum", "--protocol", "prepared", "--file"])
        .arg(script);
    command
}

fn output(mut command: Command, cluster: &Cluster, database: &str) -> Result<String, Failure> {
    let output = command.arg(cluster.url_of(database)).output()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    // pgbench goes on without a client whose statement failed.
    if !output.status.success() || complaint.contains("ERROR") {
        return Err(format!("pgbench: {complaint}").into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn read_logs(directory: &Path) -> Result<Latencies, Failure> {
    let mut histogram = latencies()?;
    for file in std::fs::read_dir(directory)? {
        let text = std::fs::read_to_string(file?.path())?;
        for line in text.lines() {
            // The client, the number of the transaction, its microseconds.
            let time = line.split(' ').nth(2).ok_or("an unknown form of pgbench's log")?;
            record(&mut histogram, Duration::from_micros(time.parse()?));
        }
    }
    Ok(histogram)
}

/// The script of this work.
pub(crate) fn script(work: Work, world: World) -> String {
    let workspace = Workspace::LARGE;
    let [values_0, values_1] = sample::stored_values(workspace);
    let mut script = match work {
        Work::Create => include_str!("../sql/create.sql"),
        Work::Get => concat!(
            include_str!("../sql/get.sql"),
            include_str!("../sql/shown.sql"),
            include_str!("../sql/get_from.sql")
        ),
        Work::List => concat!(
            include_str!("../sql/list.sql"),
            include_str!("../sql/shown.sql"),
            include_str!("../sql/list_from.sql")
        ),
        Work::Batch => include_str!("../sql/batch.sql"),
    }
    .to_owned();
    for (name, text) in [
        ("epoch", EPOCH.to_string()),
        ("people_begin", PEOPLE_BEGIN.to_string()),
        ("people", world.people.to_string()),
        ("step", world.step().to_string()),
        ("page", PAGE.to_string()),
        ("pages", PAGES.to_string()),
        ("batch", BATCH.to_string()),
        ("companies", world.companies().to_string()),
        ("known_companies", sample::KNOWN_COMPANIES.to_string()),
        ("workspace", workspace.itself().to_string()),
        ("user", workspace.user(1).to_string()),
        ("owning_user", workspace.user(sample::OWNER).to_string()),
        ("group_0", workspace.group(0).to_string()),
        ("group_1", workspace.group(1).to_string()),
        ("related", workspace.field(Field::Related).to_string()),
        ("owner", workspace.field(Field::Owner).to_string()),
        ("values_0", values_0.to_string()),
        ("values_1", values_1.to_string()),
        ("first_name", sample::FIRST_NAME.to_owned()),
        ("last_name", sample::LAST_NAME.to_owned()),
        ("description", sample::DESCRIPTION.to_owned()),
        ("birthday", sample::BIRTHDAY.to_owned()),
        ("job_title", sample::JOB_TITLE.to_owned()),
        ("address", sample::ADDRESS.to_owned()),
        ("phone", sample::PHONE.to_owned()),
        ("url", sample::URL.to_owned()),
    ] {
        script = script.replace(&format!("{{{name}}}"), &text);
    }
    script
}
