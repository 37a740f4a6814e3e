//! Why there is no connection, and what to do: for somebody who starts the program for the first time.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use tokio_postgres::config::Host;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, Error};

/// What of a URL is harmless to show.
struct Place<'a>(&'a Config);

impl Place<'_> {
    /// Each host with its port, or the path of the socket.
    fn hosts(&self) -> String {
        let ports = self.0.get_ports();
        let host = |(index, host): (usize, &Host)| {
            let port = ports
                .get(index)
                .or_else(|| ports.first())
                .copied()
                .unwrap_or(5432);
            match host {
                Host::Tcp(name) => format!("{name}:{port}"),
                #[cfg(unix)]
                Host::Unix(directory) => directory.join(format!(".s.PGSQL.{port}")).display().to_string(),
            }
        };
        let hosts: Vec<String> = self.0.get_hosts().iter().enumerate().map(host).collect();
        hosts.join(" and ")
    }

    fn user(&self) -> &str {
        self.0
            .get_user()
            .unwrap_or("named like that of the operating system")
    }

    /// PostgreSQL's default is the user's name.
    fn database(&self) -> &str {
        self.0.get_dbname().or(self.0.get_user()).unwrap_or_default()
    }
}

/// In words, with what to do.
pub(super) fn explain(config: &Config, error: &Error) -> String {
    let place = Place(config);
    let system = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    match (error.code(), system) {
        (Some(code), _) => refused(&place, code, error),
        (None, Some(error)) => unreached(&place, error),
        (None, None) => misunderstood(&place, error),
    }
}

/// Nobody answered at all for so long.
pub(super) fn silence(config: &Config, waited: Duration) -> String {
    let hosts = Place(config).hosts();
    format!(
        "nothing answers at {hosts} within {} s: see whether that machine is up and no firewall is in the way, or \
         correct the host and the port in DATABASE_URL",
        waited.as_secs()
    )
}

/// PostgreSQL itself says no.
fn refused(place: &Place<'_>, code: &SqlState, error: &Error) -> String {
    let (hosts, user, database) = (place.hosts(), place.user(), place.database());
    let said = error
        .as_db_error()
        .map_or_else(String::new, |error| error.message().to_owned());
    if *code == SqlState::INVALID_PASSWORD {
        // It does not tell strangers which of the two it is.
        format!(
            "PostgreSQL at {hosts} does not let the user {user} in: the password is wrong, or there is no such user. \
             Correct them in DATABASE_URL, where an @ is written %40, and so on for : / ? # %"
        )
    } else if *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION {
        format!(
            "PostgreSQL at {hosts} does not let the user {user} in ({said}): correct the user in DATABASE_URL, or make \
             the user (CREATE ROLE ... LOGIN PASSWORD ...), or allow the connection in the server's pg_hba.conf"
        )
    } else if *code == SqlState::INVALID_CATALOG_NAME {
        format!(
            "PostgreSQL at {hosts} has no database {database}: correct its name in DATABASE_URL, or make it: CREATE \
             DATABASE \"{database}\" ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' TEMPLATE template0"
        )
    } else if *code == SqlState::INSUFFICIENT_PRIVILEGE {
        format!(
            "PostgreSQL at {hosts} does not let the user {user} use the database {database} ({said}): as its owner, \
             GRANT CONNECT ON DATABASE \"{database}\" TO \"{user}\""
        )
    } else if *code == SqlState::TOO_MANY_CONNECTIONS {
        format!(
            "PostgreSQL at {hosts} has no connection left ({said}): raise its max_connections, or lower \
             PEOPLE_DB_POOL_SIZE or the number of programs that use it"
        )
    } else if *code == SqlState::CANNOT_CONNECT_NOW {
        format!("PostgreSQL at {hosts} is not ready ({said}): try again in a moment, or look at its log")
    } else {
        format!("PostgreSQL at {hosts} refuses the connection: {said}")
    }
}

/// Nobody is there to say anything.
fn unreached(place: &Place<'_>, error: &io::Error) -> String {
    let (hosts, kind) = (place.hosts(), error.kind());
    if kind == io::ErrorKind::ConnectionRefused {
        format!(
            "nothing listens at {hosts}: start PostgreSQL there, or correct the host and the port in DATABASE_URL"
        )
    } else if kind == io::ErrorKind::NotFound {
        format!("there is no socket {hosts}: start PostgreSQL, or correct its directory in DATABASE_URL")
    } else if kind == io::ErrorKind::PermissionDenied {
        format!(
            "this program may not use {hosts}: run it as a user who may, or choose another host in DATABASE_URL"
        )
    } else if [
        io::ErrorKind::TimedOut,
        io::ErrorKind::HostUnreachable,
        io::ErrorKind::NetworkUnreachable,
    ]
    .contains(&kind)
    {
        format!(
            "nothing answers at {hosts} ({error}): see whether that machine is up and no firewall is in the way, or \
             correct the host and the port in DATABASE_URL"
        )
    } else if error.to_string().contains("lookup") {
        format!("the host of {hosts} is not known ({error}): correct it in DATABASE_URL")
    } else {
        // Of TLS too: rustls wraps its errors like this.
        format!(
            "the connection to {hosts} fails ({error}): see whether PostgreSQL listens there, and what sslmode and \
             sslrootcert in DATABASE_URL ask of its certificate"
        )
    }
}

/// What answers is not what was expected.
fn misunderstood(place: &Place<'_>, error: &Error) -> String {
    let hosts = place.hosts();
    let reason = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    if reason == "password missing" {
        format!(
            "PostgreSQL at {hosts} asks the user {} for a password, and there is none in DATABASE_URL: \
             postgres://user:password@host:5432/database",
            place.user()
        )
    } else if reason == "server does not support TLS" {
        format!(
            "PostgreSQL at {hosts} offers no TLS, and sslmode in DATABASE_URL asks for it: set ssl = on there, or \
             choose another sslmode"
        )
    } else {
        format!(
            "what answers at {hosts} does not speak as PostgreSQL does ({reason}): correct the host and the port in DATABASE_URL"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_of(url: &str, kind: io::ErrorKind) -> String {
        unreached(&Place(&url.parse().unwrap()), &kind.into())
    }

    #[test]
    fn every_host_is_named_with_its_port_and_no_password_is() {
        let said = said_of(
            "postgres://ann:pa55@one:6432,two:6433/crm",
            io::ErrorKind::ConnectionRefused,
        );
        assert!(
            said.contains("one:6432 and two:6433") && !said.contains("pa55"),
            "{said}"
        );
        let said = said_of("postgres://ann@%2Frun%2Fpg/crm", io::ErrorKind::NotFound);
        assert!(said.contains("/run/pg/.s.PGSQL.5432"), "{said}");
    }

    #[test]
    fn an_unreachable_host_is_told_from_one_that_refuses() {
        for kind in [io::ErrorKind::HostUnreachable, io::ErrorKind::TimedOut] {
            let said = said_of("postgres://ann@db/crm", kind);
            assert!(said.contains("db:5432") && said.contains("firewall"), "{said}");
        }
        let silent = silence(&"postgres://ann@db/crm".parse().unwrap(), Duration::from_secs(10));
        assert!(silent.contains("db:5432 within 10 s"), "{silent}");
    }
}
