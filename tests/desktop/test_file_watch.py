"""A file that is watched: real saves, a real thread."""

from __future__ import annotations

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from almanac.desktop.file_watch import FileWatch

NAME = "file watch"


def running() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == NAME]


def test_a_save_is_noticed_and_nothing_runs_afterwards(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("month,sold\n2024-01,5\n", encoding="utf-8")
    watch = FileWatch()
    assert running() == []
    watch.start(path)
    try:
        qtbot.wait(1200)  # it learns what is there
        with qtbot.waitSignal(watch.saved, timeout=8000) as caught:
            path.write_text("month,sold\n2024-01,5\n2024-02,6\n", encoding="utf-8")
        assert caught.args == [path]
        assert len(running()) == 1
    finally:
        watch.end()
    qtbot.waitUntil(lambda: running() == [])
    assert watch.path is None


def test_another_file_takes_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    watch = FileWatch()
    watch.start(tmp_path / "one.csv")
    watch.start(tmp_path / "two.csv")
    assert watch.path == tmp_path / "two.csv"
    qtbot.waitUntil(lambda: len(running()) == 1)
    watch.end()
