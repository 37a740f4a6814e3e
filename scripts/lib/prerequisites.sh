# shellcheck shell=bash
# What building, running and testing need: each `need_*` finds it, installs it, or ends with what to do.
# Nothing is asked of the network while everything is there. Sourced, never run; the working directory is the
# top of the repository.

# shellcheck source=scripts/lib/install.sh
source scripts/lib/install.sh

need_rust() {
    local wanted found
    # A shell that was open while rustup was installed does not have this in its PATH.
    PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    if ! have cargo; then
        die "the Rust toolchain is missing. Install it with rustup, then try again:
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c rustfmt,clippy
A distribution's own package will do if it is Rust $wanted or newer."
    fi
    if ! found=$(cargo --version | awk '{print $2}') || [[ -z $found ]]; then
        die "cargo is there but does not run. With rustup, this often helps: rustup default stable"
    fi
    if ! version_is_at_least "$found" "$wanted"; then
        die "Rust $wanted or newer is needed, and $(command -v cargo) is $found. With rustup: rustup update stable"
    fi
}

# Compares the first two numbers of versions such as 1.90.0.
version_is_at_least() {
    local major minor wanted_major wanted_minor rest
    IFS=. read -r major minor rest <<<"$1"
    IFS=. read -r wanted_major wanted_minor rest <<<"$2"
    : "$rest"
    ((major > wanted_major || (major == wanted_major && minor >= wanted_minor)))
}

# Rust links with `cc`.
need_c_compiler() {
    # On macOS `cc` exists even where it only offers to install itself.
    if [[ $(uname) == Darwin ]]; then
        xcode-select -p >/dev/null 2>&1 || die "the C compiler is missing. Install it, then try again: xcode-select --install"
    elif ! have cc; then
        install_packages 'a C compiler' apt-get='gcc libc6-dev' dnf=gcc apk=build-base pacman=gcc
        have cc || die "there is still no cc in PATH. Install a C compiler and try again."
    fi
}

# Sets LLVM_PROFDATA, which reads what a program has counted.
need_llvm_profdata() {
    LLVM_PROFDATA=$(find_llvm_profdata) && export LLVM_PROFDATA && return
    if have rustup; then
        say "llvm-profdata is missing: installing llvm-tools with rustup"
        rustup component add llvm-tools >&2 || die "rustup could not install llvm-tools (its own message is above)."
        LLVM_PROFDATA=$(find_llvm_profdata) && export LLVM_PROFDATA && return
    fi
    die "llvm-profdata is missing. Install that of LLVM $(llvm_of_rustc), which this rustc is made with, and put it in PATH.
Or go without: cargo build --release --package server"
}

# Others in PATH are often older, and cannot read it.
find_llvm_profdata() {
    local program
    for program in "$(rustc --print sysroot)"/lib/rustlib/*/bin/llvm-profdata "$(command -v llvm-profdata)"; do
        if [[ -x $program && $("$program" --version 2>/dev/null) == *"LLVM version $(llvm_of_rustc)."* ]]; then
            printf '%s\n' "$program"
            return
        fi
    done
    return 1
}

llvm_of_rustc() {
    rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p'
}

oldest_postgres=14

need_postgres() {
    if [[ -n ${PEOPLE_PG_BIN_DIR-} ]]; then
        usable_postgres "$PEOPLE_PG_BIN_DIR" \
            || die "PEOPLE_PG_BIN_DIR=$PEOPLE_PG_BIN_DIR has no initdb and postgres of version $oldest_postgres or newer."
        return
    fi
    if find_postgres; then
        return
    fi
    case $(package_manager) in
        apt-get) install_postgres_with_apt ;;
        dnf)
            # Red Hat 8 and 9 give an old version unless a newer stream is chosen; others have no streams.
            as_root dnf module enable -y postgresql:16 >/dev/null 2>&1 || true
            install_packages PostgreSQL dnf='postgresql-server postgresql-contrib'
            ;;
        *) install_packages PostgreSQL apk='postgresql postgresql-contrib' pacman=postgresql brew=postgresql@17 ;;
    esac
    find_postgres || die "PostgreSQL $oldest_postgres or newer is needed, and this system's packages did not bring it.
Install it as https://www.postgresql.org/download/ says, then try again. To run the service on a server elsewhere:
    DATABASE_URL=postgres://user:password@host/database scripts/run"
}

# The places where the program itself looks (crates/server/src/embedded/binaries.rs).
find_postgres() {
    local bin_dir
    for bin_dir in "$(on_path)" "$(pg_config --bindir 2>/dev/null)" \
        /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/lib/postgresql*/bin /usr/libexec/postgresql* \
        /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin /Applications/Postgres.app/Contents/Versions/*/bin; do
        if usable_postgres "$bin_dir"; then
            return
        fi
    done
    return 1
}

on_path() {
    local program
    program=$(command -v postgres) || return 0
    dirname "$(readlink -f "$program" || printf '%s' "$program")"
}

usable_postgres() {
    local major
    [[ -x $1/initdb && -x $1/postgres ]] || return 1
    # "postgres (PostgreSQL) 17.2 (...)"
    major=$("$1/postgres" --version 2>/dev/null | sed -E 's/^[^)]*\) ([0-9]+).*/\1/') || return 1
    [[ $major =~ ^[0-9]+$ ]] && ((major >= oldest_postgres))
}

# Only the programs are wanted. Debian would also make a cluster and start it, unless told not to; it is told only
# for the moment of this installation, and whoever wants such a cluster later gets it as usual.
install_postgres_with_apt() {
    local config=/etc/postgresql-common/createcluster.conf installed=yes
    install_packages 'PostgreSQL (its common part)' apt-get=postgresql-common
    # One that is there was left by an installation that was interrupted, and is the true one.
    [[ -e $config.people-saved ]] || as_root cp -p "$config" "$config.people-saved"
    as_root sed -i -E 's/^#?create_main_cluster.*/create_main_cluster = false/' "$config"
    (install_packages PostgreSQL apt-get=postgresql) || installed=
    as_root mv "$config.people-saved" "$config"
    [[ -n $installed ]] || exit 1
}

# Sets BUF_BIN. The native program in the npm package, not its wrapper: it then runs without node.
need_buf() {
    local wanted
    if [[ -n ${BUF_BIN-} ]]; then
        have "$BUF_BIN" || die "BUF_BIN=$BUF_BIN is not a program."
        return
    fi
    wanted=$(sed -n 's/.*"@bufbuild\/buf": "\(.*\)".*/\1/p' package.json)
    if ! find_buf "$wanted"; then
        if ! have npm; then
            install_packages 'npm (it brings buf)' apt-get='nodejs npm' dnf='nodejs npm' apk='nodejs npm' \
                pacman='nodejs npm' brew=node
        fi
        say "fetching buf $wanted with npm"
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 || die "npm could not fetch buf $wanted (see above).
Or get buf in another way, and say where it is: BUF_BIN=/path/to/buf"
        find_buf "$wanted" || die "@bufbuild/buf has no program for this system. Get buf in another way, and say where: BUF_BIN=/path/to/buf"
    fi
    export BUF_BIN
}

find_buf() {
    local program
    for program in "$PWD"/node_modules/@bufbuild/buf-*/bin/buf; do
        if [[ -x $program && $("$program" --version 2>/dev/null) == "$1" ]]; then
            BUF_BIN=$program
            return
        fi
    done
    return 1
}

# Where cargo puts what it builds, whoever configured it.
target_directory() {
    cargo metadata --no-deps --format-version 1 | sed -E 's/.*"target_directory":"([^"]*)".*/\1/'
}
