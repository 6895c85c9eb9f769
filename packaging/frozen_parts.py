"""The parts of the frozen folder: which distribution or system package each file came from, as PyInstaller noted it."""

from __future__ import annotations

import ast
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from parts import Part, of_distribution

from almanac import __version__

ROOT = Path(__file__).resolve().parents[1]


def frozen_parts(folder: Path, notes: Path) -> list[Part]:
    """Return the parts of the frozen program in ``folder``; ``notes`` is PyInstaller's work folder."""
    targets = _sources_by_target(folder, notes)
    owners = _owners()
    shipped: dict[str, list[Path]] = {name: [] for name in _modules_in_the_program(notes, owners)}
    shipped["pyinstaller"] = []
    others: list[tuple[Path, Path]] = []
    for target, source in targets.items():
        owner = owners.get(source.resolve())
        if owner is None:
            others.append((target, source))
        else:
            shipped.setdefault(owner, []).append(target)
    system, rest = _of_the_system(others)
    python = [f for f in rest if f.parent.name == "lib-dynload" or f.name.startswith(("base_library", "libpython"))]
    program = [f for f in rest if f.name in ("almanac", "almanac.exe")]
    ours = [f for f in rest if f not in {*python, *program}]
    shipped["pyinstaller"] += program
    found = [of_distribution(metadata.distribution(name), files) for name, files in sorted(shipped.items())]
    return [
        Part("almanac", __version__, "generic", "Apache-2.0", (ROOT / "LICENSE").read_text(), (*ours, *_data(folder))),
        *_python(python),
        *found,
        *system,
    ]


def _sources_by_target(folder: Path, notes: Path) -> dict[Path, Path]:
    collected = ast.literal_eval((notes / "almanac" / "COLLECT-00.toc").read_text(encoding="utf-8"))
    entries = next(part for part in collected if isinstance(part, list))
    found: dict[Path, Path] = {}
    for name, source, _ in entries:
        for target in (folder / name, folder / "_internal" / name):
            if target.is_file() and not target.is_symlink() and not _is_data(target, folder):
                found[target] = Path(source)
    return found


def _is_data(target: Path, folder: Path) -> bool:
    return target.is_relative_to(folder / "_internal" / "resources") or target.is_relative_to(
        folder / "_internal" / "models"
    )


def _data(folder: Path) -> list[Path]:
    """Our models, fonts, icons and samples."""
    return [f for f in sorted(folder.rglob("*")) if f.is_file() and _is_data(f, folder)]


def _owners() -> dict[Path, str]:
    """Return which distribution each installed file belongs to."""
    owners: dict[Path, str] = {}
    for distribution in metadata.distributions():
        for file in distribution.files or []:
            owners[Path(str(file.locate())).resolve()] = distribution.metadata["Name"]
    return owners


def _modules_in_the_program(notes: Path, owners: dict[Path, str]) -> set[str]:
    """Return the distributions of which modules are inside the program file."""
    _, modules = ast.literal_eval((notes / "almanac" / "PYZ-00.toc").read_text(encoding="utf-8"))
    found = {owners.get(Path(source).resolve()) for _, source, _ in modules}
    return {name for name in found if name is not None and name != "almanac"}


def _python(files: list[Path]) -> list[Part]:
    """Return Python itself, unless all of it came out of system packages, which have their own licences."""
    if not files:
        return []
    text = Path(os.__file__).with_name("LICENSE.txt")
    if not text.exists():
        text = Path("/usr/share/doc") / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "copyright"
    licence = text.read_text(encoding="utf-8")
    return [Part("python", platform.python_version(), "generic", "PSF-2.0", licence, tuple(files))]


def _of_the_system(others: list[tuple[Path, Path]]) -> tuple[list[Part], list[Path]]:
    """Sort what no distribution owns: what Debian packages own, and the rest."""
    if shutil.which("dpkg") is None:
        return [], [target for target, _ in others]
    owners: dict[str, list[Path]] = {}
    rest: list[Path] = []
    for target, source in others:
        package = _package_of(source)
        if package is None:
            rest.append(target)
        else:
            owners.setdefault(package, []).append(target)
    return [_system_part(package, tuple(files)) for package, files in sorted(owners.items())], rest


def _package_of(source: Path) -> str | None:
    if not source.is_relative_to("/usr") and not source.is_relative_to("/lib"):
        return None
    names = {str(source), str(source.resolve()), str(source.resolve()).removeprefix("/usr")}
    found = subprocess.run(["dpkg", "-S", *sorted(names)], capture_output=True, text=True, check=False).stdout
    packages = [line.split(":")[0] for line in found.splitlines() if not line.startswith("diversion")]
    return packages[0] if packages else None


def _system_part(package: str, files: tuple[Path, ...]) -> Part:
    shown = ["dpkg-query", "-W", "-f=${Version}\n", package]
    version = subprocess.run(shown, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    text = (Path("/usr/share/doc") / package / "copyright").read_text(encoding="utf-8", errors="replace")
    names = sorted(set(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)))
    return Part(package, version, "deb", ", ".join(names) or "see the text", text, files)
