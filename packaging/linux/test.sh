#!/bin/sh
# Tries the .deb in bare Debian systems as a person would: make test-debian. Needs root, and `make package` before it.
# SUITES="bullseye bookworm trixie" names the systems; ALMANAC_ROOTS the folder with them (made if they are not there, and kept).
set -eu
cd "$(dirname "$0")/../.."
package=$(ls dist/almanac_*.deb)
roots=$(realpath -m "${ALMANAC_ROOTS:-build/debian-test}")
share=$(realpath -m build/debian-test/share)
mkdir -p "$roots" "$share"
cp "$package" "$share/almanac.deb"
cp resources/samples/corner-shop.csv resources/samples/household.csv packaging/linux/try-installed.sh packaging/linux/use.sh "$share/"
# The same package with a higher version, for the upgrade.
newer=$(mktemp -d)
dpkg-deb -R "$package" "$newer/tree"
sed -i 's/^Version: .*/Version: 999.0/' "$newer/tree/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$newer/tree" "$share/newer.deb" >/dev/null
rm -r "$newer"
for suite in ${SUITES:-bullseye bookworm trixie}; do
    root=$roots/$suite
    [ -e "$root.tar" ] || mmdebstrap --mode=root --variant=apt --include=ca-certificates "$suite" "$root.tar"
    rm -rf "$root" # each time from nothing
    mkdir "$root"
    tar -xf "$root.tar" -C "$root"
    echo "== $suite"
    sh packaging/in-root.sh "$root" "$share" bash /share/try-installed.sh "$suite"
done
