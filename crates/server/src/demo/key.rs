//! The demo key in the data directory, for its owner's eyes only.

use std::fs::{OpenOptions, Permissions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use domain::ApiKeySecret;

use crate::commands::Failure;

const NAME: &str = "demo-api-key";

/// The key and the file that it is kept in.
#[derive(Debug)]
pub(crate) struct DemoKey {
    file: PathBuf,
    secret: ApiKeySecret,
}

impl DemoKey {
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) fn secret(&self) -> &str {
        self.secret.expose()
    }

    /// The key that an earlier start has kept.
    pub(super) fn read(data_dir: &Path) -> Result<Option<ApiKeySecret>, Failure> {
        let file = data_dir.join(NAME);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("cannot read {}: {error}", file.display()).into()),
        };
        match ApiKeySecret::parse(text.trim()) {
            Some(secret) => Ok(Some(secret)),
            None => Err(format!("{} holds no API key: remove it to get a new one", file.display()).into()),
        }
    }

    /// Keeps a key, with mode 0600.
    pub(super) fn write(data_dir: &Path, secret: ApiKeySecret) -> Result<Self, Failure> {
        let file = data_dir.join(NAME);
        let written = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&file)
            .and_then(|mut open| {
                // One that was there may have had another mode.
                open.set_permissions(Permissions::from_mode(0o600))?;
                writeln!(open, "{}", secret.expose())
            });
        match written {
            Ok(()) => Ok(Self { file, secret }),
            Err(error) => Err(format!("cannot write {}: {error}", file.display()).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_for_its_owner_alone() {
        let directory = tempfile::tempdir().unwrap();
        assert!(DemoKey::read(directory.path()).unwrap().is_none());
        std::fs::write(directory.path().join(NAME), "short").unwrap();
        assert!(DemoKey::read(directory.path()).is_err());
        let secret = ApiKeySecret::new([7; 32]);
        let key = DemoKey::write(directory.path(), secret.clone()).unwrap();
        assert_eq!(
            std::fs::metadata(key.file()).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(DemoKey::read(directory.path()).unwrap(), Some(secret));
    }
}
