#!/usr/bin/env bash
# apt.sh PURPOSE PACKAGE…  Installs Debian packages when we are root or sudo asks no password; else says what to do.
set -euo pipefail
purpose=$1; shift

if [ "$(id -u)" = 0 ]; then
    root=()
elif sudo -n true 2>/dev/null; then
    root=(sudo -n)
else
    root=(none)
fi

if [ "${root[0]:-}" = none ] || ! command -v apt-get >/dev/null; then
    echo "Needed for $purpose: $*" >&2
    echo "Please have them installed and start again:  sudo apt-get install $*" >&2
    exit 1
fi
echo "Installing for $purpose: $*"
install() { "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
"${root[@]}" apt-get update -qq && install "$@"
