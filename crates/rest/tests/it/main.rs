//! The facade end to end, over a core that is not one.

mod api_keys;
mod batch_people;
mod companies;
#[cfg(test)]
mod company_facts;
mod create_person;
mod custom_fields;
mod deal_addresses;
mod deals;
mod delete_person;
#[cfg(test)]
mod docs;
mod envelope;
mod errors;
#[cfg(test)]
mod fake_core;
#[cfg(test)]
mod fake_services;
mod get;
mod groups;
mod idempotency_key;
mod interactions;
mod key_first;
#[cfg(test)]
mod list_people;
mod list_people_issues;
mod pages;
mod records;
#[cfg(test)]
mod rest_client;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod search_people;
mod update_person;
mod users;
