#!/bin/sh
# Installs what Qt and a virtual environment need on Debian and Ubuntu; does nothing where all of it is there, and only
# says so on other systems. Names differ between releases (t64), so each is tried in turn.
set -eu

command -v apt-get >/dev/null 2>&1 || { echo "No apt-get here: the Qt libraries are taken as given."; exit 0; }

missing=""
need() { # need NAME [OTHER NAME]: the first that this release knows
    for name in "$@"; do
        if dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii'; then return 0; fi
    done
    missing="$missing $*;"
}

need libgl1
need libegl1
need libxkbcommon0
need libglib2.0-0t64 libglib2.0-0
need libfontconfig1
need libfreetype6
need libdbus-1-3
need libxkbcommon-x11-0
need libxcb-cursor0
need libxcb-icccm4
need libxcb-keysyms1
need libxcb-shape0
need procps
"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv

[ -n "$missing" ] || exit 0

root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Please install as root:$missing" >&2; exit 1; }
    root=sudo
fi
echo "Installing system libraries:$missing"
$root apt-get update -qq
old_ifs=$IFS
IFS=';'
for choice in $missing; do
    IFS=' '
    for name in $choice; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$name" >/dev/null
            break
        fi
    done
    IFS=';'
done
IFS=$old_ifs
