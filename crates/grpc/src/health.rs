//! Whether the service can do its work: it follows the database.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use persistence::Database;
use proto::v1::{
    admin_service_server, changes_service_server, companies_service_server, deals_service_server,
    groups_service_server, interactions_service_server, people_service_server, users_service_server,
};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};

const INTERVAL: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(2);

/// What can be asked for: the whole, and each service.
const NAMES: [&str; 9] = [
    "",
    people_service_server::SERVICE_NAME,
    companies_service_server::SERVICE_NAME,
    deals_service_server::SERVICE_NAME,
    users_service_server::SERVICE_NAME,
    interactions_service_server::SERVICE_NAME,
    changes_service_server::SERVICE_NAME,
    groups_service_server::SERVICE_NAME,
    admin_service_server::SERVICE_NAME,
];

/// The health of the core, kept up to date as long as a clone of it is held.
#[derive(Debug, Clone)]
pub struct Health(Arc<State>);

#[derive(Debug)]
struct State {
    reporter: HealthReporter,
    serving: AtomicBool,
    /// Also makes the changes of all the names one.
    shut_down: Mutex<bool>,
}

impl Health {
    /// Asks the database how it is, now and then each second. Must be called within a tokio runtime.
    pub async fn watch(database: Database) -> Self {
        let health = Self(Arc::new(State {
            reporter: HealthReporter::new(),
            serving: AtomicBool::new(false),
            shut_down: Mutex::new(false),
        }));
        health.0.report(false).await;
        health.0.update(answers(&database).await).await;
        tokio::spawn(follow(Arc::downgrade(&health.0), database));
        health
    }

    /// Whether calls are welcome: the database answers and nothing is shutting down.
    #[must_use]
    pub fn is_serving(&self) -> bool {
        self.0.serving.load(Ordering::Acquire)
    }

    /// Turns everything to not serving, for good. Calls are still answered: this only tells callers to go elsewhere.
    pub async fn shut_down(&self) {
        let mut shut_down = self.0.shut_down.lock().await;
        *shut_down = true;
        self.0.report(false).await;
    }

    /// The standard gRPC service that tells of it.
    pub(crate) fn service(&self) -> HealthServer<HealthService> {
        HealthServer::new(HealthService::from_health_reporter(self.0.reporter.clone()))
    }
}

impl State {
    /// Takes note of what the database says; false once nothing can change any more.
    async fn update(&self, serving: bool) -> bool {
        let shut_down = self.shut_down.lock().await;
        if *shut_down {
            return false;
        }
        if serving != self.serving.load(Ordering::Acquire) {
            if serving {
                tracing::info!("the database answers: serving");
            } else {
                tracing::warn!("the database does not answer: not serving");
            }
            self.report(serving).await;
        }
        true
    }

    async fn report(&self, serving: bool) {
        self.serving.store(serving, Ordering::Release);
        let status = if serving {
            ServingStatus::Serving
        } else {
            ServingStatus::NotServing
        };
        for name in NAMES {
            self.reporter.set_service_status(name, status).await;
        }
    }
}

async fn answers(database: &Database) -> bool {
    matches!(timeout(PATIENCE, database.ping()).await, Ok(Ok(())))
}

async fn follow(state: Weak<State>, database: Database) {
    loop {
        sleep(INTERVAL).await;
        let serving = answers(&database).await;
        let Some(state) = state.upgrade() else { return };
        if !state.update(serving).await {
            return;
        }
    }
}
