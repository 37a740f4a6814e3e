//! What the program says when it is ready: where it is, and what to try.

use std::fmt::{self, Display};

use crate::demo::{self, DemoKey};

/// What is there to try.
#[derive(Debug, Default)]
pub(crate) struct Welcome {
    pub(crate) rest: Option<String>,
    pub(crate) grpc: Option<String>,
    pub(crate) operator: Option<String>,
    pub(crate) docs: bool,
    pub(crate) demo: Option<DemoKey>,
}

impl Display for Welcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "people {} is ready.\n", env!("CARGO_PKG_VERSION"))?;
        if let Some(url) = &self.rest {
            writeln!(f, "  REST  {url}")?;
            if self.docs {
                writeln!(f, "  docs  {url}/docs")?;
            }
        }
        if let Some(url) = &self.grpc {
            writeln!(f, "  gRPC  {url}")?;
        }
        if let Some(url) = &self.operator {
            writeln!(f, "  metrics  {url}/metrics, also /healthz and /readyz")?;
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
        if let Some(url) = &self.rest {
            writeln!(f, "\nTry it:\n\n{}", demo::curl(url, key.secret()))?;
        }
        Ok(())
    }
}
