//! The facade end to end, over a core that is not one.

mod create_person;
mod docs;
mod envelope;
mod errors;
#[cfg(test)]
mod fake_core;
mod get;
mod key_first;
#[cfg(test)]
mod rest_client;
