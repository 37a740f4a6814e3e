//! A collector of traces, which keeps all that it is sent.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::trace::v1::Span;
use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic::{Request, Response, Status};

/// Nothing that was exported takes this long to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A collector of traces, which keeps all that it is sent.
#[derive(Debug, Clone)]
pub struct Collector {
    address: SocketAddr,
    taken: Taken,
}

#[derive(Debug, Clone, Default)]
struct Taken(Arc<Mutex<Vec<ExportTraceServiceRequest>>>);

#[tonic::async_trait]
impl TraceService for Taken {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    /// Starts it on a port of its own.
    ///
    /// # Panics
    /// If there is none to be had.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let taken = Taken::default();
        let routes = Routes::new(TraceServiceServer::new(taken.clone()));
        tokio::spawn(async move { axum::serve(listener, routes.into_axum_router()).await });
        Self { address, taken }
    }

    /// Where programs send their traces.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that came, with all that belongs to it, as text to search in.
    ///
    /// # Panics
    /// If another thread panicked here.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{:?}", self.taken.0.lock().unwrap())
    }

    /// The spans of this trace so far.
    #[must_use]
    pub fn spans(&self, trace_id: &str) -> Vec<Span> {
        let mut spans = self.all();
        spans.retain(|span| hex(&span.trace_id) == trace_id);
        spans
    }

    /// The ids of all traces so far.
    #[must_use]
    pub fn traces(&self) -> BTreeSet<String> {
        self.all().iter().map(|span| hex(&span.trace_id)).collect()
    }

    fn all(&self) -> Vec<Span> {
        let taken = self.taken.0.lock().unwrap();
        let resources = taken.iter().flat_map(|request| &request.resource_spans);
        let scopes = resources.flat_map(|resource| &resource.scope_spans);
        scopes.flat_map(|scope| &scope.spans).cloned().collect()
    }

    /// The spans of this trace, when one of this name has come: spans come when they have ended, so those within it are
    /// there too.
    ///
    /// # Panics
    /// If it does not come.
    pub async fn when_ended(&self, trace_id: &str, name: &str) -> Vec<Span> {
        let begin = std::time::Instant::now();
        loop {
            let spans = self.spans(trace_id);
            if spans.iter().any(|span| span.name == name) {
                return spans;
            }
            let names: Vec<_> = spans.iter().map(|span| &span.name).collect();
            assert!(begin.elapsed() < PATIENCE, "{name} does not come after {names:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// An id as it is written.
fn hex(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}
