//! `people serve`.

use std::io::Write as _;

use axum::Router;
use clap::{Args, Subcommand};
use futures_util::future::OptionFuture;
use rest::Core;

use super::Failure;
use crate::config::Config;
use crate::database::DatabaseHome;
use crate::demo::{self, DemoKey};
use crate::serve::{
    ClientLimits, Identity, Listener, OpenCore, Shutdown, Welcome, facade, operator, remote, signalled,
};
use crate::telemetry::traces;

/// Start the service.
///
/// Without DATABASE_URL it runs a PostgreSQL of its own in the data directory, with a demo workspace, and prints a call
/// to try. SIGTERM or Ctrl-C ends it when what runs has finished.
#[derive(Debug, Default, Args)]
pub(super) struct Serve {
    #[command(subcommand)]
    only: Option<Only>,
}

#[derive(Debug, Clone, Subcommand)]
enum Only {
    /// The gRPC services alone
    Grpc,
    /// The REST facade alone, before gRPC services that run elsewhere
    Rest {
        /// Where those are, such as http://127.0.0.1:50051 or https://core.example.com
        #[arg(long, value_name = "URL")]
        upstream: String,
    },
}

impl Serve {
    pub(super) async fn run(&self, config: &Config) -> Result<(), Failure> {
        match &self.only {
            None => serve_core(config, true).await,
            Some(Only::Grpc) => serve_core(config, false).await,
            Some(Only::Rest { upstream }) => serve_facade(config, upstream).await,
        }
    }
}

/// The gRPC services, and the facade in the same process if it is wanted.
async fn serve_core(config: &Config, with_facade: bool) -> Result<(), Failure> {
    // First of all: nothing is begun that a taken port would stop.
    let grpc = bind_grpc(config).await?;
    let rest = match with_facade {
        true => Some(bind_rest(config).await?),
        false => None,
    };
    let listeners = Listeners {
        grpc,
        rest,
        operator: bind_operator(config).await?,
    };
    let mut home = DatabaseHome::start(config).await?;
    let served = serve_from(config, &mut home, listeners).await;
    home.close().await;
    served
}

/// Every socket of a program that has the core.
struct Listeners {
    grpc: Listener,
    rest: Option<Listener>,
    operator: Option<Listener>,
}

async fn serve_from(config: &Config, home: &mut DatabaseHome, listeners: Listeners) -> Result<(), Failure> {
    let Listeners {
        grpc: grpc_listener,
        rest,
        operator,
    } = listeners;
    home.prepare(config).await?;
    let database = home.pool(config)?;
    let welcome = Welcome {
        rest: rest.as_ref().map(Listener::url),
        grpc: Some(grpc_listener.url()),
        docs: config.listen.docs,
        operator: operator.as_ref().map(Listener::url),
        demo: demo_key(config, home, &database).await?,
    };
    let (housekept, measured) = (database.clone(), database.clone());
    let OpenCore {
        routes,
        in_process,
        health,
    } = OpenCore::new(config, database).await?;
    let shutdown = Shutdown::new(config.listen.shutdown_grace);
    let facade = rest.map(|listener| {
        let service = facade(config, in_process, listener.url(), config.max_batches());
        listener.serve(traced(config, service), shutdown.clone())
    });
    let operator = match operator {
        Some(listener) => {
            let routes = operator::routes(operator::collect()?, health.clone(), measured);
            Some(listener.serve(routes, shutdown.clone()))
        }
        None => None,
    };
    let core = grpc_listener.serve(traced(config, routes.into_axum_router()), shutdown.clone());
    let end = async {
        tokio::select! {
            signalled = signalled() => signalled?,
            failure = home.keep_alive() => return Err(failure),
            () = grpc::housekeeping::keep(housekept) => {}
        }
        tracing::info!("stopping: no new requests, those that run are finished");
        Ok(())
    };
    say(&welcome)?;
    let all = async {
        let (facade, operator) = (OptionFuture::from(facade), OptionFuture::from(operator));
        tokio::join!(core, facade, operator);
    };
    until(end, all, &shutdown, async { health.shut_down().await }).await
}

/// The facade before a core that runs elsewhere.
async fn serve_facade(config: &Config, upstream: &str) -> Result<(), Failure> {
    let mut channel = remote(upstream, config.listen.upstream_ca.as_deref())?;
    if config.traces.endpoint.is_some() {
        channel = traces::hand_on(channel);
    }
    let (rest, operator) = (bind_rest(config).await?, bind_operator(config).await?);
    let shutdown = Shutdown::new(config.listen.shutdown_grace);
    let welcome = Welcome {
        rest: Some(rest.url()),
        operator: operator.as_ref().map(Listener::url),
        docs: config.listen.docs,
        ..Welcome::default()
    };
    let service = traced(
        config,
        facade(
            config,
            Core::remote(channel),
            rest.url(),
            rest::Settings::MAX_BATCHES,
        ),
    );
    let operator = match operator {
        Some(listener) => {
            let routes = operator::facade_routes(operator::collect()?);
            Some(listener.serve(routes, shutdown.clone()))
        }
        None => None,
    };
    let facade = rest.serve(service, shutdown.clone());
    let served = async {
        tokio::join!(facade, OptionFuture::from(operator));
    };
    say(&welcome)?;
    let end = async { Ok(signalled().await?) };
    until(end, served, &shutdown, std::future::ready(())).await
}

/// Where traces are exported, requests continue those of their callers.
fn traced(config: &Config, routes: Router) -> Router {
    match config.traces.endpoint {
        Some(_) => traces::accept(routes),
        None => routes,
    }
}

/// Serves until the end comes, then in good order.
async fn until(
    end: impl Future<Output = Result<(), Failure>>,
    served: impl Future<Output = ()>,
    shutdown: &Shutdown,
    before: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let ended = async {
        let ended = end.await;
        before.await;
        shutdown.request();
        ended
    };
    let (ended, ()) = tokio::join!(ended, served);
    ended
}

async fn bind_grpc(config: &Config) -> Result<Listener, Failure> {
    let identity = Identity {
        cert: (config.listen.grpc_tls_cert.as_deref(), "PEOPLE_GRPC_TLS_CERT"),
        key: (config.listen.grpc_tls_key.as_deref(), "PEOPLE_GRPC_TLS_KEY"),
    };
    let (address, tls) = (config.listen.grpc_addr, identity.acceptor()?);
    Listener::bind(address, "PEOPLE_GRPC_ADDR", tls, ClientLimits::of(config)).await
}

async fn bind_rest(config: &Config) -> Result<Listener, Failure> {
    let identity = Identity {
        cert: (config.listen.rest_tls_cert.as_deref(), "PEOPLE_REST_TLS_CERT"),
        key: (config.listen.rest_tls_key.as_deref(), "PEOPLE_REST_TLS_KEY"),
    };
    let (address, tls) = (config.listen.rest_addr, identity.acceptor()?);
    Listener::bind(address, "PEOPLE_REST_ADDR", tls, ClientLimits::of(config)).await
}

async fn bind_operator(config: &Config) -> Result<Option<Listener>, Failure> {
    let Some(address) = config.listen.metrics_addr else {
        return Ok(None);
    };
    let listener = Listener::bind(address, "PEOPLE_METRICS_ADDR", None, ClientLimits::of(config)).await?;
    Ok(Some(listener))
}

/// A database of our own comes with the demo workspace.
async fn demo_key(
    config: &Config,
    home: &DatabaseHome,
    database: &persistence::Database,
) -> Result<Option<DemoKey>, Failure> {
    if !home.is_embedded() {
        return Ok(None);
    }
    let key = demo::ensure_in(config.data_dir()?, database, config.demo.api_key.clone()).await?;
    Ok(Some(key))
}

fn say(welcome: &Welcome) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    write!(out, "{welcome}")?;
    Ok(out.flush()?)
}
