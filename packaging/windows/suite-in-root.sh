#!/bin/bash
# Inside the root with wine: a new person, and the tests. Run by suite.sh.
set -u
export WINEPREFIX=/root/.wine-suite WINEDEBUG=-all XDG_RUNTIME_DIR=/tmp/xdg WINEDLLOVERRIDES="mscoree,mshtml="
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
rm -rf "$WINEPREFIX"
timeout 300 wineboot -i >/dev/null 2>&1
wineserver -w
cp /share/dlls/*.dll "$WINEPREFIX/drive_c/windows/system32/"
C="$WINEPREFIX/drive_c"
cp -r /share/tree "$C/tree" # on the disk that Windows programs expect, not on one that wine shows
export WINEDLLOVERRIDES="mscoree,mshtml=;ucrtbase=n,b" PYTHONUTF8=1
cd "$C/tree/source" || exit 1
timeout "${LIMIT_S:-5400}" wine 'C:\tree\runtime\python.exe' -X utf8 packaging/windows/suite.py 'Z:\share\report.json' -q --timeout=600 -pno:cacheprovider "$@"
code=$?
wineserver -k
exit $code
