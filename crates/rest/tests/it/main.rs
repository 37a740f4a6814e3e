//! The facade end to end, over a core that is not one.

mod batch_people;
mod create_person;
mod delete_person;
mod docs;
mod envelope;
mod errors;
#[cfg(test)]
mod fake_core;
#[cfg(test)]
mod fake_services;
mod get;
mod idempotency_key;
mod key_first;
mod list_people;
mod list_people_issues;
#[cfg(test)]
mod rest_client;
mod search_people;
mod update_person;
