//! What breaks around the service, and what its callers notice of it.

mod commits;
mod crashes;
mod database;
mod greedy_clients;
mod health_of;
mod retried;
mod storage;
mod termination;
mod world;
