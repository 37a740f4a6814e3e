//! Ending what nobody waits for any more.

use std::time::Duration;

use diesel_async::AsyncPgConnection;

use crate::connect::Place;

const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the database to end the statement that runs on a connection. It has an end of its own, if this is not heard.
pub(crate) fn cancel(connection: &AsyncPgConnection, place: &Place) {
    let (token, tls) = (connection.cancel_token(), place.tls());
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        return;
    };
    runtime.spawn(async move {
        match tokio::time::timeout(PATIENCE, token.cancel_query(tls)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "a statement could not be cancelled"),
            Err(_) => tracing::debug!("a statement could not be cancelled in time"),
        }
    });
}
