"""What a package consists of: its bill of materials, its licences, its largest parts, and what Windows needs."""

from __future__ import annotations

import hashlib
import json
import re
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def made(tmp_path: Path) -> SimpleNamespace:
    """A small program of three parts."""
    from parts import Part

    for name, size in (("one.so", 300), ("two.pyc", 200), ("own.bin", 100)):
        (tmp_path / name).write_bytes(b"x" * size)
    inner = ({"type": "library", "name": "crate", "version": "1"},)
    return SimpleNamespace(
        root=tmp_path,
        parts=[
            Part("almanac", "9.9", "generic", "Apache-2.0", "its licence", (tmp_path / "own.bin",)),
            Part("numpy", "2.0", "pypi", "BSD-3-Clause", "BSD text", (tmp_path / "one.so",), inner),
            Part("zlib1g", "1.2", "deb", "Zlib, public-domain", "zlib text", (tmp_path / "two.pyc",)),
        ],
    )


def test_the_bill_of_materials_names_each_part_once_and_is_the_same_each_time(made: SimpleNamespace) -> None:
    from sbom import bill_of_materials

    text = bill_of_materials("almanac", "9.9", made.parts, made.root)
    assert text == bill_of_materials("almanac", "9.9", made.parts[::-1], made.root)
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    refs = [component["bom-ref"] for component in bill["components"]]
    assert refs == ["pkg:deb/debian/zlib1g@1.2", "pkg:pypi/numpy@2.0"]
    assert bill["dependencies"] == [{"ref": "almanac", "dependsOn": refs}]
    library, numpy = bill["components"]
    assert library["licenses"] == [{"license": {"name": "Zlib, public-domain"}}]
    assert numpy["licenses"] == [{"expression": "BSD-3-Clause"}]
    digest = hashlib.sha256(b"x" * 300).hexdigest()
    file = {"type": "file", "name": "one.so", "hashes": [{"alg": "SHA-256", "content": digest}]}
    assert numpy["components"] == [{"type": "library", "name": "crate", "version": "1"}, file]
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"


def test_each_of_the_largest_parts_has_a_reason(made: SimpleNamespace) -> None:
    from parts import largest

    with pytest.raises(SystemExit, match="zlib1g"):
        largest(made.parts, 600)
    table = largest(made.parts[:2], 600)
    assert re.search(r"50%  numpy 2.0: all arithmetic", table)
    assert re.search(r"33%  everything else", table)


def test_checksums_are_as_sha256sum_reads_them(tmp_path: Path) -> None:
    from sbom import write_checksums

    (tmp_path / "a.deb").write_bytes(b"abc")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  gone.deb\n", encoding="ascii")
    write_checksums(tmp_path, [tmp_path / "a.deb"])
    assert (tmp_path / "SHA256SUMS").read_text() == f"{hashlib.sha256(b'abc').hexdigest()}  a.deb\n"


@pytest.mark.parametrize(
    ("name", "licence"),
    [("PySide6_Essentials", "LGPL-3.0-only"), ("numpy", "BSD-3-Clause"), ("pandas", "BSD-3-Clause"), ("six", "MIT")],
)
def test_the_licence_of_a_distribution_is_known(name: str, licence: str) -> None:
    from parts import of_distribution

    part = of_distribution(metadata.distribution(name), [])
    assert part.licence.startswith(licence)
    assert len(part.text) > 40
    assert ("REPLACING" in part.text.upper()) is name.startswith("PySide6")


def test_windows_gets_what_only_windows_needs() -> None:
    """pip would ask the conditions in a lock file about the computer that the package is built on."""
    from windows.locked import locked_for_windows

    entries = {entry.split("==")[0]: entry for entry in locked_for_windows("requirements.lock")}
    assert {"tzdata", "numpy", "pyside6-essentials"} <= set(entries)
    assert "sys_platform" not in entries["tzdata"]
    assert "--hash=sha256:" in entries["tzdata"]
    assert "macholib" not in {entry.split("==")[0] for entry in locked_for_windows("requirements-dev.lock")}


def test_a_desktop_never_takes_almanac_for_csv_by_itself() -> None:
    """The entry with the types comes after other programs, whose names desktops go through in order."""
    menu = (PACKAGING / "linux" / "almanac.desktop").read_text(encoding="utf-8")
    opening = PACKAGING / "linux" / "z-open-with-almanac.desktop"
    assert "MimeType" not in menu
    assert "MimeType=text/csv;" in opening.read_text(encoding="utf-8")
    others = ("gnumeric", "libreoffice-calc", "org.gnumeric.gnumeric", "org.kde.calligrasheets", "wps-office-et")
    assert all(opening.name > f"{name}.desktop" for name in others)


def test_the_manual_page_has_every_command() -> None:
    from datetime import date

    from linux.manual import manual

    from almanac.cli.registry import COMMANDS

    page = manual(date(2026, 11, 27))
    assert all(f".B {entry.name.replace('-', chr(92) + '-')}\n" in page for entry in COMMANDS)
