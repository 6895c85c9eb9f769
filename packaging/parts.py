"""What a package consists of: each part with its version, licence, files and size. For licences, SBOM and sizes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|thirdpartynotices)", re.IGNORECASE)
COMMON_LICENCES = Path("/usr/share/common-licenses")
SHARED_TEXTS = ("LGPL-3", "GPL-3")  # Qt for Python names these without including them
SPDX_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*")
# What metadata say in words, or not at all, as SPDX expressions.
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "2-clause BSD": "BSD-2-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",  # python-dateutil
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-or-later WITH Bootloader-exception",  # PyInstaller
    "MIT License": "MIT",
}


@dataclass(frozen=True)
class Part:
    """One part of a package: ``kind`` is that of its package URL (pypi, deb, generic)."""

    name: str
    version: str
    kind: str
    licence: str
    text: str = field(repr=False)
    files: tuple[Path, ...] = field(repr=False)  # as shipped
    inner: tuple[dict[str, object], ...] = field(default=(), repr=False)  # what its maker says was compiled into it

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(f.stat().st_size for f in self.files)

    @property
    def purl(self) -> str:
        """Its package URL."""
        folder = "debian/" if self.kind == "deb" else ""
        return f"pkg:{self.kind}/{folder}{self.name}@{self.version}"


def of_distribution(distribution: metadata.Distribution, files: Iterable[Path]) -> Part:
    """Return the part that a distribution is."""
    declared = distribution.metadata
    found = [f for f in distribution.files or [] if LICENCE_FILE.match(f.name) and f.suffix not in (".py", ".pyc")]
    texts = [Path(str(f.locate())).read_text(encoding="utf-8", errors="replace") for f in found if f.locate().exists()]
    stated = str(declared.get("License-Expression") or declared.get("License") or "").strip()
    licence = SPDX.get(stated, stated)
    if not SPDX_EXPRESSION.fullmatch(licence):
        licence = next((SPDX[name] for name in _classifiers(declared) if name in SPDX), "")
    name = re.sub(r"[-_.]+", "-", declared["Name"]).lower()
    if not licence:
        raise SystemExit(f"The licence of {name} is not known: {stated[:80]!r}. Add it to packaging/parts.py.")
    note = HERE / "notes" / f"{name}.txt"
    texts = [*([note.read_text(encoding="utf-8")] if note.exists() else []), *texts]
    text = "\n\n".join(texts) or f"{name} {distribution.version}\nLicence: {licence}\n"
    return Part(name, distribution.version, "pypi", licence, text, tuple(files), tuple(_compiled_in(distribution)))


def _classifiers(declared: metadata.PackageMetadata) -> list[str]:
    return [line.split(" :: ")[-1] for line in declared.get_all("Classifier") or [] if line.startswith("License")]


def _compiled_in(distribution: metadata.Distribution) -> Iterable[dict[str, object]]:
    """List the components in the bill of materials that a wheel brings (PEP 770): Rust crates, for example."""
    for file in distribution.files or []:
        if ".dist-info/sboms/" in str(file) and file.suffix == ".json" and file.locate().exists():
            said = json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
            for component in said.get("components", []):
                kept = ("type", "name", "version", "purl", "licenses")
                yield {key: component[key] for key in kept if key in component}


def write_licences(parts: Iterable[Part], target: Path) -> None:
    """Put the licence of each part into a folder next to the program."""
    target.mkdir()
    for part in parts:
        (target / f"{part.name}.txt").write_text(part.text, encoding="utf-8", newline="\n")
    for text in SHARED_TEXTS:
        shutil.copy(COMMON_LICENCES / text, target / f"{text}.txt")


# Why the large parts are there. The build stops where one of the ten largest is missing here.
WHY = {
    "almanac": "the program itself with its models, fonts and samples",
    "cramjam": "compresses what is saved as Parquet; fastparquet needs it",
    "fastparquet": "saves forecasts as Parquet; a tenth of the size of pyarrow",
    "holidays": "public holidays of every country, each as a module",
    "numpy": "all arithmetic on series; most of it is OpenBLAS with a variant for each kind of processor",
    "onnxruntime": "runs the forecasting models on the processor",
    "onnxruntime-ep-webgpu": "runs the models on a graphics card of any maker, for tens of thousands of series",
    "pandas": "dates, calendars and tables while reading a spreadsheet",
    "patsy": "statsmodels imports it",
    "pydantic": "checks what is read back from settings and records",
    "pydantic-core": "checks what is read back from settings and records",
    "pyinstaller": "the program file: starts Python, and holds every module of pure Python compressed",
    "pyqtgraph": "draws the charts in the window",
    "pyside6-essentials": "the window (Qt); on Linux a third is ICU's data of all languages, which Qt needs",
    "python": "the interpreter and its standard library",
    "python-calamine": "reads Excel and OpenDocument files",
    "python-dateutil": "pandas imports it",
    "scipy": "statsmodels is built on it",
    "shiboken6": "joins Qt and Python",
    "libssl3": "libcrypto, for checksums: Python's hashlib is linked to it",
    "libpython": "the interpreter",
    "statsmodels": "ETS, another method to compare with",
    "typing-extensions": "pydantic imports it",
    "tzdata": "time zones; pandas imports it",
    "xlsxwriter": "saves Excel workbooks with charts",
    "charset-normalizer": "recognises how the letters of a text file are written",
}


def largest(parts: Iterable[Part], total: int) -> str:
    """Return the ten largest parts as lines with their megabytes, their share and why they are there."""
    ten = sorted(parts, key=lambda part: part.size, reverse=True)[:10]
    if missing := [part.name for part in ten if part.name not in WHY]:
        raise SystemExit(f"Say in packaging/parts.py why these are included, or leave them out: {missing}")
    lines = [f"{p.size / 1e6:6.1f} MB {p.size / total:4.0%}  {p.name} {p.version}: {WHY[p.name]}" for p in ten]
    rest = total - sum(part.size for part in ten)
    return "\n".join([*lines, f"{rest / 1e6:6.1f} MB {rest / total:4.0%}  everything else", ""])
