//! `people demo`.

use std::io::Write as _;

use clap::Args;

use super::Failure;
use crate::config::Config;
use crate::database::DatabaseHome;
use crate::demo;

/// Make the demo workspace on any database, with a key for it.
///
/// The key is PEOPLE_DEMO_API_KEY, or else a random one: each call then prints another, and they all work. On a
/// database of its own, the program keeps one key in the file demo-api-key of its data directory.
#[derive(Debug, Args)]
pub(super) struct MakeDemo {}

impl MakeDemo {
    pub(super) async fn run(&self, config: &Config) -> Result<(), Failure> {
        let home = DatabaseHome::open(config).await?;
        let made = make(config, &home).await;
        home.close().await;
        Ok(std::io::stdout().write_all(made?.as_bytes())?)
    }
}

async fn make(config: &Config, home: &DatabaseHome) -> Result<String, Failure> {
    home.prepare(config).await?;
    let database = home.pool(config)?;
    let given = config.demo.api_key.clone();
    let secret = if home.is_embedded() {
        let key = demo::ensure_in(config.data_dir()?, &database, given).await?;
        key.secret().to_owned()
    } else {
        demo::ensure(&database, given).await?.expose().to_owned()
    };
    let rest_url = match &config.listen.public_url {
        Some(url) => url.as_str().to_owned(),
        None => crate::serve::reachable(config.listen.rest_addr, config.listen.rest_tls_cert.is_some()),
    };
    Ok(format!(
        "The demo workspace is ready. Its key:\n\n  {secret}\n\nTry it while `people serve` runs:\n\n{}\n",
        demo::curl(&rest_url, &secret)
    ))
}
