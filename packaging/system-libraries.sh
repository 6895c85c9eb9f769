#!/bin/sh
# Installs what Qt and a virtual environment need on Debian and Ubuntu, and with the word "tests" also the programs that
# some tests use, with "package" those that make and check the package. Does nothing where all of it is installed, and on other systems only says so.
set -eu

command -v apt-get >/dev/null 2>&1 || { echo "No apt-get here: the Qt libraries are taken as given."; exit 0; }

missing=""
need() { # need NAME [OTHER NAME]: one package, whose name may differ between releases
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
"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
if [ "${1:-}" = tests ]; then
    need xvfb # a display of their own
    need xdotool # and a pointer on it
    need libreoffice-calc # opens what we export
    need poppler-utils # reads our PDF
    need librsvg2-bin # draws the icons
    need libvulkan1 # finds a graphics card, here one in software: Debian's Chromium has one, elsewhere Mesa does
    if [ "$(. /etc/os-release && echo "$ID")" = debian ]; then need chromium-common; else need mesa-vulkan-drivers; fi
fi
if [ "${1:-}" = package ]; then
    need binutils # strip, objdump
    need patchelf
    need librsvg2-bin # draws the icons
    need desktop-file-utils # these three check the package
    need appstream
    need lintian
fi

[ -n "$missing" ] || exit 0

root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Please install as root:$missing" >&2; exit 1; }
    root=sudo
fi
echo "Installing system libraries:$missing"
$root apt-get update -qq
chosen=""
old_ifs=$IFS
IFS=';'
for names in $missing; do
    IFS=' '
    for name in $names; do # the first that this release knows
        if apt-cache show "$name" >/dev/null 2>&1; then
            chosen="$chosen $name"
            break
        fi
    done
    IFS=';'
done
IFS=$old_ifs
# shellcheck disable=SC2086 # several names
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $chosen >/dev/null
