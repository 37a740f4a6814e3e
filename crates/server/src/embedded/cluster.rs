//! The database cluster on disk: made once, by `initdb`, all or nothing.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::account::Account;
use super::binaries::{Binaries, leading_number};
use super::layout::{Layout, make_private_directory};
use super::{Error, ROLE, child, server_log};

/// Begins the name of a cluster in the making.
const UNFINISHED: &str = "pg.new-";

/// Not plain `C`, which knows upper and lower case of ASCII alone. Systems differ in the names they have.
const LOCALES: [&str; 3] = ["C.UTF-8", "en_US.UTF-8", "C.utf8"];

/// The major version that wrote the cluster; `None` if there is none yet.
pub(super) fn written_by(layout: &Layout) -> Result<Option<u32>, Error> {
    let cluster = &layout.cluster;
    match std::fs::read_to_string(cluster.join("PG_VERSION")) {
        Ok(text) => match leading_number(text.trim()) {
            Some(major) => Ok(Some(major)),
            None => Err(not_a_cluster(cluster, format!("its PG_VERSION says {text:?}"))),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound && !cluster.exists() => Ok(None),
        Err(error) => Err(not_a_cluster(
            cluster,
            format!("its PG_VERSION cannot be read: {error}"),
        )),
    }
}

fn not_a_cluster(cluster: &Path, detail: String) -> Error {
    Error::NotACluster {
        cluster: cluster.to_owned(),
        detail,
    }
}

/// Makes the cluster. It is built beside its place and moved there when it is complete and on disk, so that an
/// interruption at any moment leaves nothing that the next start would take for a cluster.
pub(super) fn make(
    layout: &Layout,
    binaries: &Binaries,
    account: &Account,
    launcher: &Path,
    durable: bool,
) -> Result<(), Error> {
    sweep_unfinished(layout);
    let mut output = Vec::new();
    for locale in LOCALES {
        // A new name each time: the orphan of an interrupted initdb may still be writing to the old one.
        let unfinished = layout
            .data_dir
            .join(format!("{UNFINISHED}{}", Uuid::now_v7().simple()));
        make_private_directory(&unfinished, account)?;
        match initdb(&unfinished, locale, binaries, account, launcher, durable)? {
            Ok(()) => return put_in_place(&unfinished, layout),
            Err(said) => output = said,
        }
        sweep_unfinished(layout);
    }
    Err(Error::InitFailed {
        data_dir: layout.data_dir.clone(),
        locales: LOCALES.join(", "),
        output: server_log::one_line(&output),
    })
}

/// Runs `initdb` once; the inner error is what it said when it failed.
fn initdb(
    directory: &Path,
    locale: &str,
    binaries: &Binaries,
    account: &Account,
    launcher: &Path,
    durable: bool,
) -> Result<Result<(), Vec<u8>>, Error> {
    let mut command = child::command(launcher, account, &binaries.initdb());
    command.arg("--pgdata").arg(directory).args([
        "--username",
        ROLE,
        "--encoding",
        "UTF8",
        "--locale",
        locale,
    ]);
    // Trust is safe on a socket in a directory that only the owner can pass through.
    command.args([
        "--auth-local",
        "trust",
        "--auth-host",
        "reject",
        "--no-instructions",
    ]);
    command.arg(if durable { "--data-checksums" } else { "--no-sync" });
    let output = command.output().map_err(|source| Error::System {
        action: "start PostgreSQL's launcher",
        source,
    })?;
    if output.status.success() {
        Ok(Ok(()))
    } else {
        Ok(Err(output.stderr))
    }
}

/// `initdb` has synced the content; the rename is made durable here.
fn put_in_place(unfinished: &Path, layout: &Layout) -> Result<(), Error> {
    std::fs::rename(unfinished, &layout.cluster).map_err(Error::file("move into place", unfinished))?;
    File::open(&layout.data_dir)
        .and_then(|directory| directory.sync_all())
        .map_err(Error::file("sync", &layout.data_dir))
}

/// What cannot be removed now is tried again at the next first start.
fn sweep_unfinished(layout: &Layout) {
    let Ok(entries) = std::fs::read_dir(&layout.data_dir) else {
        return;
    };
    let unfinished: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED))
        .map(|entry| entry.path())
        .collect();
    for directory in unfinished {
        if let Err(error) = std::fs::remove_dir_all(&directory) {
            tracing::warn!(directory = %directory.display(), %error, "unfinished database cluster not removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_tells_its_version_and_anything_else_in_its_place_is_refused() {
        let directory = tempfile::tempdir_in("/tmp").unwrap();
        let layout = Layout::prepare(directory.path()).unwrap();
        assert_eq!(written_by(&layout).unwrap(), None);
        std::fs::create_dir(&layout.cluster).unwrap();
        assert!(matches!(written_by(&layout), Err(Error::NotACluster { .. })));
        std::fs::write(layout.cluster.join("PG_VERSION"), "15\n").unwrap();
        assert_eq!(written_by(&layout).unwrap(), Some(15));
    }

    #[test]
    fn only_unfinished_clusters_are_swept() {
        let directory = tempfile::tempdir_in("/tmp").unwrap();
        let layout = Layout::prepare(directory.path()).unwrap();
        std::fs::create_dir_all(layout.data_dir.join("pg.new-0/base")).unwrap();
        std::fs::create_dir(&layout.cluster).unwrap();
        sweep_unfinished(&layout);
        assert!(layout.cluster.exists() && !layout.data_dir.join("pg.new-0").exists());
    }
}
