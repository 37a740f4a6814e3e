//! Traces, exported over OTLP when the settings say where to: from the request through the call to each statement.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use opentelemetry::context::FutureExt as _;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator as _};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithTonicConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracerProvider, Tracer};
use proto::Channel;
use tonic::transport::{ClientTlsConfig, Endpoint};
use tower::ServiceExt as _;
use tracing::{Metadata, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::layer;
use tracing_subscriber::registry::LookupSpan;

use crate::config::PublicUrl;

/// What the program is called in traces, unless `OTEL_SERVICE_NAME` says otherwise.
const SERVICE: &str = "people";
/// How long a collector may take to connect, and to take a batch.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const EXPORT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the program waits at its end for the last spans to be taken.
const FLUSH: Duration = Duration::from_secs(2);

/// The header of the W3C by which traces go from program to program. The other one, `tracestate`, is any text of the
/// caller's, so it goes no further.
const TRACEPARENT: &str = "traceparent";

/// What exports the spans.
pub(super) struct Export(SdkTracerProvider);

impl Export {
    /// To a collector there. It is connected to when there is something to tell, and a queue of bounded length waits for
    /// it: what is too much, or what it does not take, is lost, and nobody waits. Within a runtime.
    pub(super) fn to(endpoint: &PublicUrl) -> Result<Self, ExporterBuildError> {
        let invalid = |error: tonic::transport::Error| {
            ExporterBuildError::InternalFailure(format!("{}: {error}", endpoint.as_str()))
        };
        let mut channel = Endpoint::from_shared(endpoint.as_str().to_owned())
            .map_err(invalid)?
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(EXPORT_TIMEOUT);
        if channel.uri().scheme_str() == Some("https") {
            let machine = ClientTlsConfig::new().with_native_roots();
            channel = channel.tls_config(machine).map_err(invalid)?;
        }
        let exporter = SpanExporter::builder()
            .with_tonic()
            .with_channel(channel.connect_lazy())
            .build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let mut resource = Resource::builder().with_attribute(version);
        if std::env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name(SERVICE);
        }
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource.build())
            .build();
        Ok(Self(provider))
    }

    pub(super) fn tracer(&self) -> Tracer {
        self.0.tracer(SERVICE)
    }

    /// Hands over what is left, if the collector takes it in time.
    pub(super) async fn finish(self) {
        let last = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(FLUSH));
        match last.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last traces were not taken"),
            Err(error) => tracing::warn!(%error, "the last traces were not handed over"),
        }
    }
}

/// What becomes part of traces: the spans of requests and calls, and those within them. What the program does of its own
/// accord, such as to ask the database for a sign of life, would be traces without number. No event becomes part of one,
/// since events may quote what the database says.
pub(super) fn is_traced<S>(metadata: &Metadata<'_>, within: &layer::Context<'_, S>) -> bool
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    metadata.is_span()
        && match super::crate_of(metadata.target()) {
            "grpc" => true,
            super::TRACE => metadata.name() == "http" || within.lookup_current().is_some(),
            _ => false,
        }
}

/// Requests continue the traces of those who ask.
pub(crate) fn accept(routes: Router) -> Router {
    routes.layer(from_fn(async |request: Request, next: Next| -> Response {
        let caller = TraceContextPropagator::new().extract_with_context(&Context::new(), &Asked(&request));
        next.run(request).with_context(caller).await
    }))
}

/// Calls to a core elsewhere hand on the trace that they are part of.
pub(crate) fn hand_on(core: Channel) -> Channel {
    Channel::new(core.map_request(|mut request: http::Request<tonic::body::Body>| {
        let context = tracing::Span::current().context();
        TraceContextPropagator::new().inject_context(&context, &mut Sent(request.headers_mut()));
        request
    }))
}

/// Where a request says what trace it is part of.
struct Asked<'a>(&'a Request);

impl Extractor for Asked<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (key == TRACEPARENT)
            .then(|| self.0.headers().get(TRACEPARENT)?.to_str().ok())
            .flatten()
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT]
    }
}

struct Sent<'a>(&'a mut http::HeaderMap);

impl Injector for Sent<'_> {
    fn set(&mut self, key: &str, value: String) {
        if key == TRACEPARENT
            && let Ok(value) = value.parse()
        {
            self.0.insert(TRACEPARENT, value);
        }
    }
}
