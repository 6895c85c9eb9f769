"""Zeros before something begins are no values."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.arrays import Floats
from almanac.core.jobs import run
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.rules.launches import from_launch, points_before_launch

RARE = np.random.default_rng(0).poisson(0.15, 60).astype(float)
HALF_A_YEAR = np.tile(np.repeat([0.0, 80.0], 6), 4)


def launched(zeros: int, points: int = 24) -> Floats:
    return np.concatenate([np.zeros(zeros), seasonal(points)])


@pytest.mark.parametrize(
    ("values", "points"),
    [
        (launched(36), 36),
        (launched(4), 4),
        (launched(3), 0),  # a slow start
        (launched(36, 3), 36),
        (launched(36, 2), 0),  # nothing to forecast by
        (np.concatenate([np.zeros(5), RARE]), 0),
        (np.concatenate([np.zeros(200), RARE]), 200 + int(np.argmax(RARE > 0))),
        (HALF_A_YEAR, 0),
        (np.zeros(40), 0),
        (np.concatenate([[np.nan], np.zeros(9), seasonal(24)]), 10),
        (np.concatenate([np.zeros(30), [np.nan], np.zeros(9)]), 0),  # a gap begins nothing
        (np.concatenate([np.zeros(6), [np.nan], np.zeros(6), [np.nan], seasonal(24)]), 14),  # closed on Sundays
        (np.concatenate([seasonal(24), np.zeros(36)]), 0),
    ],
    ids=str,
)
def test_a_launch_is_where_zeros_end_that_never_come_again(values: Floats, points: int) -> None:
    series = series_set(seasonal(30), values, launched(8))
    before = points_before_launch(series)
    assert before.tolist() == [0, points, 8]
    trimmed = from_launch(series, before)
    assert np.isnan(trimmed[1][:points]).all()
    np.testing.assert_array_equal(trimmed[1][points:], values[points:])


def test_a_forecast_is_that_of_what_came_after_and_says_so() -> None:
    series = series_set(launched(40, 30), seasonal(30))
    found = run(forecast(series, 6, model=ModelRequest("careful", "cpu", pooling=False)))
    np.testing.assert_allclose(found.quantiles[0], found.quantiles[1], rtol=1e-3)
    (note,) = [note for note in found.notes if note.code == "zero_before_launch"]
    assert "s0 is zero until it begins" in note.what
    assert note.count == 1
