//! Which processor does what: callers must not take the time of those whom they measure.

use nix::sched::{CpuSet, sched_setaffinity};
use nix::unistd::Pid;

/// Lets a process, and all that it starts from now on, run on one processor alone.
///
/// # Panics
/// If there is no such process or processor.
pub fn confine(process: u32, processor: usize) {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("a running process");
    for thread in threads {
        let name = thread.expect("its threads").file_name();
        let id = name.to_str().and_then(|id| id.parse().ok()).expect("a number");
        confine_thread(Pid::from_raw(id), processor);
    }
}

/// The same of the thread that calls.
///
/// # Panics
/// If there is no such processor.
pub fn confine_this_thread(processor: usize) {
    confine_thread(Pid::from_raw(0), processor);
}

fn confine_thread(thread: Pid, processor: usize) {
    let mut processors = CpuSet::new();
    processors.set(processor).expect("a processor");
    sched_setaffinity(thread, &processors).expect("a thread");
}
