//! What a process has of the machine, as Linux tells it.

use std::path::PathBuf;

/// What a process has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Bytes of memory that are really there.
    pub memory: u64,
    /// Files and sockets that are open.
    pub files: usize,
}

impl Usage {
    /// What this process has now.
    ///
    /// # Panics
    /// If there is no such process.
    #[must_use]
    pub fn of(process: u32) -> Self {
        let about = PathBuf::from(format!("/proc/{process}"));
        let status = std::fs::read_to_string(about.join("status")).expect("a running process");
        let kib: u64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
            .expect("its memory");
        Self {
            memory: kib * 1024,
            files: std::fs::read_dir(about.join("fd")).expect("its files").count(),
        }
    }
}
