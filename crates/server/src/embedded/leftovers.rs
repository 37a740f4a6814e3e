//! What an earlier run left behind: a server still stopping, orphaned backends, a pid file that means nothing now.
//! Only the holder of the directory's lock may call this.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::Error;
use super::layout::Layout;
use super::process;

/// How long an earlier server gets to finish a fast shutdown, and then an immediate one.
const FAST: Duration = Duration::from_secs(30);
const IMMEDIATE: Duration = Duration::from_secs(10);

const POLL: Duration = Duration::from_millis(20);

/// Brings the data directory to a state in which the server can start. Blocks while an earlier server stops.
pub(super) fn clear(layout: &Layout) -> Result<(), Error> {
    let pid_file = layout.postmaster_pid();
    match recorded_pid(&pid_file)? {
        Recorded::Nothing => {}
        Recorded::Unreadable => remove(&pid_file)?,
        Recorded::Pid(pid) if process::is_postgres_of(pid, &layout.cluster) => {
            stop_earlier_server(pid, layout)?
        }
        // PostgreSQL takes any living process of this id for its own predecessor and would refuse to start.
        Recorded::Pid(pid) if process::exists(pid) => remove(&pid_file)?,
        // It sees to the file of a dead one by itself, with more checks than we have.
        Recorded::Pid(_) => {}
    }
    // Backends outlive a killed postmaster for a moment, a busy one for longer.
    for orphan in process::all_postgres_of(&layout.cluster) {
        process::send(orphan, Signal::SIGQUIT);
    }
    remove(&layout.socket())?;
    remove(&layout.socket_lock())
}

enum Recorded {
    Nothing,
    /// Empty or garbled, as after a power failure; PostgreSQL would ask for a human.
    Unreadable,
    Pid(i32),
}

fn recorded_pid(pid_file: &Path) -> Result<Recorded, Error> {
    match std::fs::read_to_string(pid_file) {
        // A single-user server writes its id negated.
        Ok(text) => match text
            .lines()
            .next()
            .and_then(|line| line.trim().parse::<i32>().ok())
        {
            Some(pid) if pid != 0 && pid != i32::MIN => Ok(Recorded::Pid(pid.abs())),
            Some(_) | None => Ok(Recorded::Unreadable),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Recorded::Nothing),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Recorded::Unreadable),
        Err(error) => Err(Error::file("read", pid_file)(error)),
    }
}

fn stop_earlier_server(pid: i32, layout: &Layout) -> Result<(), Error> {
    tracing::info!(
        pid,
        "waiting for an earlier PostgreSQL of this data directory to stop"
    );
    for (signal, patience) in [(Signal::SIGINT, FAST), (Signal::SIGQUIT, IMMEDIATE)] {
        process::send(pid, signal);
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if !process::is_postgres_of(pid, &layout.cluster) {
                return Ok(());
            }
            std::thread::sleep(POLL);
        }
    }
    let seconds = (FAST + IMMEDIATE).as_secs();
    Err(Error::StillRunning {
        pid,
        cluster: layout.cluster.clone(),
        seconds,
    })
}

fn remove(file: &Path) -> Result<(), Error> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::file("remove", file)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout_with_pid_file(content: &str) -> (tempfile::TempDir, Layout) {
        let directory = tempfile::tempdir_in("/tmp").unwrap();
        let layout = Layout::prepare(directory.path()).unwrap();
        std::fs::create_dir(&layout.cluster).unwrap();
        std::fs::create_dir(&layout.sockets).unwrap();
        std::fs::write(layout.postmaster_pid(), content).unwrap();
        (directory, layout)
    }

    #[test]
    fn a_pid_file_that_names_a_living_stranger_is_removed_and_the_socket_lock_with_it() {
        let (_directory, layout) = layout_with_pid_file(&format!("{}\n/somewhere\n", std::process::id()));
        std::fs::write(layout.socket_lock(), std::process::id().to_string()).unwrap();
        clear(&layout).unwrap();
        assert!(!layout.postmaster_pid().exists());
        assert!(!layout.socket_lock().exists());
    }

    #[test]
    fn an_empty_or_garbled_pid_file_is_removed() {
        for content in ["", "garbage\n", "0\n", "-2147483648\n"] {
            let (_directory, layout) = layout_with_pid_file(content);
            clear(&layout).unwrap();
            assert!(!layout.postmaster_pid().exists(), "{content:?}");
        }
    }

    #[test]
    fn the_pid_file_of_a_dead_server_is_left_to_postgres() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        let (_directory, layout) = layout_with_pid_file(&format!("{}\n", child.id()));
        clear(&layout).unwrap();
        assert!(layout.postmaster_pid().exists());
    }
}
