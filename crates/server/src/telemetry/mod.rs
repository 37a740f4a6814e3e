//! What `tracing` reports: as a log to standard error, in lines for people or in JSON, and as traces to a collector where
//! there is one.

pub(crate) mod traces;

use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;
use std::sync::Arc;

use opentelemetry_sdk::trace::Tracer;
use tracing::level_filters::LevelFilter;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt as _, FilterFn, dynamic_filter_fn, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{Config, LogFormat, LogSettings};
use traces::Export;

/// These write statements' parameters and requests' headers at their finer levels: never in this log, whatever the
/// filter says.
const INDISCREET: [&str; 6] = [
    "tokio_postgres",
    "h2",
    "hyper",
    "opentelemetry",
    "opentelemetry_sdk",
    "opentelemetry-otlp",
];

/// Spans with this target are parts of traces alone, so without traces they cost nothing.
const TRACE: &str = "trace";

/// Why no log could be set up.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The filter cannot be read.
    #[error("the log filter cannot be used: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// There is nowhere to write it.
    #[error("standard error cannot be written to: {0}")]
    StandardError(io::Error),
    /// Somebody has set up another one before.
    #[error("the log is set up already: {0}")]
    AlreadySet(#[from] tracing_subscriber::util::TryInitError),
    /// Nothing can be sent there.
    #[error("traces cannot be exported (PEOPLE_OTLP_ENDPOINT): {0}")]
    Export(#[from] opentelemetry_otlp::ExporterBuildError),
}

/// What is set up; to be finished at the end of the program.
#[must_use]
pub struct Telemetry(Option<Export>);

impl Telemetry {
    /// Hands over the last traces, within a bound.
    pub async fn finish(self) {
        if let Some(export) = self.0 {
            export.finish().await;
        }
    }
}

/// Sets up the log of the whole program, and its traces; once, before there is anything to log. Reports of crates that
/// use `log` are included. Within a runtime, which exports the traces.
pub fn init(config: &Config) -> Result<Telemetry, Error> {
    let export = config.traces.endpoint.as_ref().map(Export::to).transpose()?;
    let tracer = export.as_ref().map(Export::tracer);
    subscriber(
        &config.log,
        tracer,
        Arc::new(standard_error().map_err(Error::StandardError)?),
    )?
    .try_init()?;
    Ok(Telemetry(export))
}

/// Standard error without the lock that Rust has on it: a thread would wait for the other's line to be written, twice in five
/// calls under load. What a pipe takes at once, 4 KiB and more, is written in one piece.
fn standard_error() -> io::Result<File> {
    Ok(File::from(io::stderr().as_fd().try_clone_to_owned()?))
}

fn subscriber<W>(
    settings: &LogSettings,
    tracer: Option<Tracer>,
    writer: W,
) -> Result<Box<dyn Subscriber + Send + Sync>, Error>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(settings.filter.as_str())?;
    let Some(tracer) = tracer else {
        // One filter for all: what it refuses costs next to nothing.
        let registry = tracing_subscriber::registry();
        return Ok(Box::new(
            registry
                .with(filter)
                .with(discretion())
                .with(lines(settings, writer)),
        ));
    };
    let spans = tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_target(false)
        .with_filter(dynamic_filter_fn(traces::is_traced));
    let lines = lines(settings, writer).with_filter(filter.and(discretion()));
    Ok(Box::new(tracing_subscriber::registry().with(lines).with(spans)))
}

fn lines<S, W>(settings: &LogSettings, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    match settings.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    }
}

fn discretion() -> FilterFn {
    filter_fn(|metadata: &Metadata<'_>| {
        let target = crate_of(metadata.target());
        let discreet = *metadata.level() <= LevelFilter::INFO || !INDISCREET.contains(&target);
        discreet && target != TRACE
    })
}

fn crate_of(target: &str) -> &str {
    target.split_once("::").map_or(target, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Mutex;

    use super::*;
    use crate::config::{Config, Flags};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(text)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: &str, format: &str, report: impl FnOnce()) -> String {
        logged_beside(None, filter, format, report)
    }

    fn logged_beside(tracer: Option<Tracer>, filter: &str, format: &str, report: impl FnOnce()) -> String {
        let environment = [
            ("HOME", "/home/ann"),
            ("PEOPLE_LOG", filter),
            ("PEOPLE_LOG_FORMAT", format),
        ];
        let environment = environment.map(|(name, value)| (name.into(), value.into()));
        let settings = Config::resolve(&Flags::default(), environment).unwrap().log;
        let kept = Kept::default();
        let writer = kept.clone();
        tracing::subscriber::with_default(
            subscriber(&settings, tracer, move || writer.clone()).unwrap(),
            report,
        );
        String::from_utf8(kept.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn the_filter_decides_what_is_logged() {
        let text = logged("warn", "text", || {
            tracing::info!("not this");
            tracing::warn!(person.id = 7, "this");
        });
        assert!(
            text.contains("this person.id=7") && !text.contains("not this"),
            "{text}"
        );
    }

    #[test]
    fn what_is_for_traces_alone_is_never_logged_and_without_a_collector_not_even_made() {
        let made = || tracing::info_span!(target: "trace", "http", http.route = "/v1");
        let text = logged("trace,trace=trace", "text", || {
            assert!(made().is_disabled());
            made().in_scope(|| tracing::info!("said"));
        });
        assert!(text.contains("said") && !text.contains("http"), "{text}");

        let provider = opentelemetry_sdk::trace::SdkTracerProvider::default();
        let tracer = opentelemetry::trace::TracerProvider::tracer(&provider, "test");
        let text = logged_beside(Some(tracer), "trace", "text", || {
            assert!(!made().is_disabled());
            made().in_scope(|| tracing::info!("said"));
        });
        assert!(text.contains("said") && !text.contains("http"), "{text}");
    }

    #[test]
    fn json_lines_are_objects() {
        let text = logged("info", "json", || tracing::info!(person.id = 7, "made"));
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["message"], "made");
        assert_eq!(line["person.id"], 7);
    }

    #[test]
    fn crates_that_write_values_are_kept_quiet_whatever_the_filter_says() {
        let text = logged("trace,tokio_postgres=trace", "text", || {
            tracing::debug!(target: "tokio_postgres::query", "executing with parameters: [\"secret\"]");
            tracing::debug!(target: "h2::codec", "secret");
            tracing::info!(target: "tokio_postgres::connection", "notice");
            tracing::debug!(target: "h2x", "other");
        });
        assert!(
            !text.contains("secret") && text.contains("notice") && text.contains("other"),
            "{text}"
        );
    }
}
