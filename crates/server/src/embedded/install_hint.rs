//! How PostgreSQL is installed on this system, for the errors that miss it.

use nix::unistd::Uid;

/// A half sentence such as ``install it with `sudo apt-get install postgresql` ``.
pub(super) fn for_this_system() -> String {
    let os_release = if cfg!(target_os = "macos") {
        None
    } else {
        ["/etc/os-release", "/usr/lib/os-release"]
            .iter()
            .find_map(|path| std::fs::read_to_string(path).ok())
    };
    let command = if cfg!(target_os = "macos") {
        Some("brew install postgresql@17")
    } else {
        os_release.as_deref().and_then(command_for)
    };
    match command {
        Some(command) if command.starts_with("brew") || Uid::effective().is_root() => {
            format!("install it with `{command}`")
        }
        Some(command) => format!("install it with `sudo {command}`"),
        None => "install PostgreSQL's server with this system's package manager".to_owned(),
    }
}

/// The command for the distribution that an `os-release` file names, its relatives included.
fn command_for(os_release: &str) -> Option<&'static str> {
    let value_of = |key: &str| {
        os_release.lines().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            (name.trim() == key).then(|| value.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
        })
    };
    let own = value_of("ID").unwrap_or_default();
    let relatives = value_of("ID_LIKE").unwrap_or_default();
    std::iter::once(own.as_str())
        .chain(relatives.split_whitespace())
        .find_map(|id| match id {
            "debian" | "ubuntu" => Some("apt-get install postgresql"),
            "fedora" | "rhel" | "centos" | "amzn" => Some("dnf install postgresql-server postgresql-contrib"),
            "alpine" => Some("apk add postgresql postgresql-contrib"),
            "arch" => Some("pacman -S postgresql"),
            "suse" | "opensuse" => Some("zypper install postgresql-server postgresql-contrib"),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_known_by_its_id_or_by_a_relative() {
        assert_eq!(command_for("ID=debian\n"), Some("apt-get install postgresql"));
        assert_eq!(
            command_for("ID=alpine\nVERSION_ID=3.20\n"),
            Some("apk add postgresql postgresql-contrib")
        );
        assert_eq!(
            command_for("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            Some("dnf install postgresql-server postgresql-contrib")
        );
        assert_eq!(
            command_for("ID=linuxmint\nID_LIKE=ubuntu\n"),
            Some("apt-get install postgresql")
        );
        assert_eq!(command_for("ID=plan9\n"), None);
    }
}
