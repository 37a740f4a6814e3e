//! Why an administrator without a call cannot have what was asked.

use std::fmt;

use crate::status::Failure;

/// Why something was not done, in words; a line for each thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(String);

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self(failure.in_words())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}
