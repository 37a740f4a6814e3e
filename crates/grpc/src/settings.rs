//! What can be set about the core.

use std::time::Duration;

/// The settings of the core.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How many calls a user may make a minute, all the user's keys together. 0: as many as they like.
    pub rate_limit: u32,
    /// The most time that a call gets, whatever it asks for.
    pub request_timeout: Duration,
    /// Whether clients may ask for the API's descriptors.
    pub reflection: bool,
    /// How many calls are worked on at once. One more is refused at once.
    pub max_in_flight: usize,
    /// How many of them may be batches. One more waits, for as long as it has time.
    pub max_batches: usize,
}
