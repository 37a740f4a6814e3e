//! What has to be done now and then, whoever calls or does not.

use std::time::Duration;

use persistence::{Database, Error, remembered_requests};
use tokio::time::sleep;

use crate::clock;

/// Answers that are remembered hold personal data: they go soon after their time, whether their user comes back or not.
const INTERVAL: Duration = Duration::from_secs(15 * 60);

/// Keeps house for as long as it runs. Any number of instances may do so on one database.
pub async fn keep(database: Database) {
    loop {
        match forget(&database).await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "old requests are no longer remembered"),
            Err(error) => tracing::warn!(%error, "old requests could not be forgotten; another try follows"),
        }
        sleep(INTERVAL).await;
    }
}

async fn forget(database: &Database) -> Result<usize, Error> {
    let mut connection = database.connection().await?;
    remembered_requests::forget_old(&mut connection, clock::now()).await
}
