"""Several forecasters compared on the same windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.jobs import Job, run
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation.backtest.backtest import Forecaster
from almanac.evaluation.backtest.comparison import MAX_SERIES, compare_methods
from almanac.forecasting.baselines.seasonal_naive import seasonal_naive
from almanac.wording.trust.evidence import comparison_sentence


def repeating(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    yield from ()
    return seasonal_naive(series, horizon, levels)


def off_by(amount: float, *, leaves_out: int = 0) -> Forecaster:
    """What comes next in a series that counts upwards, wrong by ``amount``; short copies are left out."""

    def forecast(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        yield from ()
        rows = np.flatnonzero(series.lengths > leaves_out)
        last = series.values[series.offsets[rows + 1] - 1]
        middle = last[:, None] + np.arange(1, horizon + 1) + amount
        wide = np.sign(np.asarray(levels) - 0.5) * 2 * abs(amount)
        return Forecast(
            names=tuple(series.names[i] for i in rows),
            first=series.last[rows] + 1,
            frequency=series.frequency,
            levels=np.asarray(levels),
            quantiles=middle[:, :, None] + wide,
            model="",
            checksum="",
            device="",
        )

    return forecast


def test_an_error_half_as_large_as_the_first_is_0_5() -> None:
    counting = series_set(np.arange(60.0), np.arange(100.0, 180.0))
    first, second = run(compare_methods(counting, 6, [("a", off_by(4)), ("b", off_by(2))]))
    assert first.error == pytest.approx(1)
    assert second.error == pytest.approx(0.5)
    assert second.wql == pytest.approx(first.wql / 2)
    assert first.coverage == second.coverage == 1
    assert first.windows == second.windows == 20


def test_only_windows_that_all_contenders_forecast_count() -> None:
    counting = series_set(np.arange(60.0))
    both = run(compare_methods(counting, 6, [("a", off_by(4)), ("b", off_by(2, leaves_out=50))]))
    assert 0 < both[0].windows < 10
    assert both[0].windows == both[1].windows


def test_the_bundled_model_is_closer_than_repeating_a_noisy_season() -> None:
    from almanac.workflow.backtests.run_backtest import models_compared

    series = series_set(*[seasonal(96, seed=k, noise=8.0) for k in range(20)])
    plain, excel, careful = run(models_compared(series, 6, ("careful",)))
    assert (plain.method, excel.method) == ("seasonal_naive", "excel")
    assert careful.error < 0.95
    assert careful.wql < plain.wql
    assert careful.coverage == pytest.approx(0.8, abs=0.12)


def test_a_constant_has_no_error_ratio() -> None:
    first, second = run(compare_methods(series_set([5.0] * 60), 6, [("a", repeating), ("b", repeating)]))
    assert np.isnan(first.error)
    assert np.isnan(second.error)


def test_a_series_too_short_for_a_backtest_gives_no_figures() -> None:
    (only,) = run(compare_methods(series_set([1.0, 2.0, 3.0]), 6, [("a", repeating)]))
    assert only.windows == 0
    assert np.isnan(only.error)
    assert np.isnan(only.coverage)


def test_of_very_many_series_an_even_sample_is_compared() -> None:
    many = series_set(*[np.arange(30.0) for _ in range(2 * MAX_SERIES)])
    (only,) = run(compare_methods(many, 3, [("a", off_by(1))]))
    assert only.series == MAX_SERIES


def test_a_comparison_in_words_and_as_plain_data() -> None:
    counting = series_set(np.arange(60.0))
    first, second = run(compare_methods(counting, 6, [("a", off_by(4)), ("b", off_by(2))]))
    held = "80% range held 100% of the time, in 10 practice forecasts"
    assert comparison_sentence(first, first).startswith("80% range held")  # nothing is compared with itself
    assert comparison_sentence(second, first) == f"misses 50% smaller than those of a, {held}"
    assert comparison_sentence(replace(second, error=1.0), first) == f"misses as large as those of a, {held}"
    assert comparison_sentence(replace(second, error=1.003), first).startswith("misses less than 1% larger than those")
    assert second.to_dict() == {
        "method": "b", "error": 0.5, "wql": round(second.wql, 6), "held": 1.0, "windows": 10, "series": 1,
    }  # fmt: skip
    (unknown,) = run(compare_methods(series_set([5.0] * 60), 6, [("a", repeating)]))
    assert comparison_sentence(unknown, unknown) == "too little history to compare"
    assert unknown.to_dict()["error"] is None
