//! The server's standard error, kept in a file of bounded size, its end in memory for error texts.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;

/// The file and its one predecessor (`.1`) are each at most about this long.
const FILE_LIMIT: u64 = 8 * 1024 * 1024;

/// Enough for the dozen lines in which a failed start explains itself.
const TAIL_LIMIT: usize = 2 * 1024;

/// Reads until the last holder of the pipe has gone.
#[derive(Debug)]
pub(super) struct ServerLog {
    tail: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl ServerLog {
    /// Starts the thread that keeps `output` in the file `path`.
    pub(super) fn keep(mut output: impl Read + Send + 'static, path: PathBuf) -> std::io::Result<Self> {
        let tail = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&tail);
        let reader = std::thread::Builder::new()
            .name("postgres-log".to_owned())
            .spawn(move || {
                let mut file = BoundedFile::open(path);
                let mut buffer = [0; 4096];
                loop {
                    match output.read(&mut buffer) {
                        Ok(0) => return,
                        Ok(length) => {
                            let text = &buffer[..length];
                            append_bounded(&mut shared.lock().unwrap_or_else(PoisonError::into_inner), text);
                            file.write(text);
                        }
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(_) => return,
                    }
                }
            })?;
        Ok(Self { tail, reader })
    }

    /// The last lines, joined by ` | `. Of a server that has ended: waits a moment for its last words.
    pub(super) fn tail(&self) -> String {
        let patience = Instant::now() + Duration::from_millis(500);
        while !self.reader.is_finished() && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(5));
        }
        one_line(&self.tail.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Folds the end of some output into one line fit for an error text.
pub(super) fn one_line(output: &[u8]) -> String {
    let end = &output[output.len().saturating_sub(TAIL_LIMIT)..];
    let text = String::from_utf8_lossy(end);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.is_empty() {
        "(it said nothing)".to_owned()
    } else {
        lines.join(" | ")
    }
}

fn append_bounded(tail: &mut Vec<u8>, text: &[u8]) {
    tail.extend_from_slice(text);
    let surplus = tail.len().saturating_sub(TAIL_LIMIT);
    tail.drain(..surplus);
}

/// A log that cannot be written is given up silently: the database must not stop because of its log.
struct BoundedFile {
    path: PathBuf,
    file: Option<File>,
    length: u64,
}

impl BoundedFile {
    fn open(path: PathBuf) -> Self {
        let mut options = OpenOptions::new();
        // As root, never write through a link that somebody else put here.
        options
            .append(true)
            .create(true)
            .mode(0o600)
            .custom_flags(OFlag::O_NOFOLLOW.bits());
        let file = options.open(&path).ok();
        let length = file
            .as_ref()
            .and_then(|file| file.metadata().ok())
            .map_or(0, |metadata| metadata.len());
        Self { path, file, length }
    }

    fn write(&mut self, text: &[u8]) {
        let added = text.len() as u64;
        if self.length + added > FILE_LIMIT {
            let mut predecessor = self.path.clone().into_os_string();
            predecessor.push(".1");
            self.file = None;
            // Where it cannot be moved it goes: a bound that holds matters more than old lines.
            if std::fs::rename(&self.path, predecessor).is_err() {
                let _ = std::fs::remove_file(&self.path);
            }
            *self = Self::open(std::mem::take(&mut self.path));
        }
        if let Some(file) = &mut self.file {
            let _ = file.write_all(text);
        }
        self.length += added;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_kept_and_the_rest_forgotten() {
        let directory = tempfile::tempdir().unwrap();
        let text = "x".repeat(3 * TAIL_LIMIT) + "\nlast words\n";
        let log = ServerLog::keep(std::io::Cursor::new(text.clone()), directory.path().join("log")).unwrap();
        let tail = log.tail();
        assert!(
            tail.ends_with("x | last words") && tail.len() < TAIL_LIMIT + 10,
            "{tail}"
        );
        assert_eq!(
            std::fs::read_to_string(directory.path().join("log")).unwrap(),
            text
        );
    }

    #[test]
    fn a_full_file_makes_room_and_keeps_one_predecessor() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("log");
        File::create(&path).unwrap().set_len(FILE_LIMIT - 1).unwrap();
        let mut file = BoundedFile::open(path.clone());
        file.write(b"ab");
        assert_eq!(std::fs::read(&path).unwrap(), b"ab");
        assert_eq!(
            std::fs::metadata(directory.path().join("log.1")).unwrap().len(),
            FILE_LIMIT - 1
        );
    }
}
