"""Fixtures every test shares, and the rule that a test leaves nothing behind."""

from __future__ import annotations

import gc
import os
import subprocess
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


@pytest.fixture(autouse=True)
def leaves_nothing_behind() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process running."""
    threads, children = set(threading.enumerate()), _child_processes()
    yield
    gc.collect()
    left = [t.name for t in set(threading.enumerate()) - threads if t.is_alive() and not t.daemon]
    assert not left, f"threads left running: {left}"
    assert not (_child_processes() - children), "a child process was left running"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data that may lie beside the project; tests that use it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no shared data beside the project")
    return SHARED
