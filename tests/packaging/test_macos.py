"""What macOS reads about the program, as far as it can be checked elsewhere."""

from __future__ import annotations

import plistlib
import shutil
import struct
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))


def test_the_finder_offers_almanac_for_what_it_reads_and_never_instead_of_others() -> None:
    from macos.bundle import info_plist

    entries = plistlib.loads(plistlib.dumps(info_plist("1.2.3")))
    kinds = entries["CFBundleDocumentTypes"]
    suffixes = {suffix for kind in kinds for suffix in kind["CFBundleTypeExtensions"]}
    assert suffixes == {"csv", "tsv", "xlsx", "xls", "xlsb", "ods"}
    assert {kind["LSHandlerRank"] for kind in kinds} == {"Alternate"}
    assert entries["CFBundleShortVersionString"] == "1.2.3"
    assert plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())


@pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="needs librsvg2-bin, which draws the icon")
@pytest.mark.skipif(sys.platform == "win32", reason="made on a Mac")
def test_the_icon_is_an_icns_file_of_pictures_in_every_size() -> None:
    from icons import ICNS_KINDS, icns

    content = icns()
    assert content[:4] == b"icns"
    assert struct.unpack(">I", content[4:8]) == (len(content),)
    place, found = 8, {}
    while place < len(content):
        kind, length = content[place : place + 4], struct.unpack(">I", content[place + 4 : place + 8])[0]
        picture = content[place + 8 : place + length]
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        found[kind] = struct.unpack(">II", picture[16:24])
        place += length
    assert found == {kind: (size, size) for size, kind in ICNS_KINDS.items()}
