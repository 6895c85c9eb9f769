"""The strip below a chart moves and resizes what the chart shows, and nothing beyond what there is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from almanac.desktop.charts.strip import OverviewStrip

PERIODS = 1000


@pytest.fixture
def strip(qtbot: QtBot) -> OverviewStrip:
    made = OverviewStrip()
    qtbot.addWidget(made)
    made.resize(600, 40)
    x = np.arange(PERIODS, dtype=np.float64)
    made.show_line(x, np.sin(x / 20), PERIODS - 28.0)
    made.moved.connect(made.show_view)  # as the chart does
    made.show_view(900.0, 999.0)
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(qtbot: QtBot, strip: OverviewStrip, begin: float, end: float) -> list[float]:
    with qtbot.waitSignal(strip.moved) as moved:
        qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.pixel(begin)), 20))
        qtbot.mouseMove(strip, QPoint(round(strip.pixel(end)), 20))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton)
    assert moved.args is not None
    return list(strip._view)


def test_the_part_in_view_is_dragged_whole(qtbot: QtBot, strip: OverviewStrip) -> None:
    assert drag(qtbot, strip, 950, 450) == pytest.approx([400, 499], abs=3)
    assert drag(qtbot, strip, 450, -500) == pytest.approx([0, 99], abs=1)


def test_an_end_is_dragged_alone(qtbot: QtBot, strip: OverviewStrip) -> None:
    assert drag(qtbot, strip, 900, 300) == pytest.approx([300, 999], abs=3)
    assert drag(qtbot, strip, 999, 100) == pytest.approx([300, 303], abs=3)


def test_a_press_elsewhere_brings_it_there(qtbot: QtBot, strip: OverviewStrip) -> None:
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.pixel(200)), 20))
    assert list(strip._view) == pytest.approx([150, 250], abs=3)
