//! Loading the data, once for each data directory.

use std::path::Path;
use std::time::Instant;

use crate::Failure;
use crate::cluster::Cluster;
use crate::say;
use crate::service;
use crate::world::{EPOCH, KEY, PEOPLE_BEGIN, SMALL_PEOPLE, World};

/// Makes sure that the database holds this world.
pub(crate) async fn ensure(
    cluster: &Cluster,
    database: &str,
    world: World,
    service_bin: &Path,
) -> Result<(), Failure> {
    let client = cluster.connect("postgres").await?;
    let there = client
        .query_opt("SELECT FROM pg_database WHERE datname = $1", &[&database])
        .await?;
    if there.is_none() {
        let sql = format!("CREATE DATABASE {database}");
        client.batch_execute(&sql).await?;
    }
    // Each time: the directory may have been filled by an earlier version.
    service::migrate(service_bin, &cluster.url_of(database))?;
    let client = cluster.connect(database).await?;
    let loaded = client
        .query_one("SELECT to_regclass('bench.loaded') IS NOT NULL", &[])
        .await?;
    if loaded.get(0) {
        let row = client
            .query_one("SELECT people, small FROM bench.loaded", &[])
            .await?;
        let found = World {
            people: row.get(0),
            small: row.get(1),
        };
        if found != world {
            return Err(format!("the directory holds {found:?}, and {world:?} is asked for").into());
        }
        return Ok(());
    }
    let World { people, small } = world;
    say(format_args!(
        "loading {people} people and {small} workspaces of {SMALL_PEOPLE} beside them"
    ))?;
    let began = Instant::now();
    client.batch_execute(&sql(world)).await?;
    say(format_args!(
        "loaded in {:.0} s; vacuum and checkpoint",
        began.elapsed().as_secs_f64()
    ))?;
    client.batch_execute("VACUUM (ANALYZE)").await?;
    client.batch_execute("CHECKPOINT").await?;
    say(format_args!("ready after {:.0} s", began.elapsed().as_secs_f64()))
}

fn sql(world: World) -> String {
    let World { people, small } = world;
    let numbers = [
        ("{people}", people),
        ("{small}", small),
        ("{each}", SMALL_PEOPLE),
        ("{companies}", world.companies()),
        ("{step}", world.step()),
        ("{epoch}", EPOCH),
        ("{people_begin}", PEOPLE_BEGIN),
    ];
    let sql = include_str!("../sql/load.sql").replace("{key}", KEY);
    // One transaction: a load that is broken off leaves nothing.
    let sql = numbers
        .iter()
        .fold(sql, |sql, (name, number)| sql.replace(name, &number.to_string()));
    format!("BEGIN;\n{sql}\nCOMMIT;")
}
