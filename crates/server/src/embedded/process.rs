//! Looking at other processes: is that one alive, and is it PostgreSQL at work on our cluster?

use std::path::Path;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// Whether a process (or what is left of one that nobody waited for) has this id.
pub(super) fn exists(pid: i32) -> bool {
    match kill(Pid::from_raw(pid), None) {
        Ok(()) => true,
        Err(errno) => errno == Errno::EPERM,
    }
}

/// Sends a signal; that the process has gone meanwhile is as good.
pub(super) fn send(pid: i32, signal: Signal) {
    if let Err(error) = kill(Pid::from_raw(pid), signal) {
        tracing::debug!(pid, %signal, %error, "signal not sent");
    }
}

/// Whether `pid` is a running PostgreSQL whose directory is `cluster`.
///
/// The working directory of another user's process can be hidden even from root (in a container without the
/// right to trace); the command line is open to all and has the directory too.
#[cfg(target_os = "linux")]
pub(super) fn is_postgres_of(pid: i32, cluster: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;

    let about = Path::new("/proc").join(pid.to_string());
    if !std::fs::read(about.join("comm"))
        .is_ok_and(|name| matches!(name.trim_ascii(), b"postgres" | b"postmaster"))
    {
        return false;
    }
    match std::fs::read_link(about.join("cwd")) {
        Ok(directory) => directory == cluster,
        Err(_) => std::fs::read(about.join("cmdline")).is_ok_and(|line| {
            line.split(|&byte| byte == 0)
                .any(|word| word == cluster.as_os_str().as_bytes())
        }),
    }
}

/// Whether `pid` is a running PostgreSQL whose directory is `cluster`.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_postgres_of(pid: i32, cluster: &Path) -> bool {
    let asked = std::process::Command::new("ps")
        .args(["-ww", "-o", "command=", "-p", &pid.to_string()])
        .output();
    asked.is_ok_and(|answer| {
        let line = String::from_utf8_lossy(&answer.stdout);
        line.contains("postgres") && line.contains(&*cluster.to_string_lossy())
    })
}

/// Every process of PostgreSQL at work on `cluster`, as far as the system shows them.
#[cfg(target_os = "linux")]
pub(super) fn all_postgres_of(cluster: &Path) -> Vec<i32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|&pid| is_postgres_of(pid, cluster))
        .collect()
}

/// Every process of PostgreSQL at work on `cluster`: not to be had here, a start waits for them instead.
#[cfg(not(target_os = "linux"))]
pub(super) fn all_postgres_of(_cluster: &Path) -> Vec<i32> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_test_is_alive_and_not_postgres() {
        let me = i32::try_from(std::process::id()).unwrap();
        assert!(exists(me));
        assert!(!is_postgres_of(me, &std::env::current_dir().unwrap()));
    }
}
