"""Preloading: modules in a thread, then steps from the event loop."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from almanac.desktop.worker_client.preload import Preloader


def numbers(into: list[int]) -> Iterator[None]:
    for k in range(4):
        into.append(k)
        yield


def test_steps_run_in_order_once_everything_is_imported(qtbot: QtBot, qapp: QObject) -> None:
    done: list[int] = []
    imported: list[int] = []
    preloader = Preloader((lambda: imported.append(len(done)),), numbers(done), qapp)
    assert not preloader.started
    with qtbot.waitSignal(preloader.finished, timeout=30_000):
        preloader.start()
        assert (done, preloader.started) == ([], True)  # never while something else is running
    assert done == [0, 1, 2, 3]
    assert imported == [0]


def test_a_window_that_closes_runs_no_further_step(qtbot: QtBot, qapp: QObject) -> None:
    done: list[int] = []
    preloader = Preloader((), numbers(done), qapp)
    preloader.start()
    preloader.stop()
    preloader.join()
    qtbot.wait(50)
    assert done == []


def test_the_program_ends_only_after_the_imports(qapp: QObject) -> None:
    loaded: list[int] = []
    preloader = Preloader((lambda: time.sleep(0.1), lambda: loaded.append(1)), numbers([]), qapp)
    preloader.join()  # closed before anything was imported
    preloader.start()
    preloader.stop()
    preloader.join()
    assert loaded == [1]
