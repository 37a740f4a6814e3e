//! The server's settings, written anew at every start: all decisions about it are in this file.

use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, lchown};
use std::path::Path;

use super::Error;
use super::account::Account;

/// Reachable through the socket alone; small enough for a laptop; nothing personal in the log.
const ALWAYS: &str = "\
# Written by people at every start: changes made here are lost. ALTER SYSTEM is kept and overrides this file.
listen_addresses = ''
unix_socket_permissions = 0700
cluster_name = 'people'

# Short statements only: compiling them costs more than it saves.
jit = off

# The program that started the server reads its standard error and keeps it in a file of bounded size.
log_destination = 'stderr'
logging_collector = off
log_line_prefix = '%m [%p] '
# The text of a failed statement, its parameters and the DETAIL of a violated constraint hold people's data.
# Failures of statements are told to the client, which logs what is fit to be logged.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = 'none'
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_checkpoints = off
log_connections = off
log_disconnections = off

timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
";

const DURABLE: &str = "
max_connections = 50
# Taken as it is used. With 128MB, filters of a million people wait for pages that others have pushed out.
shared_buffers = '512MB'
fsync = on
synchronous_commit = on
full_page_writes = on
";

/// For tests: many databases at once, and data that need not survive a crash.
const FLEETING: &str = "
max_connections = 200
shared_buffers = '128MB'
fsync = off
synchronous_commit = off
full_page_writes = off
";

/// Writes `postgresql.conf` of `cluster`. The old file is replaced in one step.
pub(super) fn write(cluster: &Path, durable: bool, account: &Account) -> Result<(), Error> {
    let target = cluster.join("postgresql.conf");
    let new = cluster.join("postgresql.conf.new");
    let text = [ALWAYS, if durable { DURABLE } else { FLEETING }].concat();
    // Never through a link that the cluster's user may have put there.
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Error::file("remove", &new)(error));
        }
        Ok(()) | Err(_) => {}
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)
        .map_err(Error::file("write", &new))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(Error::file("write", &new))?;
    if account.must_change {
        lchown(&new, Some(account.uid), Some(account.gid))
            .map_err(Error::file("change the owner of", &new))?;
    }
    std::fs::rename(&new, &target).map_err(Error::file("replace", &target))
}
