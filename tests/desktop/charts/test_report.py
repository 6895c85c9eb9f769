"""The fan chart on paper."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from tests.desktop import builders

from almanac.desktop.charts.report import MAX_GRID_LINES, SIZE, _grid_step, fan_picture


@pytest.mark.parametrize(("low", "high", "step"), [(157, 295, 25), (0, 1, 0.25), (0, 40_000, 10_000), (0.9, 1.3, 0.1)])
def test_the_lines_of_the_grid_are_at_round_values(low: float, high: float, step: float) -> None:
    assert _grid_step(low, high) == pytest.approx(step)


def test_there_are_a_few_lines_whatever_the_values() -> None:
    rng = np.random.default_rng(0)
    for _ in range(500):
        low = rng.normal() * 10 ** rng.uniform(-3, 6)
        high = low + 10 ** rng.uniform(-3, 6)
        step = _grid_step(low, high)
        assert 2 <= np.floor(high / step) - np.ceil(low / step) + 1 <= MAX_GRID_LINES


@pytest.mark.usefixtures("dressed")
def test_gaps_and_flat_series_are_drawn(qapp: QApplication) -> None:  # noqa: ARG001
    file = builders.read_file(2)
    file.series.values[:66] = 0.0
    file.series.values[-5:] = np.nan
    forecast = builders.result(builders.read_file(2)).forecast
    forecast.quantiles[0] = 0.0
    for i in range(2):
        picture = fan_picture(file.series, i, forecast, i)
        assert (picture.width(), picture.height()) == SIZE
