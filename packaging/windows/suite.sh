#!/bin/sh
# Runs the project's tests with the Python for Windows under wine: make test-windows-suite. As root, on Debian.
# ALMANAC_WINE_ROOT names a root that is there already; what follows goes to pytest.
set -eu
cd "$(dirname "$0")/../.."
work=build/windows-suite
share=$(realpath -m "$work/share")
root=$(realpath -m "${ALMANAC_WINE_ROOT:-build/windows-test/root}")
python=${WINDOWS_PYTHON:-.venv-windows/bin/python}
mkdir -p "$share"
sh packaging/windows/make-root.sh "$root" "$share"
"$python" packaging/windows/suite_tree.py "$share"
exec sh packaging/in-root.sh "$root" "$share" bash /share/suite.sh "$@"
