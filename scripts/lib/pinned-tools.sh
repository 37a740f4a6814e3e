# shellcheck shell=bash
# The tools of the build that cargo and pip install, each in one version, so that everybody sees the same findings.
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

# Less than a minute to install on 2 cores.
need_cargo_fuzz() {
    need_rust
    if ! have c++; then
        install_packages 'a C++ compiler (for libFuzzer)' apt-get=g++ dnf=gcc-c++ apk=g++ pacman=gcc
    fi
    need_pinned cargo-fuzz 0.13.2 cargo-fuzz
}

# All that it depends on is pinned as well. A new version: `pip install schemathesis` in a fresh environment, then
# `pip freeze`.
need_schemathesis() {
    local pins=tests/schemathesis/requirements.txt environment
    environment=$pinned_tools/schemathesis-$(sed -n 's/^schemathesis==//p' "$pins")
    if ! cmp -s "$pins" "$environment/installed.txt"; then
        # Debian has venv in a package of its own, without which an environment would lack pip.
        if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
            install_packages 'Python with venv' apt-get='python3 python3-venv' dnf=python3 apk=python3 \
                pacman=python brew=python3
        fi
        say "installing schemathesis (once; less than a minute)"
        python3 -m venv --clear "$environment"
        "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$pins" \
            || die "pip could not install schemathesis (see above)."
        cp "$pins" "$environment/installed.txt"
    fi
    PATH=$environment/bin:$PATH
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
