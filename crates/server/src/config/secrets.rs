//! Values that must not be shown.

use std::fmt;

use domain::ApiKeySecret;

use super::value::Value;

const MASK: &str = "***";

/// Where the database is, as [`persistence::parse_url`] reads it. Holds a password; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole text, the password included.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DatabaseUrl").field(&Self::show(&self.0)).finish()
    }
}

impl Value for DatabaseUrl {
    const FORM: &'static str =
        "a PostgreSQL URL, such as postgres://user:password@host:5432/database (an @ in the password is %40)";

    fn parse(text: &str) -> Option<Self> {
        let config = persistence::parse_url(text).ok()?;
        (!config.get_hosts().is_empty()).then(|| Self(text.to_owned()))
    }

    fn objection(text: &str) -> Option<String> {
        Some(match persistence::parse_url(text) {
            Ok(_) => "it names no host".to_owned(),
            Err(reason) => reason,
        })
    }

    /// Put together from what is known to be harmless, rather than blanking out what looks like a password.
    fn show(text: &str) -> String {
        let Ok(config) = persistence::parse_url(text) else {
            return MASK.to_owned();
        };
        let user = config.get_user().unwrap_or_default();
        let password = if config.get_password().is_some() {
            format!(":{MASK}")
        } else {
            String::new()
        };
        let at = if user.is_empty() && password.is_empty() {
            ""
        } else {
            "@"
        };
        let hosts: Vec<String> = config
            .get_hosts()
            .iter()
            .enumerate()
            .map(|(i, host)| show_host(host, port(&config, i)))
            .collect();
        format!(
            "postgres://{user}{password}{at}{}/{}",
            hosts.join(","),
            config.get_dbname().unwrap_or_default()
        )
    }
}

fn show_host(host: &tokio_postgres::config::Host, port: Option<u16>) -> String {
    let host = match host {
        tokio_postgres::config::Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        tokio_postgres::config::Host::Unix(path) => path.display().to_string(),
    };
    port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"))
}

/// One port can stand for all hosts.
fn port(config: &tokio_postgres::Config, index: usize) -> Option<u16> {
    let ports = config.get_ports();
    ports.get(index).or_else(|| ports.first()).copied()
}

impl Value for ApiKeySecret {
    const FORM: &'static str = "16 to 255 visible ASCII characters without spaces";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text)
    }

    fn show(_text: &str) -> String {
        MASK.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_is_shown_without_its_password_wherever_that_stands() {
        for text in [
            "postgres://ann:pa55%20word@db.example.com:6432/crm?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            "host=db.example.com port=6432 user=ann password=pa55 dbname=crm",
            "postgresql://ann@db.example.com:6432/crm?password=pa55",
        ] {
            let url = DatabaseUrl::parse(text).unwrap();
            assert_eq!(
                DatabaseUrl::show(text),
                "postgres://ann:***@db.example.com:6432/crm"
            );
            assert!(!format!("{url:?}").contains("pa55"));
        }
        assert_eq!(DatabaseUrl::show("postgres:/ann:pa55@db"), "***");
    }
}
