//! The same calls through either door.

mod attempt;
mod interactions;
mod people;
mod records;
mod refused;
mod users;

pub use attempt::Attempt;
pub use people::{BatchResult, Page};
pub use records::{RecordPage, Records};
pub use refused::Refused;

use crate::{GrpcClient, RestClient};

/// REST or gRPC.
#[derive(Debug, Clone)]
pub enum Api {
    /// The facade.
    Rest(RestClient),
    /// The core.
    Grpc(Box<GrpcClient>),
}

impl Api {
    /// Which of the two, to say it in messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Rest(_) => "REST",
            Self::Grpc(_) => "gRPC",
        }
    }
}
