"""What the first paint did not need is made afterwards, a turn at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from almanac.desktop.worker_client.preload import Ahead


def test_turns_are_taken_in_order_once_all_is_loaded(qtbot: QtBot, qapp: QObject) -> None:
    taken: list[int] = []
    ahead = Ahead([lambda k=k: taken.append(k) for k in range(4)], qapp)  # type: ignore[misc]
    ahead.hurry(leave=3)
    assert (taken, ahead.begun) == ([0], False)
    with qtbot.waitSignal(ahead.over, timeout=30_000):
        ahead.begin()
        assert (taken, ahead.begun) == ([0], True)  # never in the midst of what begins it
    assert taken == [0, 1, 2, 3]


def test_a_window_that_closes_takes_no_further_turn(qtbot: QtBot, qapp: QObject) -> None:
    taken: list[int] = []
    ahead = Ahead([lambda: taken.append(1)], qapp)
    ahead.begin()
    ahead.stop()
    ahead._loader.join()
    qtbot.wait(50)
    assert taken == []
