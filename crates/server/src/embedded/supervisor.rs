//! The thread that starts the server, waits for its end and is the only one to signal it.
//!
//! The parent-death signal goes out when the starting thread ends, hence a thread that lives exactly as long as
//! the server. And since it alone reaps the process, no signal can reach a stranger with a recycled id.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use tokio::sync::{oneshot, watch};

use super::Error;
use super::layout::Layout;
use super::process;
use super::server_log::ServerLog;

/// How often the thread looks whether the server still runs.
const POLL: Duration = Duration::from_millis(25);

/// A shutdown begins fast, goes on without ceremony, and ends by force: each after this time.
const ESCALATION: [(Duration, Signal); 3] = [
    (Duration::ZERO, Signal::SIGINT),
    (Duration::from_secs(15), Signal::SIGQUIT),
    (Duration::from_secs(20), Signal::SIGKILL),
];

/// A running server. Dropping it stops the server and blocks until it has ended: usually a tenth of a second.
#[derive(Debug)]
pub(super) struct Supervisor {
    /// Dropped to ask for the end.
    stop: Option<mpsc::Sender<()>>,
    ended: watch::Receiver<Option<ExitStatus>>,
    thread: Option<JoinHandle<()>>,
    pub(super) log: ServerLog,
}

impl Supervisor {
    /// Starts `command` and the thread that looks after it.
    pub(super) async fn start(mut command: Command, layout: &Layout) -> Result<Self, Error> {
        let failed = |action| move |source| Error::System { action, source };
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let (stop, stop_asked) = mpsc::channel();
        let (end, ended) = watch::channel(None);
        let (report, started) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || match command.spawn() {
                Ok(mut child) => {
                    // Nobody waits for the report any more: then the sender of `stop_asked` has gone as well.
                    let _ = report.send(Ok(child.stderr.take()));
                    end.send_replace(look_after(&mut child, &stop_asked));
                }
                Err(error) => {
                    let _ = report.send(Err(error));
                }
            })
            .map_err(failed("start a thread for PostgreSQL"))?;
        let output = started
            .await
            .unwrap_or_else(|_| Err(io::Error::other("its thread ended")))
            .map_err(failed("start PostgreSQL's launcher"))?;
        let log = match output {
            Some(output) => ServerLog::keep(output, layout.log.clone()),
            None => ServerLog::keep(io::empty(), layout.log.clone()),
        }
        .map_err(failed("start a thread for PostgreSQL's log"))?;
        Ok(Self {
            stop: Some(stop),
            ended,
            thread: Some(thread),
            log,
        })
    }

    /// How the server ended, if it has.
    pub(super) fn exit_status(&self) -> Option<ExitStatus> {
        *self.ended.borrow()
    }

    /// Resolves when the server has ended, for whatever reason.
    pub(super) fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut ended = self.ended.clone();
        async move {
            // An error means that the thread is gone, and the server with it.
            let _ = ended.wait_for(Option::is_some).await;
        }
    }

    /// Shuts the server down and waits for its end, which is forced after 20 s.
    pub(super) async fn stop(mut self) {
        self.stop = None;
        self.ended().await;
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Waits for the end of `child`; once `stop_asked` has lost its sender, brings that end about.
fn look_after(child: &mut Child, stop_asked: &mpsc::Receiver<()>) -> Option<ExitStatus> {
    let mut stopping: Option<Instant> = None;
    let mut escalation = ESCALATION.iter().peekable();
    loop {
        match child.try_wait() {
            Ok(None) => {}
            Ok(Some(status)) => return Some(status),
            // Cannot happen to a child that nobody else waits for.
            Err(_) => return None,
        }
        match stopping {
            None => match stop_asked.recv_timeout(POLL) {
                Err(RecvTimeoutError::Disconnected) => stopping = Some(Instant::now()),
                Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            },
            Some(since) => {
                if let Some((_, signal)) = escalation.next_if(|(after, _)| since.elapsed() >= *after)
                    && let Ok(pid) = i32::try_from(child.id())
                {
                    process::send(pid, *signal);
                }
                std::thread::sleep(POLL);
            }
        }
    }
}
