//! What processes and the machine use, as Linux tells it in /proc.

use std::time::Duration;

use crate::Failure;

/// Clock ticks a second: the unit of CPU time in /proc is the same on every architecture that PostgreSQL runs on.
const TICKS: u64 = 100;

/// CPU time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    ticks: u64,
}

impl Usage {
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.ticks.saturating_sub(earlier.ticks) * 1000 / TICKS)
    }
}

/// A process as /proc/<pid>/stat shows it.
struct Stat {
    parent: u32,
    own: u64,
    /// Of children that have ended and were waited for.
    children: u64,
}

fn stat(pid: impl std::fmt::Display) -> Result<Stat, Failure> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name, in parentheses, may hold anything.
    let (_, fields) = text
        .rsplit_once(") ")
        .ok_or("an unknown form of /proc/<pid>/stat")?;
    let field = |index: usize| -> Result<u64, Failure> {
        let field = fields
            .split(' ')
            .nth(index)
            .ok_or("too few fields in /proc/<pid>/stat")?;
        Ok(field.parse()?)
    };
    Ok(Stat {
        parent: u32::try_from(field(1)?)?,
        own: field(11)? + field(12)?,
        children: field(13)? + field(14)?,
    })
}

/// What a process has used so far.
pub(crate) fn usage(pid: u32) -> Result<Usage, Failure> {
    Ok(Usage {
        ticks: stat(pid)?.own,
    })
}

/// What this process has used so far, and those that it started and that have ended.
pub(crate) fn own_usage() -> Result<(Usage, Usage), Failure> {
    let Stat { own, children, .. } = stat("self")?;
    Ok((Usage { ticks: own }, Usage { ticks: children }))
}

/// What a process and its children have used so far.
pub(crate) fn usage_of_family(pid: u32) -> Result<Usage, Failure> {
    loop {
        let parent = stat(pid)?;
        let mut ticks = parent.own + parent.children;
        for entry in std::fs::read_dir("/proc")? {
            let name = entry?.file_name();
            let child = name.to_str().and_then(|name| name.parse::<u32>().ok());
            // Others may end at this moment.
            if let Some(Ok(stat)) = child.map(stat)
                && stat.parent == pid
            {
                ticks += stat.own;
            }
        }
        // A child that was waited for meanwhile would be missing or count twice.
        if stat(pid)?.children == parent.children {
            return Ok(Usage { ticks });
        }
    }
}

/// The most memory that a process has had since [`forget_peak`], in bytes.
pub(crate) fn peak_memory(pid: u32) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next());
    Ok(kilobytes
        .ok_or("no VmHWM in /proc/<pid>/status")?
        .parse::<u64>()?
        * 1024)
}

/// Makes the present memory of a process its peak.
pub(crate) fn forget_peak(pid: u32) -> Result<(), Failure> {
    Ok(std::fs::write(format!("/proc/{pid}/clear_refs"), "5")?)
}

/// What the whole machine has used so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine {
    busy: Usage,
    stolen: Usage,
}

impl Machine {
    pub(crate) fn now() -> Result<Self, Failure> {
        let text = std::fs::read_to_string("/proc/stat")?;
        let line = text.lines().next().unwrap_or_default();
        let fields: Vec<u64> = line.split_whitespace().skip(1).flat_map(str::parse).collect();
        let [user, nice, system, _idle, _waiting, interrupts, soft, stolen, ..] = *fields else {
            return Err("an unknown form of /proc/stat".into());
        };
        Ok(Self {
            busy: Usage {
                ticks: user + nice + system + interrupts + soft,
            },
            stolen: Usage { ticks: stolen },
        })
    }

    pub(crate) fn busy_since(self, earlier: Self) -> Duration {
        self.busy.since(earlier.busy)
    }

    pub(crate) fn stolen_since(self, earlier: Self) -> Duration {
        self.stolen.since(earlier.stolen)
    }
}

/// How many processes wanted to run, on average over the last minute.
pub(crate) fn load_average() -> Result<f64, Failure> {
    let text = std::fs::read_to_string("/proc/loadavg")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}
