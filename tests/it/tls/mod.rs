//! Encryption to clients, between the two halves, and to the database.

mod authority;
mod database;
mod listeners;
