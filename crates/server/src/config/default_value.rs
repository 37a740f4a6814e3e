//! What holds when nobody has said anything.

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

pub(super) const DATA_DIR: DefaultValue = DefaultValue::Derived {
    describe: "/var/lib/people as root, else $XDG_DATA_HOME/people or ~/.local/share/people",
    make: |layers| {
        let path = embedded::default_data_dir(|name| layers.variable(name).map(str::to_owned))?;
        path.to_str().map(str::to_owned)
    },
};

/// An address that means all interfaces is good to listen on, not to connect to.
pub(super) const PUBLIC_URL: DefaultValue = DefaultValue::Derived {
    describe: "http:// and rest_addr",
    make: |layers| {
        let (address, _) = layers.text_of("rest_addr")?;
        Some(match address.parse::<std::net::SocketAddr>() {
            Ok(parsed) if parsed.ip().is_unspecified() => format!("http://localhost:{}", parsed.port()),
            // If it is no address, that is a problem of rest_addr and told there.
            Ok(_) => format!("http://{address}"),
            Err(_) => "http://localhost".to_owned(),
        })
    },
};
