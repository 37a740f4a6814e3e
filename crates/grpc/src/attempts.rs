//! How often a call is tried when other writes get in between.

/// Each attempt sees what the one before missed, so the second nearly always is the last.
pub(crate) const ATTEMPTS: usize = 5;
