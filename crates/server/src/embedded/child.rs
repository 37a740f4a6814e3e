//! The last step before PostgreSQL: a process of this same program that gives up root, ties its life to its
//! parent and becomes the program asked for. std does this between fork and exec only through unsafe code.
//!
//! Runs before any runtime or thread exists, so that `exec` takes nothing along.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use nix::unistd::{Gid, Pid, Uid, getppid, setgid, setuid};

use super::account::Account;

/// The hidden subcommand; not for people to type.
pub const SUBCOMMAND: &str = "__postgres";

/// In place of a user when there is nobody to change to.
const SAME_USER: &str = "-";

/// If this process was started as the launcher, becomes PostgreSQL and returns only if that failed; otherwise
/// `None`. `main` calls it first of all with [`std::env::args_os`].
pub fn run_if_asked(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut arguments = arguments.into_iter().skip(1);
    if arguments.next()? != SUBCOMMAND {
        return None;
    }
    let failure = become_program(arguments);
    // Nobody to tell if standard error is closed.
    let _ = writeln!(io::stderr(), "cannot start PostgreSQL: {failure}");
    Some(ExitCode::FAILURE)
}

/// The command that makes `launcher` run `program` as `account`, as a child of this very process.
pub(super) fn command(launcher: &Path, account: &Account, program: &Path) -> Command {
    let mut command = Command::new(launcher);
    command.arg(SUBCOMMAND).arg(std::process::id().to_string());
    if account.must_change {
        command.arg(format!("{}:{}", account.uid, account.gid));
    } else {
        command.arg(SAME_USER);
    }
    command.arg(program).env_clear().current_dir("/");
    for name in ["PATH", "LANG", "TZ"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    // Ctrl-C in a terminal goes to the whole group: the database must outlast the requests it serves.
    command.process_group(0);
    command
}

fn become_program(mut arguments: impl Iterator<Item = OsString>) -> io::Error {
    let prepared = (|| {
        let parent = arguments
            .next()
            .as_deref()
            .and_then(number::<i32>)
            .ok_or("no parent process id")?;
        let user = arguments.next().ok_or("no user")?;
        let program = arguments.next().ok_or("no program")?;
        if user != SAME_USER {
            change_user(&user)?;
        }
        // Only now: the kernel forgets the signal when the user changes.
        tie_to_parent(Pid::from_raw(parent))?;
        Ok::<_, Box<dyn std::error::Error>>(program)
    })();
    match prepared {
        Ok(program) => Command::new(program).args(arguments).exec(),
        Err(error) => io::Error::other(error.to_string()),
    }
}

fn change_user(user: &OsStr) -> Result<(), Box<dyn std::error::Error>> {
    let (uid, gid) = user
        .to_str()
        .and_then(|user| user.split_once(':'))
        .ok_or("no user")?;
    #[cfg(not(target_vendor = "apple"))]
    nix::unistd::setgroups(&[])?;
    setgid(Gid::from_raw(gid.parse()?))?;
    setuid(Uid::from_raw(uid.parse()?))?;
    Ok(())
}

/// SIGINT is PostgreSQL's fast shutdown.
fn tie_to_parent(parent: Pid) -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(target_os = "linux")]
    nix::sys::prctl::set_pdeathsig(nix::sys::signal::Signal::SIGINT)?;
    // A parent that died before the line above sends no signal any more.
    if getppid() != parent {
        return Err("the program that started this one has gone".into());
    }
    Ok(())
}

fn number<T: std::str::FromStr>(text: &OsStr) -> Option<T> {
    text.to_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_command_line_is_left_alone() {
        assert!(run_if_asked(["people", "serve"].map(OsString::from)).is_none());
        assert!(run_if_asked([]).is_none());
    }
}
