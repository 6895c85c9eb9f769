"""Build what people install: the frozen program in dist/almanac and, on Linux, a .deb and an .rpm with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from frozen_parts import frozen_parts
from icons import icns
from linux.package import packages, tidy
from parts import largest, write_licences
from sbom import bill_of_materials, write_checksums

from almanac import __version__

ROOT = Path(__file__).resolve().parents[1]
WORK, DIST = ROOT / "build" / "pyinstaller", ROOT / "dist"
FOLDER = DIST / "almanac"
PROGRAM = FOLDER / ("almanac.exe" if sys.platform == "win32" else "almanac")
SAMPLE = ROOT / "resources" / "samples" / "corner-shop.csv"
TOOLS = {"linux": ("objdump", "strip", "patchelf", "rsvg-convert"), "darwin": ("rsvg-convert",)}
T = TypeVar("T")


def main() -> None:
    """Freeze the program, try it out and, on Linux, make the packages."""
    missing = [tool for tool in TOOLS.get(sys.platform, ()) if not shutil.which(tool)]
    if missing:
        raise SystemExit(f"Packaging needs {', '.join(missing)}: sh packaging/system-libraries.sh package")
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_change())  # the same sources give the same package
    _timed("Freezing", _freeze)
    if sys.platform == "linux":
        tidy(FOLDER)
        _drop_debugging_symbols()
    parts = frozen_parts(FOLDER, WORK)
    write_licences(parts, FOLDER / "licenses")
    files = [f for f in FOLDER.rglob("*") if f.is_file() and not f.is_symlink()]
    print(f"dist/almanac: {_megabytes(*files)}, {len(files):,} files. The largest parts:")
    table = largest(parts, sum(f.stat().st_size for f in files))
    (DIST / f"LARGEST-{sys.platform}.txt").write_text(table, encoding="utf-8")
    print(table)
    _timed("Trying it out", _try_out)
    if sys.platform == "linux":
        made = _timed("Making the packages", lambda: packages(parts, ("deb", "rpm")))
        for package in made:
            bill = package.with_name(f"{package.name}.cdx.json")
            bill.write_text(bill_of_materials("almanac", __version__, parts, FOLDER), encoding="utf-8")
            write_checksums(DIST, [package, bill])
            print(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.1f} MB")


def _freeze() -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR"]  # warnings: build/pyinstaller
    folders = ["--distpath", str(DIST), "--workpath", str(WORK)]
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    if sys.platform == "darwin":
        (WORK / "almanac").mkdir(parents=True, exist_ok=True)
        (WORK / "almanac" / "almanac.icns").write_bytes(icns())
    subprocess.run([*command, *folders, str(ROOT / "packaging" / "almanac.spec")], check=True, env=environment)


def _drop_debugging_symbols() -> None:
    """Strip Python's own libraries (20 MB where Python was built with symbols), and no others: OpenBLAS breaks."""
    inside = FOLDER / "_internal"
    stripped = [*inside.glob("libpython*.so*"), *inside.glob("python3.*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *stripped], check=True)


def _try_out() -> None:
    """Ask the frozen program for its version and for a forecast."""
    version = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    if version != f"almanac {__version__}":
        raise SystemExit(f"The frozen program calls itself “{version}”, not “almanac {__version__}”.")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "forecast.csv"
        subprocess.run([PROGRAM, "forecast", SAMPLE, "--output", output, "--quiet"], check=True)
        if output.read_text(encoding="utf-8").count("\n") < 2:
            raise SystemExit("The frozen program wrote an empty forecast.")


def _last_change() -> str:
    """Return when the sources last changed, in seconds since 1970."""
    log = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return log.stdout.strip() or str(int(time.time()))


def _timed(title: str, step: Callable[[], T]) -> T:
    started = time.monotonic()
    result = step()
    print(f"{title}: {time.monotonic() - started:.0f} s", flush=True)
    return result


def _megabytes(*files: Path) -> str:
    return f"{sum(f.stat().st_size for f in files) / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
