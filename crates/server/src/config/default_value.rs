//! What holds when nobody has said anything.

use std::num::NonZeroUsize;

use super::layers::Layers;
use crate::embedded;

/// The default of a setting.
#[derive(Clone, Copy)]
pub(super) enum DefaultValue {
    /// In the same form as anyone else would give it.
    Text(&'static str),
    /// Made from other settings or from the environment.
    Derived {
        describe: &'static str,
        /// `None` if it cannot be made; then somebody has to give a value.
        make: fn(&Layers) -> Option<String>,
    },
    /// No value; the text says what happens then.
    Unset(&'static str),
}

impl DefaultValue {
    /// For help texts.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::Text(text) | Self::Unset(text) => text,
            Self::Derived { describe, make: _ } => describe,
        }
    }
}

/// Measured on 2 processors: with 8, PostgreSQL takes a quarter more for a page than with 4. The program's own PostgreSQL takes 50.
pub(super) const DB_POOL_SIZE: DefaultValue = DefaultValue::Derived {
    describe: "two for each processor here, from 4 to 16",
    make: |_| {
        let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Some(processors.saturating_mul(2).clamp(4, 16).to_string())
    },
};

pub(super) const OTLP_ENDPOINT: DefaultValue = DefaultValue::Derived {
    describe: "that of OTEL_EXPORTER_OTLP_ENDPOINT, else none are exported",
    make: |layers| layers.variable("OTEL_EXPORTER_OTLP_ENDPOINT").map(str::to_owned),
};

pub(super) const DATA_DIR: DefaultValue = DefaultValue::Derived {
    describe: "/var/lib/people as root, else $XDG_DATA_HOME/people or ~/.local/share/people",
    make: |layers| {
        let path = embedded::default_data_dir(|name| layers.variable(name).map(str::to_owned))?;
        path.to_str().map(str::to_owned)
    },
};
