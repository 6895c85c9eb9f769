#!/bin/sh
# Tries Setup.exe as a fresh person with wine on Debian: make test-windows. Needs root, and `make package-windows` before it.
set -eu
cd "$(dirname "$0")/../.."
work=build/windows-test
setup=$(ls dist/Almanac-*-Setup.exe)
mkdir -p "$work/share"
root=$(realpath -m "${ALMANAC_WINE_ROOT:-$work/root}")
sh packaging/windows/make-root.sh "$root" "$PWD/$work/share"
cp "$setup" "$work/share/Setup.exe"
cp resources/samples/household.csv "$work/share/other.csv"
cp resources/samples/corner-shop.csv packaging/windows/try-installed.sh "$work/share/"
ALMANAC_STATE=$(mktemp -d) "${ALMANAC:-.venv/bin/almanac}" forecast resources/samples/corner-shop.csv \
    --output "$work/share/linux.csv" --device cpu --quiet
exec sh packaging/in-root.sh "$root" "$PWD/$work/share" bash /share/try-installed.sh
