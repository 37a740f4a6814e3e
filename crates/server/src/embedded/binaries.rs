//! Finding PostgreSQL's own programs on this machine.

use std::collections::HashSet;
use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use persistence::premises::OLDEST_POSTGRES;

use super::Error;
use super::install_hint;

/// Where distributions put the programs: `parent/<prefix><version>/<below>`.
const USUAL: &[(&str, &str, &str)] = &[
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/lib", "postgresql", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// A directory that holds `initdb` and `postgres`, and their major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) bin_dir: PathBuf,
    pub(super) major: u32,
}

impl Binaries {
    /// The programs to use: those of `configured` if given, else the first found that can read the cluster
    /// written by major version `wrote`, else the first found.
    pub(super) fn find(configured: Option<&Path>, wrote: Option<u32>) -> Result<Self, Error> {
        let found = match configured {
            Some(bin_dir) => vec![Self::in_configured(bin_dir)?],
            None => installed(),
        };
        choose(found, wrote)
    }

    pub(super) fn initdb(&self) -> PathBuf {
        self.bin_dir.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.bin_dir.join("postgres")
    }

    fn in_configured(bin_dir: &Path) -> Result<Self, Error> {
        let bin_dir = std::path::absolute(bin_dir).map_err(Error::file("find", bin_dir))?;
        match missing_program(&bin_dir) {
            Some(missing) => Err(Error::BinDirIncomplete {
                bin_dir,
                missing,
                install: install_hint::for_this_system(),
            }),
            None => Self::at(bin_dir),
        }
    }

    fn at(bin_dir: PathBuf) -> Result<Self, Error> {
        let program = bin_dir.join("postgres");
        let detail = match Command::new(&program).arg("--version").output() {
            Ok(output) => {
                let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
                match major_version(&text) {
                    Some(major) => return Ok(Self { bin_dir, major }),
                    None => format!("it printed {text:?}, {}", output.status),
                }
            }
            Err(error) => error.to_string(),
        };
        Err(Error::VersionUnknown { program, detail })
    }
}

/// Every installation in the order of preference; those that do not run are passed over.
fn installed() -> Vec<Binaries> {
    let mut seen = HashSet::new();
    let on_path = std::env::var_os("PATH")
        .map(|path| directories_on_path(&path))
        .unwrap_or_default();
    on_path
        .into_iter()
        .chain(from_pg_config())
        .chain(
            USUAL
                .iter()
                .flat_map(|(parent, prefix, below)| versions_below(parent, prefix, below)),
        )
        .filter(|bin_dir| seen.insert(bin_dir.clone()) && missing_program(bin_dir).is_none())
        .filter_map(|bin_dir| Binaries::at(bin_dir).ok())
        .collect()
}

fn choose(found: Vec<Binaries>, wrote: Option<u32>) -> Result<Binaries, Error> {
    let fits = |candidate: &&Binaries| wrote.is_none_or(|wrote| candidate.major == wrote);
    if let Some(candidate) = found.iter().find(|c| c.major >= OLDEST_POSTGRES && fits(c)) {
        return Ok(candidate.clone());
    }
    // Which is the more helpful complaint depends on what there is: name the newest.
    match found.into_iter().max_by_key(|candidate| candidate.major) {
        None => Err(Error::BinariesNotFound {
            install: install_hint::for_this_system(),
        }),
        Some(Binaries { bin_dir, major }) if major < OLDEST_POSTGRES => Err(Error::TooOld {
            bin_dir,
            found: major,
            oldest: OLDEST_POSTGRES,
            install: install_hint::for_this_system(),
        }),
        // The caller knows the cluster and turns this into the error that names both versions.
        Some(binaries) => Ok(binaries),
    }
}

/// The directories that `postgres` on `PATH` really lives in: distributions like to link single programs.
fn directories_on_path(path: &OsString) -> Vec<PathBuf> {
    std::env::split_paths(path)
        .filter(|directory| directory.is_absolute())
        .filter_map(|directory| std::fs::canonicalize(directory.join("postgres")).ok())
        .filter_map(|program| program.parent().map(Path::to_owned))
        .collect()
}

fn from_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let bin_dir = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    (output.status.success() && bin_dir.is_absolute()).then_some(bin_dir)
}

/// The directories `parent/<prefix><version>/<below>`, newest version first.
fn versions_below(parent: &str, prefix: &str, below: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut versions: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let version = leading_number(name.to_str()?.strip_prefix(prefix)?)?;
            Some((version, entry.path().join(below)))
        })
        .collect();
    versions.sort_by(|a, b| b.cmp(a));
    versions.into_iter().map(|(_, bin_dir)| bin_dir).collect()
}

fn missing_program(bin_dir: &Path) -> Option<&'static str> {
    ["initdb", "postgres"].into_iter().find(|name| {
        !std::fs::metadata(bin_dir.join(name))
            .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
    })
}

/// The major version in the answer to `postgres --version`, betas and development versions included.
fn major_version(answer: &str) -> Option<u32> {
    leading_number(answer.split_once("(PostgreSQL) ")?.1)
}

/// The number that `text` begins with.
pub(super) fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries(majors: &[u32]) -> Vec<Binaries> {
        majors
            .iter()
            .map(|&major| Binaries {
                bin_dir: format!("/pg/{major}").into(),
                major,
            })
            .collect()
    }

    #[test]
    fn the_major_version_is_read_from_every_form_of_the_answer() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 9.6.24"), Some(9));
        assert_eq!(major_version("something else"), None);
    }

    #[test]
    fn without_a_cluster_the_first_that_is_new_enough_is_taken() {
        assert_eq!(choose(binaries(&[13, 17, 15]), None).unwrap().major, 17);
    }

    #[test]
    fn a_cluster_is_opened_with_the_version_that_wrote_it() {
        assert_eq!(choose(binaries(&[17, 15]), Some(15)).unwrap().major, 15);
        assert_eq!(choose(binaries(&[15, 17]), Some(16)).unwrap().major, 17);
    }

    #[test]
    fn too_old_and_none_are_different_errors() {
        assert!(matches!(
            choose(binaries(&[13, 12]), None),
            Err(Error::TooOld { found: 13, .. })
        ));
        assert!(matches!(
            choose(Vec::new(), None),
            Err(Error::BinariesNotFound { .. })
        ));
    }

    #[test]
    fn a_configured_directory_without_the_programs_names_what_is_missing() {
        let empty = tempfile::tempdir().unwrap();
        let error = Binaries::find(Some(empty.path()), None).unwrap_err();
        assert!(error.to_string().contains("no program initdb"), "{error}");
    }

    #[test]
    fn installed_versions_are_tried_newest_first() {
        let parent = tempfile::tempdir().unwrap();
        for name in ["pg9", "pg16", "pg15", "other"] {
            std::fs::create_dir(parent.path().join(name)).unwrap();
        }
        let found = versions_below(parent.path().to_str().unwrap(), "pg", "bin");
        let expected = ["pg16/bin", "pg15/bin", "pg9/bin"].map(|name| parent.path().join(name));
        assert_eq!(found, expected);
    }
}
