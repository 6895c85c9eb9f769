"""What people use instead of a model, on the same practice windows."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, ROWS, WEEKLY, Frequency
from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.wording.methods.names import FORECAST_SHEET, LAST_YEAR, SEASONAL_NAIVE
from almanac.workflow.backtests.baselines import last_year, periods_in_year
from almanac.workflow.backtests.run_backtest import models_compared


@pytest.mark.parametrize(
    ("frequency", "periods"), [(DAILY, 364), (HOURLY, 364 * 24), (WEEKLY, 52), (MONTHLY, 12), (ROWS, 1)]
)
def test_last_year_is_the_same_weekday_52_weeks_before(frequency: Frequency, periods: int) -> None:
    assert periods_in_year(frequency) == periods


def test_last_year_is_repeated() -> None:
    values = np.arange(800.0)
    made = run(last_year(series_set(values, frequency=DAILY), 3, (0.1, 0.5, 0.9)))
    assert made.median[0].tolist() == [436, 437, 438]
    assert made.model == LAST_YEAR


def compared(series: SeriesSet, horizon: int) -> dict[str, tuple[int, int]]:
    found = run(models_compared(series, horizon, ()))
    return {one.method: (one.windows, one.series) for one in found}


def test_excel_and_last_year_are_tried_on_the_same_windows() -> None:
    found = compared(series_set(*(seasonal(700, 7, seed=k) for k in range(3)), frequency=DAILY), 14)
    assert list(found) == [SEASONAL_NAIVE, LAST_YEAR, FORECAST_SHEET]
    assert len(set(found.values())) == 1


def test_last_year_is_left_out_where_it_is_not_known_or_is_the_usual_season() -> None:
    assert LAST_YEAR not in compared(series_set(seasonal(200, 7), frequency=DAILY), 14)
    assert LAST_YEAR not in compared(series_set(seasonal(100), frequency=MONTHLY), 12)


def test_fifty_of_many_series_are_tried() -> None:
    many = series_set(*(seasonal(40, seed=k) for k in range(60)))
    assert compared(many, 3)[FORECAST_SHEET][1] == 50
