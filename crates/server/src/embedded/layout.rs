//! What lies where in the data directory, and making it.

use std::ffi::OsString;
use std::fs::{DirBuilder, Permissions};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, lchown};
use std::path::{Path, PathBuf};

use nix::unistd::Uid;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

use super::Error;
use super::account::Account;

/// Part of the socket's name and of the URL; nothing listens on a port.
const PORT: u16 = 5432;

/// The most bytes in the path of a Unix socket, without the closing NUL.
const SOCKET_PATH_LIMIT: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// The paths within one data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Absolute and without symbolic links, as the operating system shows it for a running server.
    pub(super) data_dir: PathBuf,
    /// The database cluster.
    pub(super) cluster: PathBuf,
    /// Where the socket lies; whoever passes through this directory is let in by the server.
    pub(super) sockets: PathBuf,
    pub(super) lock: PathBuf,
    pub(super) log: PathBuf,
}

impl Layout {
    /// Makes the data directory if need be and refuses one that cannot work.
    pub(super) fn prepare(data_dir: &Path) -> Result<Self, Error> {
        let data_dir = std::path::absolute(data_dir).map_err(Error::file("find", data_dir))?;
        refuse_home_of_root(&data_dir)?;
        // Before anything is made; and again below, for the true path may be longer.
        Self::of(data_dir.clone()).check_socket_path()?;
        create_with_parents(&data_dir)?;
        let data_dir = std::fs::canonicalize(&data_dir).map_err(Error::file("find", &data_dir))?;
        refuse_home_of_root(&data_dir)?;
        let layout = Self::of(data_dir);
        layout.check_socket_path()?;
        Ok(layout)
    }

    fn of(data_dir: PathBuf) -> Self {
        let [cluster, sockets, lock, log] =
            ["pg", "run", "lock", "postgres.log"].map(|name| data_dir.join(name));
        Self {
            data_dir,
            cluster,
            sockets,
            lock,
            log,
        }
    }

    /// The socket that the server listens on.
    pub(super) fn socket(&self) -> PathBuf {
        self.sockets.join(format!(".s.PGSQL.{PORT}"))
    }

    /// The directory of the socket in the form of the server's setting, a list whose quoted entries may contain
    /// anything.
    pub(super) fn sockets_as_list(&self) -> OsString {
        let mut list = vec![b'"'];
        for &byte in self.sockets.as_os_str().as_bytes() {
            if byte == b'"' {
                list.push(byte);
            }
            list.push(byte);
        }
        list.push(b'"');
        OsString::from_vec(list)
    }

    /// The server's own lock beside its socket.
    pub(super) fn socket_lock(&self) -> PathBuf {
        self.sockets.join(format!(".s.PGSQL.{PORT}.lock"))
    }

    /// The server's pid file.
    pub(super) fn postmaster_pid(&self) -> PathBuf {
        self.cluster.join("postmaster.pid")
    }

    /// A URL for `database` over the socket, as tokio-postgres and libpq read it.
    pub(super) fn url_of(&self, database: &str) -> String {
        let host = percent_encode(self.sockets.as_os_str().as_bytes(), NON_ALPHANUMERIC);
        let database = percent_encode(database.as_bytes(), NON_ALPHANUMERIC);
        format!("postgres://{ROLE}@{host}:{PORT}/{database}", ROLE = super::ROLE)
    }

    /// Makes the directory of the socket, closed to everybody but `account`.
    pub(super) fn prepare_sockets(&self, account: &Account) -> Result<(), Error> {
        make_private_directory(&self.sockets, account)
    }

    fn check_socket_path(&self) -> Result<(), Error> {
        let socket = self.socket();
        let length = socket.as_os_str().len();
        if length > SOCKET_PATH_LIMIT {
            return Err(Error::SocketPathTooLong {
                socket,
                length,
                limit: SOCKET_PATH_LIMIT,
            });
        }
        Ok(())
    }
}

/// Where the data goes unless told otherwise: as root `/var/lib/people`, else below `$XDG_DATA_HOME` or
/// `~/.local/share`. `None` if neither variable is set to an absolute path.
pub fn default_data_dir(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    if Uid::effective().is_root() {
        return Some(PathBuf::from("/var/lib/people"));
    }
    let absolute = |name: &str| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .map(|shared| shared.join("people"))
}

/// Makes `directory` with mode 0700 for `account`, or brings an existing one to that.
pub(super) fn make_private_directory(directory: &Path, account: &Account) -> Result<(), Error> {
    match DirBuilder::new().mode(0o700).create(directory) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(Error::file("make the directory", directory)(error)),
    }
    let metadata = std::fs::symlink_metadata(directory).map_err(Error::file("look at", directory))?;
    if !metadata.is_dir() {
        let found = io::Error::from(io::ErrorKind::NotADirectory);
        return Err(Error::file("use as a directory", directory)(found));
    }
    if metadata.uid() != account.uid {
        if !account.must_change {
            let advice = "start this program as that user";
            return Err(Error::WrongOwner {
                path: directory.to_owned(),
                owner: metadata.uid(),
                advice,
            });
        }
        lchown(directory, Some(account.uid), Some(account.gid))
            .map_err(Error::file("change the owner of", directory))?;
    }
    if metadata.mode() & 0o777 != 0o700 {
        std::fs::set_permissions(directory, Permissions::from_mode(0o700))
            .map_err(Error::file("change the mode of", directory))?;
    }
    Ok(())
}

/// As root another user has to pass through what is made, whatever the umask; otherwise it is nobody's business.
fn create_with_parents(data_dir: &Path) -> Result<(), Error> {
    let mode = if Uid::effective().is_root() { 0o711 } else { 0o700 };
    let missing: Vec<&Path> = data_dir.ancestors().take_while(|path| !path.exists()).collect();
    for directory in missing.into_iter().rev() {
        match DirBuilder::new().mode(mode).create(directory) {
            Ok(()) => std::fs::set_permissions(directory, Permissions::from_mode(mode))
                .map_err(Error::file("change the mode of", directory))?,
            // Another start made it in this moment.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Error::file("make the directory", directory)(error)),
        }
    }
    Ok(())
}

fn refuse_home_of_root(data_dir: &Path) -> Result<(), Error> {
    let home = Path::new("/root");
    if Uid::effective().is_root() && data_dir.starts_with(home) {
        return Err(Error::BelowRootHome {
            data_dir: data_dir.to_owned(),
            home: home.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_reaches_the_socket_whatever_the_path_contains() {
        let layout = Layout::of(PathBuf::from("/srv/my data/50% ä@:?#"));
        let config: tokio_postgres::Config = layout.url_of("people").parse().unwrap();
        assert_eq!(
            config.get_hosts(),
            [tokio_postgres::config::Host::Unix(layout.sockets.clone())]
        );
        assert_eq!(config.get_ports(), [PORT]);
        assert_eq!(config.get_dbname(), Some("people"));
    }

    #[test]
    fn a_path_too_long_for_a_socket_is_refused_at_the_exact_limit() {
        let rest = "/run/.s.PGSQL.5432".len();
        let data_dir = |length: usize| PathBuf::from(format!("/{}", "d".repeat(length - rest - 1)));
        assert!(
            Layout::of(data_dir(SOCKET_PATH_LIMIT))
                .check_socket_path()
                .is_ok()
        );
        let error = Layout::of(data_dir(SOCKET_PATH_LIMIT + 1))
            .check_socket_path()
            .unwrap_err();
        assert!(error.to_string().contains("shorter PEOPLE_DATA_DIR"), "{error}");
    }

    #[test]
    fn a_data_directory_in_the_home_of_root_is_refused_to_root() {
        let refused = refuse_home_of_root(Path::new("/root/people"));
        assert_eq!(refused.is_err(), Uid::effective().is_root());
        assert!(refuse_home_of_root(Path::new("/rooted/people")).is_ok());
    }

    #[test]
    fn the_default_follows_the_user() {
        let of = |pairs: &'static [(&str, &str)]| {
            default_data_dir(|name| {
                pairs
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, v)| (*v).to_owned())
            })
        };
        if Uid::effective().is_root() {
            assert_eq!(of(&[("HOME", "/home/a")]), Some(PathBuf::from("/var/lib/people")));
        } else {
            assert_eq!(
                of(&[("HOME", "/home/a")]),
                Some(PathBuf::from("/home/a/.local/share/people"))
            );
            assert_eq!(
                of(&[("HOME", "/home/a"), ("XDG_DATA_HOME", "/data")]),
                Some(PathBuf::from("/data/people"))
            );
            assert_eq!(of(&[]), None);
        }
    }
}
