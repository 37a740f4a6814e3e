//! What can go wrong with the embedded PostgreSQL: each text says what is wrong and what to do about it.

use std::io;
use std::path::PathBuf;

/// Why the embedded PostgreSQL could not be started, opened or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No directory with both `initdb` and `postgres` is known.
    #[error(
        "PostgreSQL's programs initdb and postgres were found nowhere: {install}; or give their directory as \
         PEOPLE_PG_BIN_DIR, or the address of a PostgreSQL that already runs as DATABASE_URL"
    )]
    BinariesNotFound {
        /// How to install PostgreSQL on this system.
        install: String,
    },

    /// The directory that was asked for lacks one of the programs.
    #[error("PEOPLE_PG_BIN_DIR is {bin_dir}, but there is no program {missing} in it: {install}; or correct it", bin_dir = bin_dir.display())]
    BinDirIncomplete {
        /// The directory as configured.
        bin_dir: PathBuf,
        /// The program that is not there.
        missing: &'static str,
        /// How to install PostgreSQL on this system.
        install: String,
    },

    /// A program does not tell its version.
    #[error("{program} --version gave no version of PostgreSQL ({detail}): repair that installation, or choose another with PEOPLE_PG_BIN_DIR", program = program.display())]
    VersionUnknown {
        /// The program that was run.
        program: PathBuf,
        /// What it answered, or why it did not run.
        detail: String,
    },

    /// Only versions before the oldest supported one are installed.
    #[error("the PostgreSQL in {bin_dir} is version {found}, and {oldest} or newer is needed: {install}; or choose another with PEOPLE_PG_BIN_DIR", bin_dir = bin_dir.display())]
    TooOld {
        /// Where it was found.
        bin_dir: PathBuf,
        /// Its major version.
        found: u32,
        /// The oldest major version that works.
        oldest: u32,
        /// How to install PostgreSQL on this system.
        install: String,
    },

    /// The data was written by another major version than those installed.
    #[error(
        "the data in {cluster} was written by PostgreSQL {wrote}, but the PostgreSQL found is version {found} (in {bin_dir}): \
         install version {wrote} beside it, or give its directory as PEOPLE_PG_BIN_DIR, or move the data over with pg_upgrade",
        cluster = cluster.display(), bin_dir = bin_dir.display()
    )]
    OtherMajorVersion {
        /// The directory of the database cluster.
        cluster: PathBuf,
        /// The major version that wrote it.
        wrote: u32,
        /// The major version found.
        found: u32,
        /// Where it was found.
        bin_dir: PathBuf,
    },

    /// What stands where the cluster should be is not one.
    #[error("{cluster} is there, but is not a database cluster ({detail}): move it away, or choose another PEOPLE_DATA_DIR", cluster = cluster.display())]
    NotACluster {
        /// The directory of the database cluster.
        cluster: PathBuf,
        /// What is missing or wrong.
        detail: String,
    },

    /// The data directory lies in the home directory of root.
    #[error("the data directory {data_dir} lies below {home}, where only root may go, and PostgreSQL refuses to run as root: choose a directory such as /var/lib/people with PEOPLE_DATA_DIR", data_dir = data_dir.display(), home = home.display())]
    BelowRootHome {
        /// The data directory.
        data_dir: PathBuf,
        /// The home directory of root.
        home: PathBuf,
    },

    /// The unprivileged user cannot pass through a directory on the way.
    #[error("PostgreSQL runs as user {user}, who may not pass through {barrier} on the way to {target}: allow it (chmod o+x), or choose another directory with {setting}", barrier = barrier.display(), target = target.display())]
    Impassable {
        /// The user that PostgreSQL runs as.
        user: String,
        /// The directory that stops that user.
        barrier: PathBuf,
        /// Where the way was to lead.
        target: PathBuf,
        /// The setting that leads elsewhere.
        setting: &'static str,
    },

    /// Running as root, and there is no user to change to.
    #[error(
        "PostgreSQL refuses to run as root, and this system has neither a user postgres nor a user nobody: make one (useradd --system postgres), or start this program as an ordinary user"
    )]
    NoUnprivilegedUser,

    /// Something in the data directory belongs to a user that cannot be right.
    #[error("{path} belongs to the user with id {owner}: {advice}, or choose another PEOPLE_DATA_DIR", path = path.display())]
    WrongOwner {
        /// What belongs to somebody else.
        path: PathBuf,
        /// The user id of its owner.
        owner: u32,
        /// What to do.
        advice: &'static str,
    },

    /// The path of the socket is longer than the operating system takes.
    #[error("the path of the database's socket, {socket}, has {length} bytes and the system takes {limit}: choose a shorter PEOPLE_DATA_DIR", socket = socket.display())]
    SocketPathTooLong {
        /// The path of the socket.
        socket: PathBuf,
        /// Its length in bytes.
        length: usize,
        /// The most that is possible.
        limit: usize,
    },

    /// Another program holds the data directory.
    #[error("the data directory {data_dir} is in use by {holder}: stop that one first, or choose another PEOPLE_DATA_DIR", data_dir = data_dir.display(), holder = describe_holder(*holder))]
    InUse {
        /// The data directory.
        data_dir: PathBuf,
        /// The process id of its holder, where it could be read.
        holder: Option<u32>,
    },

    /// The holder of the data directory does not bring up its database.
    #[error("the data directory {data_dir} is held by {holder}, but its database did not answer within {seconds} s: look at that program's log, or stop it and try again", data_dir = data_dir.display(), holder = describe_holder(*holder))]
    HolderNotReady {
        /// The data directory.
        data_dir: PathBuf,
        /// The process id of its holder, where it could be read.
        holder: Option<u32>,
        /// How long it was waited for.
        seconds: u64,
    },

    /// An earlier server of the same data directory does not end.
    #[error("an earlier PostgreSQL (process {pid}) still runs on {cluster} and did not stop within {seconds} s: stop it (kill -QUIT {pid}) and try again", cluster = cluster.display())]
    StillRunning {
        /// Its process id.
        pid: i32,
        /// The directory of the database cluster.
        cluster: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },

    /// `initdb` failed with every locale that would do.
    #[error("initdb could not make a database cluster in {data_dir}, tried with the locales {locales}; its last words: {output}", data_dir = data_dir.display())]
    InitFailed {
        /// The data directory.
        data_dir: PathBuf,
        /// The locales tried.
        locales: String,
        /// The end of what it printed.
        output: String,
    },

    /// The server ended before it took a connection.
    #[error("PostgreSQL ended while starting ({status}); the whole log is {log}, its end: {tail}", log = log.display())]
    EndedWhileStarting {
        /// How it ended.
        status: String,
        /// The server's log file.
        log: PathBuf,
        /// The end of that log.
        tail: String,
    },

    /// The server takes no connection in time.
    #[error("PostgreSQL took no connection within {seconds} s ({reason}): after a crash it may need longer, then start again; its log is {log}", log = log.display())]
    NotReady {
        /// How long it was waited for.
        seconds: u64,
        /// Its answer to the last attempt.
        reason: String,
        /// The server's log file.
        log: PathBuf,
    },

    /// The database could not be made or asked for.
    #[error("the embedded PostgreSQL refused to make the database {database}: {reason}; its log is {log}", log = log.display())]
    Database {
        /// The name of the database.
        database: &'static str,
        /// The refusal.
        reason: String,
        /// The server's log file.
        log: PathBuf,
    },

    /// A file operation failed.
    #[error("cannot {action} {path}: {source}; see to its owner, mode and free space, or choose another PEOPLE_DATA_DIR", path = path.display())]
    File {
        /// What was attempted, as a verb.
        action: &'static str,
        /// On which file or directory.
        path: PathBuf,
        /// The refusal of the operating system.
        source: io::Error,
    },

    /// A child process, thread or signal failed for want of something of the system.
    #[error("cannot {action}: {source}; see to this system's limits on processes and memory")]
    System {
        /// What was attempted, as a verb phrase.
        action: &'static str,
        /// The refusal of the operating system.
        source: io::Error,
    },
}

impl Error {
    /// Makes the closure that turns an IO error into [`Error::File`], for `map_err`.
    pub(super) fn file(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { action, path, source }
    }
}

fn describe_holder(pid: Option<u32>) -> String {
    match pid {
        Some(pid) => format!("another people (process {pid})"),
        None => "another people".to_owned(),
    }
}
