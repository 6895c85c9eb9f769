"""A second start of Almanac brings the first window to the front with its file. The second start is a real process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.shell import one_window
from almanac.desktop.shell.one_window import Note, OneWindow, close_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

HOLD = """
import sys
from almanac.desktop.shell.one_window import OneWindow
place = OneWindow()
print(place.claim(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def first(qtbot: QtBot) -> Iterator[OneWindow]:  # noqa: ARG001
    place = OneWindow()
    assert place.claim()
    yield place
    place.release()


def start_again(*words: str) -> subprocess.Popen[str]:
    """Start Almanac as a person does; it has a screen, which nobody sees."""
    command = [sys.executable, "-m", "almanac", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def ended(qtbot: QtBot, process: subprocess.Popen[str]) -> tuple[int | None, str]:
    """Wait for its end while the window goes on; return its exit code and what it printed."""
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=30_000)
    with process:
        assert process.stdout is not None
        return process.returncode, process.stdout.read()


def test_a_second_start_hands_its_file_to_the_window_and_ends(
    qtbot: QtBot, first: OneWindow, still: WindowUnderTest, sales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(still.session, "open_file", opened.append)
    first.asked.connect(still.come_forward)
    first.listen()
    still.showMinimized()
    monkeypatch.chdir(sales.parent)
    assert ended(qtbot, start_again(f"--open={sales.name}")) == (0, "")
    assert opened == [sales]
    assert not still.isMinimized()


def test_a_second_start_without_a_file_only_shows_the_window(
    qtbot: QtBot, first: OneWindow, still: WindowUnderTest
) -> None:
    first.asked.connect(still.come_forward)
    first.listen()
    still.showMinimized()
    assert ended(qtbot, start_again()) == (0, "")
    assert not still.isMinimized()
    assert still.session.file is None


def test_a_note_from_before_the_window_was_ready_is_read(qtbot: QtBot, first: OneWindow) -> None:
    second = OneWindow()
    folder = first._folder
    (folder / "1.json").write_text('{"file": "a.csv", "token": ""}')
    (folder / "2.json").write_text("no note of ours")
    with qtbot.waitSignal(first.asked) as asked:
        first.listen()
    assert asked.args == [Note("a.csv")]
    second.release()


def test_where_the_first_window_does_not_respond_the_second_opens_one(
    first: OneWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_window, "MAX_WAIT_S", 0.1)
    second = OneWindow()
    assert second.claim(Note("a.csv"))
    assert [f.suffix for f in first._folder.iterdir() if f.name != "lock"] == []
    second.release()


def test_a_window_that_was_killed_holds_no_place(qtbot: QtBot) -> None:  # noqa: ARG001
    held = subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with held:
        assert held.stdout is not None
        assert held.stdout.readline() == "True\n"
        held.kill()
        held.wait()
    place = OneWindow()
    assert place.claim()
    assert place.held
    place.release()


def test_a_file_left_by_a_killed_window_whose_number_is_in_use_again_holds_no_place(qtbot: QtBot) -> None:  # noqa: ARG001
    place = OneWindow()
    place._folder.mkdir(parents=True)
    (place._folder / "lock").write_text(f"{os.getpid()}\n{Path(sys.executable).name}\n{socket.gethostname()}\n")
    assert place.claim()
    assert place.held, "later starts and an installer find this window"
    place.release()


def test_an_installer_closes_the_window(
    qtbot: QtBot, first: OneWindow, still: WindowUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.asked.connect(still.come_forward)
    first.listen()
    monkeypatch.setattr(still, "closeEvent", lambda event: (event.accept(), first.release()))
    assert ended(qtbot, start_again("--close-window")) == (0, "")
    assert not still.isVisible()
    assert close_window(), "nothing runs any more"


def test_an_installer_does_not_close_unsaved_work(
    qtbot: QtBot, first: OneWindow, still: WindowUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.asked.connect(still.come_forward)
    first.listen()
    still.session.unsaved = True
    monkeypatch.setattr(one_window, "MAX_WAIT_FOR_CLOSE_S", 0.5)
    with ThreadPoolExecutor(1) as other:
        closed = other.submit(close_window)
        qtbot.waitUntil(closed.done)
    assert not closed.result()
    assert still.isVisible()


def test_another_display_has_its_own_window(first: OneWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert first.held
    monkeypatch.setenv("DISPLAY", ":77")
    other = OneWindow()
    assert other.claim()
    assert other.held
    other.release()


def test_where_nothing_can_be_kept_each_start_has_its_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "file" / "below"))
    assert OneWindow().claim()
