"""Fixtures every test shares, and the rule that a test leaves nothing behind."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has its own settings folder: none reads or writes the developer's."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("ALMANAC_STATE", str(folder))
    return folder


def _child_processes() -> set[int]:
    listing = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return {int(line.split()[0]) for line in listing.stdout.splitlines() if line.split()[1] not in ("ps", "<defunct>")}


def _running_timers() -> list[str]:
    """Qt timers that still run, if Qt is loaded at all."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return []
    valid = sys.modules["shiboken6"].isValid
    timers = [t for t in gc.get_objects() if type(t) is core.QTimer and valid(t) and t.isActive()]
    return [repr(t) for t in timers]


@pytest.fixture(autouse=True)
def leaves_nothing_behind(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a thread, a timer, a child process or a temporary file behind."""
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    threads, children = set(threading.enumerate()), _child_processes()
    yield
    gc.collect()
    new = [t for t in set(threading.enumerate()) - threads if not t.daemon]
    for thread in new:
        thread.join(timeout=1)  # one whose work is done may still be on its way out
    left = [t.name for t in new if t.is_alive()]
    assert not left, f"threads left running: {left}"
    assert not _running_timers(), f"timers left running: {_running_timers()}"
    assert not (_child_processes() - children), "a child process was left running"
    files = [
        p.name for p in scratch.iterdir() if not p.name.startswith(("lu", "OSL_PIPE", "hsperf"))
    ]  # LibreOffice's own
    assert not files, f"temporary files left: {files}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data that may lie beside the project; tests that use it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no shared data beside the project")
    return SHARED
