"""Where the values fell, as bars: measured on the picture."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from almanac.desktop.charts.pit import PitChart
from almanac.desktop.theme import style
from almanac.evaluation.report.pit import PitHistogram, PitPattern

SHARES = (0.30, 0.06, 0.05, 0.05, 0.04, 0.04, 0.05, 0.06, 0.10, 0.25)
TENTHS = PitHistogram(SHARES, 0.07, 0.13, 3600, PitPattern.ENDS)


@pytest.fixture
def chart(qtbot: QtBot, dressed: None) -> PitChart:  # noqa: ARG001
    made = PitChart()
    qtbot.addWidget(made)
    made.resize(460, 332)
    made.show_histogram(TENTHS)
    made.show()
    return made


def painted(chart: PitChart, colour: str) -> np.ndarray:
    """Where the picture has this colour: bool [height, width]."""
    image = chart.grab().toImage()
    wanted = QColor(colour).rgb()
    return np.array([[image.pixel(x, y) == wanted for x in range(image.width())] for y in range(image.height())], bool)


def tops(chart: PitChart) -> list[int]:
    """The highest pixel of each bar, from the left, counted from the baseline."""
    bars = painted(chart, style.current().accent)
    foot = np.flatnonzero(bars.any(axis=1))[-1]
    columns = bars[foot - 24 : foot - 20].any(axis=0)  # lower than the shortest, higher than the figures
    edges = np.flatnonzero(np.diff(columns.astype(int))) + 1
    each = np.split(bars, edges, axis=1)[1::2]
    return [int(foot - np.flatnonzero(bar.any(axis=1))[0]) for bar in each]


def test_there_is_a_bar_for_each_tenth_as_high_as_its_share(chart: PitChart) -> None:
    found = np.array(tops(chart))
    assert len(found) == 10
    np.testing.assert_allclose(found / found.max(), np.array(SHARES) / max(SHARES), atol=0.01)


def test_the_tip_under_the_pointer_says_what_a_bar_shows(chart: PitChart, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chart.sentence(0) == "The lowest tenth has 30% of the values; by chance an honest one has 7% to 13%."
    assert chart.sentence(4).startswith("Tenth 5 has 4%")
    assert chart.sentence(9).startswith("The highest tenth has 25%")
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, __: shown.append(text))
    for x in (chart.width() - 70, chart.width() - 20):  # over the last bar, and to the right of it
        at = QPoint(x, 100)
        QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))
    assert shown == [chart.sentence(9)]


def test_the_accessible_description_says_the_same(chart: PitChart) -> None:
    assert chart.accessibleName() == "Where the values fell"
    assert "ranges were too narrow" in chart.accessibleDescription()


def test_nothing_is_painted_with_too_few_checks(chart: PitChart) -> None:
    chart.show_histogram(PitHistogram((), np.nan, np.nan, 4, PitPattern.UNKNOWN))
    assert not painted(chart, style.current().accent).any()
