//! The user that PostgreSQL runs as: it refuses root, so as root it is somebody else.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, Uid, User};

use super::Error;

/// The users to change to as root, best first.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// A user by number, and whether the child has to become that user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
    pub(super) name: String,
    pub(super) must_change: bool,
}

impl Account {
    /// Decides whom the server of `cluster` runs as. A cluster that exists is served by its owner, so that an
    /// appearing or vanishing user `postgres` changes nothing.
    pub(super) fn for_cluster(cluster: &Path) -> Result<Self, Error> {
        let owner = match std::fs::metadata(cluster) {
            Ok(metadata) => Some((metadata.uid(), metadata.gid())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::file("look at", cluster)(error)),
        };
        let me = Uid::effective();
        let wrong_owner = |owner, advice| Error::WrongOwner {
            path: cluster.to_owned(),
            owner,
            advice,
        };
        match owner {
            Some((0, _)) => Err(wrong_owner(
                0,
                "PostgreSQL refuses to run as root, so give it to the user postgres or nobody (chown -R)",
            )),
            Some((uid, gid)) if me.is_root() => Ok(Self::new(uid, gid, true)),
            Some((uid, _)) if uid != me.as_raw() => {
                Err(wrong_owner(uid, "start this program as that user or as root"))
            }
            Some(_) => Ok(Self::new(me.as_raw(), Gid::effective().as_raw(), false)),
            None if me.is_root() => UNPRIVILEGED
                .into_iter()
                .find_map(|name| User::from_name(name).ok().flatten())
                .filter(|user| !user.uid.is_root())
                .map(|user| Self::new(user.uid.as_raw(), user.gid.as_raw(), true))
                .ok_or(Error::NoUnprivilegedUser),
            None => Ok(Self::new(me.as_raw(), Gid::effective().as_raw(), false)),
        }
    }

    fn new(uid: u32, gid: u32, must_change: bool) -> Self {
        let name = User::from_uid(Uid::from_raw(uid))
            .ok()
            .flatten()
            .map(|user| user.name);
        Self {
            uid,
            gid,
            name: name.unwrap_or_else(|| uid.to_string()),
            must_change,
        }
    }

    /// Makes sure that this user can reach `target`, where that may differ from what we can reach ourselves.
    /// `setting` is the one that would lead elsewhere.
    pub(super) fn check_way_to(&self, target: &Path, setting: &'static str) -> Result<(), Error> {
        if !self.must_change {
            return Ok(());
        }
        match self.barrier_on_the_way_to(target)? {
            None => Ok(()),
            Some(barrier) => Err(Error::Impassable {
                user: self.name.clone(),
                barrier,
                target: target.to_owned(),
                setting,
            }),
        }
    }

    /// The first directory above `target` that this user may not pass through.
    fn barrier_on_the_way_to(&self, target: &Path) -> Result<Option<PathBuf>, Error> {
        let target = std::fs::canonicalize(target).map_err(Error::file("find", target))?;
        let mut above: Vec<&Path> = target.ancestors().collect();
        above.reverse();
        for directory in above {
            let metadata = std::fs::metadata(directory).map_err(Error::file("look at", directory))?;
            if !may_pass(
                metadata.mode(),
                metadata.uid() == self.uid,
                metadata.gid() == self.gid,
            ) {
                return Ok(Some(directory.to_owned()));
            }
        }
        Ok(None)
    }
}

/// The kernel's rule: the first of owner, group, others that applies decides alone.
fn may_pass(mode: u32, is_owner: bool, in_group: bool) -> bool {
    let bit = if is_owner {
        0o100
    } else if in_group {
        0o010
    } else {
        0o001
    };
    mode & bit != 0
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_first_class_that_applies_decides_alone() {
        assert!(may_pass(0o711, false, false));
        assert!(!may_pass(0o700, false, false));
        assert!(!may_pass(0o677, true, true), "others may, but the owner may not");
        assert!(!may_pass(0o705, false, true), "others may, but the group may not");
    }

    #[test]
    fn the_barrier_is_named() {
        let top = tempfile::tempdir().unwrap();
        std::fs::set_permissions(top.path(), PermissionsExt::from_mode(0o711)).unwrap();
        let closed = top.path().join("closed");
        let inside = closed.join("inside");
        std::fs::create_dir_all(&inside).unwrap();
        std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o700)).unwrap();
        let somebody = Account {
            uid: 54_321,
            gid: 54_321,
            name: "somebody".to_owned(),
            must_change: true,
        };
        let error = somebody.check_way_to(&inside, "PEOPLE_DATA_DIR").unwrap_err();
        let closed = std::fs::canonicalize(&closed).unwrap();
        assert!(
            matches!(&error, Error::Impassable { barrier, .. } if *barrier == closed),
            "{error}"
        );
    }
}
