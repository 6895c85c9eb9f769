"""Series with many zeros: their point forecast is the mean, so that sums are right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.builders import series_set

from almanac.core.frequency import DAILY
from almanac.core.jobs import run
from almanac.core.measure import Measure
from almanac.forecasting import forecast
from almanac.forecasting.intermittent import intermittent


def test_only_flows_with_many_zeros_are_intermittent() -> None:
    rare, busy = [0.0, 0.0, 3.0, 0.0] * 8, [3.0, 0.0, 4.0, 5.0, 6.0] * 8
    made = series_set(np.array(rare), np.array(busy), np.array(rare) - 1, np.zeros(30), np.array(rare))
    kinds = (*(Measure() for _ in range(4)), Measure("level"))
    assert intermittent(replace(made, measures=kinds)).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize("rate", [0.2, 0.6, 1.0])
def test_the_forecasts_of_counts_add_up_to_what_comes(rate: float) -> None:
    chance = np.random.default_rng(11)
    counts = [chance.poisson(rate, 365).astype(float) for _ in range(24)]
    made = run(forecast(replace(series_set(*counts), frequency=DAILY), 28))
    assert made.mean_points is not None
    assert made.mean_points.all()
    assert made.point.sum(axis=1).mean() == pytest.approx(28 * rate, rel=0.2)
    assert [note.code for note in made.notes] == ["forecast_is_mean"]
    assert "day" in made.notes[0].why


def test_the_point_forecast_of_any_other_series_is_its_median() -> None:
    chance = np.random.default_rng(3)
    made = run(
        forecast(replace(series_set(chance.gamma(9, 10, 200), chance.poisson(0.3, 200) * 1.0), frequency=DAILY), 7)
    )
    assert made.point[0].tolist() == made.median[0].tolist()
    assert (made.point[1] > made.median[1]).all()
    assert made.select(1).point[0].tolist() == made.point[1].tolist()
