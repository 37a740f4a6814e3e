//! One program for each data directory: the operating system's lock on a file in it, which dies with its holder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;

use nix::fcntl::OFlag;

use super::Error;
use super::layout::Layout;

/// The held lock; dropping it lets go. The file stays: removing it would let two programs lock two files.
#[derive(Debug)]
pub(super) struct DirectoryLock {
    file: File,
}

impl Drop for DirectoryLock {
    /// Closing the file would not do: a child that is being started holds a copy of it until it has become its program.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "could not let go of the data directory");
        }
    }
}

impl DirectoryLock {
    /// Takes the lock at once or fails with [`Error::InUse`].
    pub(super) fn take(layout: &Layout) -> Result<Self, Error> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o644)
            // As root, never write through a link that somebody else put here.
            .custom_flags(OFlag::O_NOFOLLOW.bits())
            .open(&layout.lock)
            .map_err(Error::file("open", &layout.lock))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::InUse {
                    data_dir: layout.data_dir.clone(),
                    holder: holder(layout),
                });
            }
            Err(TryLockError::Error(error)) => return Err(Error::file("lock", &layout.lock)(error)),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(Error::file("write", &layout.lock))?;
        Ok(Self { file })
    }
}

/// The process id that the holder wrote, unless it is being written in this moment.
pub(super) fn holder(layout: &Layout) -> Option<u32> {
    std::fs::read_to_string(&layout.lock).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_taker_learns_who_the_first_is() {
        let directory = tempfile::tempdir_in("/tmp").unwrap();
        let layout = Layout::prepare(directory.path()).unwrap();
        let first = DirectoryLock::take(&layout).unwrap();
        let error = DirectoryLock::take(&layout).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("process {}", std::process::id())),
            "{error}"
        );
        drop(first);
        DirectoryLock::take(&layout).unwrap();
    }
}
