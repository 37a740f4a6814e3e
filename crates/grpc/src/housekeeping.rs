//! What has to be done now and then, whoever calls or does not.

use std::time::Duration;

use persistence::{Database, Error, Reach, remembered_requests, workspaces};
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
    let all = workspaces::list(&*database.connection().await?).await?;
    let mut forgotten = 0;
    for (workspace, _) in all {
        forgotten += database
            .within(Reach::of(workspace), async |connection| {
                remembered_requests::forget_old(connection, workspace, clock::now()).await
            })
            .await?;
    }
    Ok(forgotten)
}
