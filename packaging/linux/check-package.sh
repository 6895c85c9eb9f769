#!/bin/sh
# check-package.sh: what make package has made, checked with Debian's and the desktops' own tools. Exit code 0: no errors.
set -eu
cd "$(dirname "$0")/../.."
package=$(ls dist/almanac_*.deb)
lintian --tag-display-limit 0 --fail-on error,warning --allow-root "$package"
appstreamcli validate --no-net build/linux/share/metainfo/*.metainfo.xml
desktop-file-validate build/linux/share/applications/*.desktop
(cd dist && grep -F "$(basename "$package")" SHA256SUMS | sha256sum --check --quiet)
# Libraries are looked for in the package itself, never where it was built, and are not programs.
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
dpkg-deb -x "$package" "$unpacked"
find "$unpacked" -name '*.so*' -type f | while read -r library; do
    case $(patchelf --print-rpath "$library") in "" | \$ORIGIN*) ;; *) echo "$library has a search path" && exit 1 ;; esac
    [ ! -x "$library" ] || { echo "$library is executable" && exit 1; }
done
