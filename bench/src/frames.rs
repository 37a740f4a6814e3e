//! The frames: what axum and tonic cost by themselves. A process of its own answers every call with bytes that were ready
//! before, as many as the service answers, so that its CPU can be told from that of its callers.

use std::convert::Infallible;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;

use axum::Router;
use axum::body::Body;
use axum::serve::{Listener, ListenerExt as _};
use bytes::Bytes;
use futures_util::future::{BoxFuture, ready};
use http::header::CONTENT_TYPE;
use tokio::net::TcpListener;
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;
use tower::service_fn;

use crate::Failure;

/// The hidden subcommand; not for people to type.
pub(crate) const SUBCOMMAND: &str = "__frames";

/// The tag and the length before the bytes of an answer.
const TAG_AND_LENGTH: usize = 3;

/// If this process was started to be the frames, is that until it is killed.
pub(crate) fn run_if_asked(arguments: impl IntoIterator<Item = String>) -> Option<ExitCode> {
    let mut arguments = arguments.into_iter().skip(1);
    if arguments.next()? != SUBCOMMAND {
        return None;
    }
    let mut size = || arguments.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    Some(match serve(size(), size()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody to tell if standard error is closed.
            let _ = writeln!(std::io::stderr(), "frames: {failure}");
            ExitCode::FAILURE
        }
    })
}

/// On as many threads as the service.
fn serve(rest: usize, grpc: usize) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let (rest_listener, grpc_listener) = (bind().await?, bind().await?);
        // As the service says it.
        let mut out = std::io::stdout();
        writeln!(out, "REST http://{}", rest_listener.local_addr()?)?;
        writeln!(out, "gRPC http://{}", grpc_listener.local_addr()?)?;
        out.flush()?;
        let (bare_axum, bare_tonic) = (axum_of(rest), tonic_of(grpc));
        let (axum, tonic) = tokio::join!(
            axum::serve(at_once(rest_listener), bare_axum).into_future(),
            axum::serve(at_once(grpc_listener), bare_tonic).into_future(),
        );
        axum?;
        Ok(tonic?)
    })
}

async fn bind() -> Result<TcpListener, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0").await?)
}

/// Connections that send what they have without waiting for more, as those of the service.
fn at_once(listener: TcpListener) -> impl Listener<Addr = SocketAddr> {
    // Where it cannot be set, it is only slower.
    listener.tap_io(|stream| drop(stream.set_nodelay(true)))
}

fn axum_of(size: usize) -> Router {
    let answer = Bytes::from(vec![b' '; size]);
    Router::new().fallback(move |_: Bytes| ready(([(CONTENT_TYPE, "application/json")], answer.clone())))
}

fn tonic_of(size: usize) -> Router {
    let answer = Bytes::from(vec![b' '; size.saturating_sub(TAG_AND_LENGTH)]);
    let frame = service_fn(move |request: http::Request<Body>| {
        let answer = Answer(answer.clone());
        async move {
            let mut grpc = tonic::server::Grpc::new(ProstCodec::<Bytes, Bytes>::default());
            Ok::<_, Infallible>(grpc.unary(answer, request).await)
        }
    });
    Router::new().fallback_service(frame)
}

/// Answers a message with bytes.
struct Answer(Bytes);

impl tonic::server::UnaryService<Bytes> for Answer {
    type Response = Bytes;
    type Future = BoxFuture<'static, Result<Response<Bytes>, Status>>;

    fn call(&mut self, _: Request<Bytes>) -> Self::Future {
        Box::pin(ready(Ok(Response::new(self.0.clone()))))
    }
}
