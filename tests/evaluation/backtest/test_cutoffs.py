"""Cut-offs: in every phase of the season, with enough history before and an actual value after."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import seasonal, series_set

from almanac.core.calendar.frequency import DAILY, MONTHLY, QUARTERLY, WEEKLY, YEARLY, Frequency
from almanac.evaluation.backtest.cutoffs import MIN_KNOWN_VALUES, plan_cutoffs

RHYTHMS = [YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY]


def test_ten_windows_of_monthly_data_start_in_ten_different_months() -> None:
    cut = plan_cutoffs(series_set(seasonal(160)), 12)
    assert len(cut) == 10
    assert len(set(cut.points % 12)) == 10
    assert cut.points[-1] == 148  # the last horizon of the past is forecast
    assert cut.points[0] >= 2 * 12 + 1


def test_twelve_windows_cover_every_month() -> None:
    assert set(plan_cutoffs(series_set(seasonal(200)), 12, windows=12).points % 12) == set(range(12))


def test_a_short_series_is_cut_later_than_one_horizon_before_its_end() -> None:
    cut = plan_cutoffs(series_set(np.arange(15.0), frequency=YEARLY), 6)
    assert cut.points.tolist() == [7, 8, 9, 10, 11]


@pytest.mark.parametrize("values", [[1.0], [1.0, 2.0, 3.0, 4.0], [np.nan] * 30, [1, 2, 3, *[np.nan] * 20, 4]])
def test_a_series_too_short_for_a_backtest_has_no_cutoff(values: list[float]) -> None:
    assert len(plan_cutoffs(series_set(values), 3)) == 0


def test_gaps_count_neither_as_history_nor_as_actual_values() -> None:
    values = np.concatenate([np.full(30, np.nan), seasonal(40), np.full(10, np.nan)])
    cut = plan_cutoffs(series_set(values), 6)
    assert (cut.points >= 30 + 20).all()
    assert cut.points.max() == 70 - 6


@given(
    points=st.integers(1, 200),
    horizon=st.integers(1, 30),
    windows=st.integers(1, 30),
    gaps=st.floats(0, 0.9),
    rhythm=st.sampled_from(RHYTHMS),
)
def test_every_window_has_history_and_an_actual_value(
    points: int, horizon: int, windows: int, gaps: float, rhythm: Frequency
) -> None:
    rng = np.random.default_rng(points)
    values = np.where(rng.random(points) < gaps, np.nan, rng.normal(size=points))
    cut = plan_cutoffs(series_set(values, frequency=rhythm), horizon, windows)
    assert len(cut) <= windows
    assert (np.diff(cut.points) > 0).all()
    for end in cut.points:
        assert np.isfinite(values[:end]).sum() >= MIN_KNOWN_VALUES
        assert np.isfinite(values[end : end + horizon]).any()
