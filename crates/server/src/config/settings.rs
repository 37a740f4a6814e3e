//! The list of settings. A new one is one entry here; `config.default.toml` is made from it (its test says how).

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use domain::ApiKeySecret;

use super::default_value::{self as default, DefaultValue};
use super::error::Problem;
use super::in_force::InForce;
use super::layers::Layers;
use super::macros::settings;
use super::secrets::DatabaseUrl;
use super::value::{LogFilter, LogFormat, PublicUrl, Slot};

/// What is known of a setting apart from its value.
pub(super) struct SettingInfo {
    pub(super) key: &'static str,
    pub(super) variable: &'static str,
    pub(super) section: &'static str,
    pub(super) doc: &'static [&'static str],
    pub(super) default: DefaultValue,
    /// The text of a value as it may be shown.
    pub(super) show: fn(&str) -> String,
    pub(super) form: &'static str,
}

impl SettingInfo {
    pub(super) fn flag(&self) -> String {
        format!("--{}", self.key.replace('_', "-"))
    }

    fn help(doc: &[&str], variable: &str, default: &DefaultValue) -> String {
        let doc: Vec<&str> = doc.iter().map(|line| line.trim()).collect();
        format!(
            "{} [env: {variable}] [default: {}]",
            doc.join(" "),
            default.describe()
        )
    }
}

settings! {
    /// The database
    database: DatabaseSettings {
        /// The PostgreSQL (14 or newer) to keep everything in. Better given by environment or file than as a flag,
        /// which every user of the machine can see. Its sslmode is disable, prefer, require, verify-ca or verify-full;
        /// sslrootcert names a file of authorities in PEM form, in place of those that the machine trusts.
        url: Option<DatabaseUrl> = database_url, "DATABASE_URL",
            DefaultValue::Unset("the program runs a PostgreSQL of its own");
        /// Whether a start brings the database's schema up to date.
        migrate: bool = migrate, "PEOPLE_MIGRATE", DefaultValue::Text("true");
        /// Connections to the database: so many statements run at once. More than it has processors for slow it down.
        pool_size: NonZeroU32 = db_pool_size, "PEOPLE_DB_POOL_SIZE", default::DB_POOL_SIZE;
        /// The longest that one statement may take.
        statement_timeout: Duration = db_statement_timeout, "PEOPLE_DB_STATEMENT_TIMEOUT", DefaultValue::Text("5s");
    }

    /// The PostgreSQL that the program runs itself when there is no database_url
    embedded: EmbeddedSettings {
        /// Where it keeps the data, the socket and the demo key.
        data_dir: Option<PathBuf> = data_dir, "PEOPLE_DATA_DIR", default::DATA_DIR;
        /// The directory of PostgreSQL's programs initdb and postgres.
        bin_dir: Option<PathBuf> = pg_bin_dir, "PEOPLE_PG_BIN_DIR",
            DefaultValue::Unset("looked for on PATH and in the usual places");
    }

    /// The listeners
    listen: ListenSettings {
        /// Where REST clients connect.
        rest_addr: SocketAddr = rest_addr, "PEOPLE_REST_ADDR", DefaultValue::Text("127.0.0.1:8080");
        /// Where gRPC clients connect.
        grpc_addr: SocketAddr = grpc_addr, "PEOPLE_GRPC_ADDR", DefaultValue::Text("127.0.0.1:50051");
        /// The certificate for REST clients, in PEM form, followed by those that lead to its authority: TLS instead of
        /// plain HTTP.
        rest_tls_cert: Option<PathBuf> = rest_tls_cert, "PEOPLE_REST_TLS_CERT", DefaultValue::Unset("no TLS");
        /// The private key of that certificate, in PEM form.
        rest_tls_key: Option<PathBuf> = rest_tls_key, "PEOPLE_REST_TLS_KEY", DefaultValue::Unset("no TLS");
        /// The same for gRPC clients: the certificate.
        grpc_tls_cert: Option<PathBuf> = grpc_tls_cert, "PEOPLE_GRPC_TLS_CERT", DefaultValue::Unset("no TLS");
        /// The private key of that certificate.
        grpc_tls_key: Option<PathBuf> = grpc_tls_key, "PEOPLE_GRPC_TLS_KEY", DefaultValue::Unset("no TLS");
        /// The authorities, in PEM form, that `people serve rest` trusts at an upstream with https.
        upstream_ca: Option<PathBuf> = upstream_ca, "PEOPLE_UPSTREAM_CA",
            DefaultValue::Unset("those that the machine trusts");
        /// Where /metrics, /healthz and /readyz are, for operators and their machines only.
        metrics_addr: Option<SocketAddr> = metrics_addr, "PEOPLE_METRICS_ADDR",
            DefaultValue::Unset("nowhere");
        /// The address that clients see, for links in answers; without a path's last slash.
        public_url: Option<PublicUrl> = public_url, "PEOPLE_PUBLIC_URL",
            DefaultValue::Unset("http:// or https:// and where REST clients connect");
        /// Whether gRPC reflection is offered, with which tools such as grpcurl find their way.
        reflection: bool = reflection, "PEOPLE_REFLECTION", DefaultValue::Text("true");
        /// Whether /docs and /openapi.json are served.
        docs: bool = docs, "PEOPLE_DOCS", DefaultValue::Text("true");
        /// Connections at once to each listener; one more, and the oldest is asked to end. Fewer where the operating system
        /// allows fewer open files.
        max_connections: NonZeroUsize = max_connections, "PEOPLE_MAX_CONNECTIONS", DefaultValue::Text("10000");
        /// How long a client may take to send the head of a request, and to take in a piece of an answer.
        client_timeout: Duration = client_timeout, "PEOPLE_CLIENT_TIMEOUT", DefaultValue::Text("30s");
        /// How long running requests may take to finish when the program stops.
        shutdown_grace: Duration = shutdown_grace, "PEOPLE_SHUTDOWN_GRACE", DefaultValue::Text("10s");
    }

    /// Limits on requests
    requests: RequestSettings {
        /// Requests a minute for each user; 0 is no limit.
        rate_limit: u32 = rate_limit, "PEOPLE_RATE_LIMIT", DefaultValue::Text("600");
        /// The longest that one request may take.
        timeout: Duration = request_timeout, "PEOPLE_REQUEST_TIMEOUT", DefaultValue::Text("10s");
        /// The most bytes in the body of a request; more than 16777216 counts as that.
        body_limit: NonZeroUsize = body_limit, "PEOPLE_BODY_LIMIT", DefaultValue::Text("2097152");
        /// How many requests are worked on at once; one more is refused at once.
        max_in_flight: NonZeroUsize = max_in_flight, "PEOPLE_MAX_IN_FLIGHT", DefaultValue::Text("512");
    }

    /// The log, written to standard error
    log: LogSettings {
        /// What is logged: a level (error, warn, info, debug, trace), or a filter such as info,grpc=debug.
        filter: LogFilter = log, "PEOPLE_LOG", DefaultValue::Text("info");
        /// Lines for people (text) or for programs (json).
        format: LogFormat = log_format, "PEOPLE_LOG_FORMAT", DefaultValue::Text("text");
    }

    /// Traces
    traces: TraceSettings {
        /// Where to export them to: a collector that speaks OTLP over gRPC. The other variables of OpenTelemetry
        /// (OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER, OTEL_BSP_SCHEDULE_DELAY and so on) hold too.
        endpoint: Option<PublicUrl> = otlp_endpoint, "PEOPLE_OTLP_ENDPOINT", default::OTLP_ENDPOINT;
    }

    /// The demo workspace
    demo: DemoSettings {
        /// The API key of the demo workspace.
        api_key: Option<ApiKeySecret> = demo_api_key, "PEOPLE_DEMO_API_KEY",
            DefaultValue::Unset("random, kept in the data directory");
    }
}

impl std::fmt::Debug for Flags {
    /// Not derived: flags can hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Flags").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        flags: Flags,
    }

    #[test]
    fn keys_flags_and_variables_of_a_setting_follow_one_another() {
        for setting in SETTINGS {
            let expected = match setting.key {
                "database_url" => "DATABASE_URL".to_owned(),
                key => format!("PEOPLE_{}", key.to_uppercase()),
            };
            assert_eq!(setting.variable, expected);
            let line = Line::try_parse_from(["people", &setting.flag(), "x"]).unwrap();
            assert_eq!(line.flags.given().collect::<Vec<_>>(), [(setting.key, "x")]);
        }
    }

    #[test]
    fn the_help_of_a_flag_names_its_variable_and_its_default() {
        let help = <Line as clap::CommandFactory>::command()
            .render_help()
            .to_string();
        let flat = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for setting in SETTINGS {
            assert!(flat.contains(&format!("[env: {}]", setting.variable)), "{flat}");
        }
        assert!(
            flat.contains("Where REST clients connect. [env: PEOPLE_REST_ADDR] [default: 127.0.0.1:8080]"),
            "{flat}"
        );
    }
}
