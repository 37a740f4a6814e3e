//! What the program says when it is ready: where it is, and what to try.

use std::fmt::{self, Display};
use std::net::SocketAddr;

use super::facade::reachable;
use crate::demo::{self, DemoKey};

/// What is there to try.
#[derive(Debug, Default)]
pub(crate) struct Welcome {
    pub(crate) rest: Option<SocketAddr>,
    pub(crate) grpc: Option<SocketAddr>,
    pub(crate) operator: Option<SocketAddr>,
    pub(crate) docs: bool,
    pub(crate) demo: Option<DemoKey>,
}

impl Display for Welcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "people {} is ready.\n", env!("CARGO_PKG_VERSION"))?;
        if let Some(address) = self.rest {
            let url = reachable(address);
            writeln!(f, "  REST  {url}")?;
            if self.docs {
                writeln!(f, "  docs  {url}/docs")?;
            }
        }
        if let Some(address) = self.grpc {
            writeln!(f, "  gRPC  {}", reachable(address))?;
        }
        if let Some(address) = self.operator {
            writeln!(
                f,
                "  metrics  {}/metrics, also /healthz and /readyz",
                reachable(address)
            )?;
        }
        let Some(key) = &self.demo else {
            return writeln!(
                f,
                "\n`people demo` makes a workspace to try; `people admin --help` tells how to make your own."
            );
        };
        writeln!(
            f,
            "\nThe demo workspace is ready. Its key, also in {}:",
            key.file().display()
        )?;
        writeln!(f, "\n  {}", key.secret())?;
        if let Some(address) = self.rest {
            writeln!(
                f,
                "\nTry it:\n\n{}",
                demo::curl(&reachable(address), key.secret())
            )?;
        }
        Ok(())
    }
}
