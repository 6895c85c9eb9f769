#!/bin/sh
# Takes the pictures of docs/install.md from dist/Almanac-VERSION-Setup.exe with wine: make pictures-windows. Needs root.
set -eu
cd "$(dirname "$0")/../.."
work=build/windows-test
root=$(realpath -m "${ALMANAC_WINE_ROOT:-$work/root}")
mkdir -p "$work/share" docs/pictures
sh packaging/windows/make-root.sh "$root" "$PWD/$work/share"
cp dist/Almanac-*-Setup.exe "$work/share/Setup.exe"
cp packaging/windows/pictures.sh "$work/share/"
sh packaging/in-root.sh "$root" "$PWD/$work/share" bash /share/pictures.sh
cp "$work"/share/windows-[1-4]-*.png docs/pictures/
