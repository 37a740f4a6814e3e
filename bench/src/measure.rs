//! Measuring: what is done in a time, how long each took, and what that cost whom.

use std::time::Duration;

use hdrhistogram::Histogram;
use tokio::time::{Instant, sleep_until};
use tokio_postgres::Client;

use crate::Failure;
use crate::cluster::Cluster;
use crate::process::{self, Machine, Usage};

/// How long callers call before it counts: until connections are open, statements prepared and caches warm.
const WARM_UP: Duration = Duration::from_millis(500);

/// How long each took, in microseconds.
pub(crate) type Latencies = Histogram<u64>;

pub(crate) fn latencies() -> Result<Latencies, Failure> {
    // Up to a minute, to a thousandth.
    Ok(Histogram::new_with_bounds(1, 60_000_000, 3)?)
}

pub(crate) fn record(latencies: &mut Latencies, time: Duration) {
    latencies.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
}

/// Somebody who makes one call after the other.
pub(crate) trait Caller: Send + 'static {
    /// Makes the next request, outside of the time that is measured.
    fn prepare(&mut self);

    /// Sends it and waits for its answer.
    fn call(&mut self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// What was measured, in one piece or in several.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) requests: f64,
    pub(crate) seconds: f64,
    pub(crate) latencies: Latencies,
    pub(crate) failures: u64,
    pub(crate) first_failure: Option<String>,
    pub(crate) service: Duration,
    pub(crate) postgres: Duration,
    /// Of the callers: this process, or pgbench.
    pub(crate) callers: Duration,
    /// Of everybody else on this machine.
    pub(crate) others: Duration,
    pub(crate) stolen: Duration,
    /// Transactions that wrote: each of them is a durable commit, or shares one with others at that moment.
    pub(crate) transactions: u64,
    pub(crate) wal_bytes: u64,
    /// The most memory that the service had.
    pub(crate) peak_memory: u64,
}

/// What calls came to.
struct Done {
    requests: f64,
    latencies: Latencies,
    failures: u64,
    first_failure: Option<String>,
}

impl Measured {
    /// Both together.
    pub(crate) fn and(mut self, other: &Self) -> Result<Self, Failure> {
        let Self {
            requests,
            seconds,
            latencies,
            failures,
            first_failure,
            service,
            postgres,
            callers,
            others,
            stolen,
            transactions,
            wal_bytes,
            peak_memory,
        } = other;
        self.requests += requests;
        self.seconds += seconds;
        self.latencies.add(latencies)?;
        self.failures += failures;
        self.first_failure = self.first_failure.or_else(|| first_failure.clone());
        self.service += *service;
        self.postgres += *postgres;
        self.callers += *callers;
        self.others += *others;
        self.stolen += *stolen;
        self.transactions += transactions;
        self.wal_bytes += wal_bytes;
        self.peak_memory = self.peak_memory.max(*peak_memory);
        Ok(self)
    }

    pub(crate) fn rate(&self) -> f64 {
        self.requests / self.seconds
    }

    /// So many microseconds a request.
    pub(crate) fn each(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / self.requests.max(1.0)
    }

    pub(crate) fn milliseconds_at(&self, quantile: f64) -> f64 {
        self.latencies.value_at_quantile(quantile) as f64 / 1000.0
    }
}

/// Who is watched.
pub(crate) struct Watch<'a> {
    pub(crate) cluster: &'a Cluster,
    /// A connection that is used for nothing else.
    pub(crate) control: &'a Client,
    /// The process of the service, if it takes part.
    pub(crate) service: Option<u32>,
}

/// What was used until a moment.
struct Moment {
    at: Instant,
    machine: Machine,
    postgres: Usage,
    service: Usage,
    own: Usage,
    children: Usage,
    wal: i64,
    transaction: i64,
}

impl Watch<'_> {
    /// Lets callers call for so long.
    pub(crate) async fn callers<C: Caller>(
        &self,
        callers: Vec<C>,
        duration: Duration,
    ) -> Result<Measured, Failure> {
        if let Some(pid) = self.service {
            process::forget_peak(pid)?;
        }
        let begin = Instant::now() + WARM_UP;
        let end = begin + duration;
        let tasks: Vec<_> = callers
            .into_iter()
            .map(|caller| tokio::spawn(call(caller, begin, end)))
            .collect();
        sleep_until(begin).await;
        let before = self.moment().await?;
        sleep_until(end).await;
        let after = self.moment().await?;
        let mut all = Done {
            requests: 0.0,
            latencies: latencies()?,
            failures: 0,
            first_failure: None,
        };
        for task in tasks {
            let Done {
                requests,
                latencies,
                failures,
                first_failure,
            } = task.await??;
            all.requests += requests;
            all.latencies.add(&latencies)?;
            all.failures += failures;
            all.first_failure = all.first_failure.or(first_failure);
        }
        self.measured(&before, &after, all)
    }

    /// Lets pgbench run a statement.
    pub(crate) async fn pgbench(
        &self,
        run: impl FnOnce() -> Result<crate::pgbench::Done, Failure>,
    ) -> Result<Measured, Failure> {
        let before = self.moment().await?;
        let crate::pgbench::Done {
            statements,
            latencies,
            seconds,
        } = run()?;
        let after = self.moment().await?;
        let done = Done {
            requests: statements,
            latencies,
            failures: 0,
            first_failure: None,
        };
        let mut measured = self.measured(&before, &after, done)?;
        // It measures itself, without the time it takes to connect.
        measured.seconds = seconds;
        Ok(measured)
    }

    fn measured(&self, before: &Moment, after: &Moment, done: Done) -> Result<Measured, Failure> {
        let Done {
            requests,
            latencies,
            failures,
            first_failure,
        } = done;
        let postgres = after.postgres.since(before.postgres);
        let service = after.service.since(before.service);
        let callers = after.own.since(before.own) + after.children.since(before.children);
        let busy = after.machine.busy_since(before.machine);
        Ok(Measured {
            requests,
            seconds: (after.at - before.at).as_secs_f64(),
            latencies,
            failures,
            first_failure,
            service,
            postgres,
            callers,
            others: busy.saturating_sub(postgres + service + callers),
            stolen: after.machine.stolen_since(before.machine),
            transactions: (after.transaction - before.transaction).unsigned_abs(),
            wal_bytes: (after.wal - before.wal).unsigned_abs(),
            peak_memory: self.service.map_or(Ok(0), process::peak_memory)?,
        })
    }

    async fn moment(&self) -> Result<Moment, Failure> {
        let row = self
            .control
            .query_one(
                "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint",
                &[],
            )
            .await?;
        let (own, children) = process::own_usage()?;
        Ok(Moment {
            at: Instant::now(),
            machine: Machine::now()?,
            postgres: self.cluster.usage()?,
            service: self.service.map_or(Ok(Usage::default()), process::usage)?,
            own,
            children,
            wal: row.get(0),
            transaction: row.get(1),
        })
    }
}

/// One call after the other until the end; those count that begin after the beginning.
async fn call<C: Caller>(mut caller: C, begin: Instant, end: Instant) -> Result<Done, Failure> {
    let mut done = Done {
        requests: 0.0,
        latencies: latencies()?,
        failures: 0,
        first_failure: None,
    };
    loop {
        caller.prepare();
        let sent = Instant::now();
        if sent >= end {
            return Ok(done);
        }
        let answer = caller.call().await;
        if sent < begin {
            continue;
        }
        match answer {
            Ok(()) => {
                done.requests += 1.0;
                record(&mut done.latencies, sent.elapsed());
            }
            Err(failure) => {
                done.failures += 1;
                done.first_failure.get_or_insert_with(|| failure.to_string());
            }
        }
    }
}
