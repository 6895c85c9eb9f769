"""A library that Linux lacks is named, with the packages that have it, before Qt ends the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from almanac.desktop.installation import system_libraries

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings what it needs")
NOWHERE = {"libnowhere.so.9": ("libnowhere9", "nowhere-libs")}


def test_nothing_is_missing_here() -> None:
    assert system_libraries.problem() is None


def test_what_is_missing_is_named_with_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "FOR_WINDOWS", NOWHERE | system_libraries.FOR_WINDOWS)
    found = str(system_libraries.problem())
    assert "lacks libnowhere.so.9." in found
    assert "apt install libnowhere9;" in found
    assert "dnf install nowhere-libs)" in found


@pytest.mark.parametrize(
    ("environment", "needed"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_x11_needs_more_than_others(environment: dict[str, str], needed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(system_libraries, "FOR_X11", NOWHERE)
    assert (system_libraries.problem() is not None) is needed


def test_a_desktop_without_a_terminal_shows_it(tmp_path: Path) -> None:
    """In a separate process, with a stand-in for the desktop's program."""
    shown = tmp_path / "shown"
    stand_in = tmp_path / "zenity"
    stand_in.write_text(f'#!/bin/sh\necho "$3" > "{shown}"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    code = "from almanac.desktop.installation import system_libraries as s; s.say('It lacks one.')"
    environment = os.environ | {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == "It lacks one.\n"
    assert shown.read_text(encoding="utf-8") == "It lacks one.\n"
