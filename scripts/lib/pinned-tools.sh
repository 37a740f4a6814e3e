# shellcheck shell=bash
# The tools of the build that cargo installs, each in one version, so that everybody sees the same findings.
# They go to a cache of their own: ~/.cargo/bin may hold other versions that somebody wants. Sourced, never run;
# the working directory is the top of the repository.

# shellcheck source=scripts/lib/prerequisites.sh
source scripts/lib/prerequisites.sh

pinned_tools=${XDG_CACHE_HOME:-$HOME/.cache}/people-build-tools

# About 4 minutes to install on 2 cores.
need_cargo_deny() {
    need_rust
    need_pinned cargo-deny 0.20.2 cargo-deny
}

# The command line of the diesel in Cargo.lock. About 3 minutes to install on 2 cores. It
# needs libpq, which nothing else here may (deny.toml).
need_diesel() {
    need_rust
    need_c_compiler
    if ! echo 'int main(void) { return 0; }' | cc -x c - -lpq -o /dev/null 2>/dev/null; then
        install_packages 'libpq (for the diesel command)' apt-get=libpq-dev dnf=libpq-devel apk=libpq-dev \
            pacman=postgresql-libs brew=libpq
    fi
    need_pinned diesel 2.3.14 diesel_cli --no-default-features --features postgres
}

# need_pinned PROGRAM VERSION CRATE CARGO_ARGUMENTS...: puts PROGRAM in that VERSION first in PATH.
need_pinned() {
    local program=$1 version=$2 crate=$3 root=$pinned_tools/$1-$2
    shift 3
    if [[ $("$program" --version 2>/dev/null | first_version) == "$version" ]]; then
        return
    fi
    if [[ $("$root/bin/$program" --version 2>/dev/null | first_version) != "$version" ]]; then
        say "installing $crate $version (once; some minutes)"
        cargo install --quiet --locked --force --root "$root" "$@" "$crate@$version" \
            || die "cargo could not install $crate $version (see above)."
    fi
    PATH=$root/bin:$PATH
}

first_version() {
    sed -n -E 's/.*[^0-9.]([0-9]+\.[0-9]+\.[0-9]+).*/\1/p' | head -n 1
}
