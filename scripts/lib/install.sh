# shellcheck shell=bash
# Messages, and installing packages with whatever package manager this system has. Sourced, never run.
# Kept to what bash 3.2 knows, which is what macOS has.

say() {
    printf '==> %s\n' "$*" >&2
}

die() {
    printf '\nerror: %s\n' "$*" >&2
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        die "this needs root, and there is no sudo. Run as root, then try again:
    $*"
    fi
}

package_manager() {
    local manager
    for manager in apt-get dnf apk pacman brew; do
        if have "$manager"; then
            printf '%s\n' "$manager"
            return
        fi
    done
    printf 'none\n'
}

# install_packages WHAT MANAGER=PACKAGES...: WHAT is for the messages, PACKAGES are separated by spaces.
install_packages() {
    local what=$1 manager choice names=
    local -a packages
    shift
    manager=$(package_manager)
    for choice in "$@"; do
        if [[ ${choice%%=*} == "$manager" ]]; then
            names=${choice#*=}
        fi
    done
    if [[ -z $names ]]; then
        die "$what is missing, and how to install it on this system is not known here. Install it and try again."
    fi
    read -r -a packages <<<"$names"
    say "$what is missing: installing $names with $manager"
    case $manager in
        apt-get) apt_install "${packages[@]}" ;;
        dnf) as_root dnf install -y "${packages[@]}" ;;
        apk) as_root apk add --no-cache "${packages[@]}" ;;
        # Not `-Sy`: on Arch, new lists with old packages are a half upgrade, which breaks systems.
        pacman) as_root pacman -S --needed --noconfirm "${packages[@]}" ;;
        # Homebrew refuses root by itself.
        brew) brew install "${packages[@]}" ;;
    esac || die "$manager could not install $names (its own message is above). Install $what and try again."
}

apt_lists_are_fresh=

apt_install() {
    if [[ -z $apt_lists_are_fresh ]]; then
        # An unreachable third-party source must not end it here: the next command tells what is really missing.
        as_root apt-get -qq -o DPkg::Lock::Timeout=120 update || say "apt-get update failed; going on with the old lists"
        apt_lists_are_fresh=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@"
}
