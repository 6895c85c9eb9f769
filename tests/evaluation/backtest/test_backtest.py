"""Backtests: each forecast sees only its own past, and is compared with what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import TOY, seasonal, series_set

from almanac.core.calendar.frequency import QUARTERLY
from almanac.core.jobs import Job, Progress, Stopped, run
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation.backtest import backtest
from almanac.evaluation.backtest.backtest import BacktestRuns, Forecaster, run_backtest
from almanac.evaluation.backtest.cutoffs import plan_cutoffs
from almanac.evaluation.metrics import seasonal_error
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.baselines.seasonal_naive import seasonal_naive
from almanac.forecasting.baselines.theta import theta

LEVELS = (0.1, 0.5, 0.9)


def naive(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    yield Progress(0, len(series), "")
    return seasonal_naive(series, horizon, levels)


def toy(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    return forecast(series, horizon, levels, model=ModelRequest("toy", "cpu", TOY.parent))


def quick(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    return forecast(series, horizon, levels, model=ModelRequest("quick", "cpu"))


def some(count: int = 3) -> SeriesSet:
    return series_set(*[seasonal(40 + 7 * k, season=4, seed=k) for k in range(count)], frequency=QUARTERLY)


def test_the_naive_forecast_of_each_window_is_the_season_before_its_cutoff() -> None:
    series = some()
    runs = run(run_backtest(series, 4, naive, LEVELS))
    assert runs.horizon == 4
    for w in range(len(runs)):
        values, end = series[runs.series[w]], runs.points[w]
        np.testing.assert_array_equal(runs.median[w], values[end - 4 : end])
        np.testing.assert_array_equal(runs.actuals[w], values[end : end + 4])
        assert runs.cutoff[w] == 600 + end - 1
        assert runs.scale[w] == pytest.approx(np.abs(values[4:end] - values[: end - 4]).mean())


def test_windows_that_reach_beyond_the_end_are_known_in_part() -> None:
    runs = run(run_backtest(series_set([1.0, 2, 3, 4, 5, 6, 7, 8, 9]), 6, naive, LEVELS))
    assert runs.points.tolist() == [4, 5, 6]
    assert np.isfinite(runs.actuals).sum(axis=1).tolist() == [5, 4, 3]
    assert runs.checks.tolist() == [12]


def test_many_chunks_give_the_same_result_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(run_backtest(some(), 4, quick, LEVELS))
    monkeypatch.setattr(backtest, "MAX_POINTS_PER_CHUNK", 100)
    pieces = run(run_backtest(some(), 4, quick, LEVELS))
    np.testing.assert_allclose(pieces.quantiles, whole.quantiles, rtol=1e-5)
    for name in ("series", "cutoff", "points", "actuals", "scale"):
        np.testing.assert_array_equal(getattr(pieces, name), getattr(whole, name))


def test_progress_counts_practice_runs_and_stop_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest, "MAX_WINDOWS_PER_CHUNK", 5)
    told: list[Progress] = []
    runs = run(run_backtest(some(), 4, toy, LEVELS), told.append, lambda: told[-1].done >= 10)
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert told[-1].message == "Checking on your past: 10 of 30 practice runs"
    assert len(runs) == 10
    assert len(runs.names) == 3


def test_stopping_before_any_window_is_finished_raises() -> None:
    with pytest.raises(Stopped):
        run(run_backtest(some(), 4, toy, LEVELS), should_stop=lambda: True)


def test_a_series_that_is_too_short_has_no_window() -> None:
    series = series_set([1.0, 2.0, 3.0], seasonal(40), names=("short", "long"))
    runs = run(run_backtest(series, 4, toy, LEVELS))
    assert set(runs.series) == {1}
    assert runs.checks[0] == 0
    none = run(run_backtest(series_set([1.0, 2.0, 3.0]), 4, toy, LEVELS))
    assert (len(none), none.quantiles.shape, none.actuals.shape) == (0, (0, 4, 3), (0, 4))


def test_known_at_hides_all_later_values() -> None:
    runs = run(run_backtest(some(), 4, naive, LEVELS))
    then = runs.known_at(630)
    assert 0 < len(then) < len(runs)
    assert (then.cutoff < 630).all()
    known = np.isfinite(then.actuals)
    assert known.any(axis=1).all()
    assert then.periods[known].max() == 630
    everything = runs.known_at(10**6)
    np.testing.assert_array_equal(everything.actuals, runs.actuals)


# --- Leaks: values after a date are changed, and no forecast from a cut-off up to it may change. ---


def changed_after(series: SeriesSet, period: int) -> SeriesSet:
    number = np.repeat(series.first - series.offsets[:-1], series.lengths) + np.arange(len(series.values))
    return replace(series, values=np.where(number > period, -3 * series.values + 1000, series.values))


def leaks(backtest_series: Callable[[SeriesSet], BacktestRuns], series: SeriesSet, period: int) -> bool:
    """Whether forecasts or scales of windows cut at ``period`` or before know what came after."""
    told, changed = backtest_series(series), backtest_series(changed_after(series, period))
    early, also = told.select(told.cutoff <= period), changed.select(changed.cutoff <= period)
    assert len(early) > 5
    return any(
        getattr(early, name).shape != getattr(also, name).shape
        or not np.allclose(getattr(early, name), getattr(also, name), rtol=1e-6)
        for name in ("quantiles", "scale", "points")
    )


def peeking_at_the_size_of_all(whole: SeriesSet) -> Forecaster:
    """Standardises by the whole series, as a scaler fitted before the cut does."""
    size = float(np.abs(whole.values).mean())

    def peek(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        made = yield from naive(series, horizon, levels)
        return replace(made, quantiles=made.quantiles * 0.5 + 0.5 * size)

    return peek


def peeking_at_what_comes(whole: SeriesSet) -> Forecaster:
    """Looks the answer up in the whole data."""

    def peek(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        made = yield from naive(series, horizon, levels)
        return replace(made, quantiles=0.9 * made.quantiles + 0.1 * whole.values[-1])

    return peek


@pytest.mark.parametrize("honest", [toy, quick, naive, theta], ids=["toy", "quick", "naive", "theta"])
def test_no_backtest_forecast_uses_later_values(honest: Forecaster) -> None:
    assert not leaks(lambda s: run(run_backtest(s, 4, honest, LEVELS)), some(), 630)


@pytest.mark.parametrize("peeking", [peeking_at_the_size_of_all, peeking_at_what_comes])
def test_a_planted_leak_is_caught(peeking: Callable[[SeriesSet], Forecaster]) -> None:
    assert leaks(lambda s: run(run_backtest(s, 4, peeking(s), LEVELS)), some(), 630)


def test_cutoffs_do_not_depend_on_the_values() -> None:
    series = some()
    later = changed_after(series, 620)
    np.testing.assert_array_equal(plan_cutoffs(series, 4).points, plan_cutoffs(later, 4).points)


def test_the_scale_of_a_window_depends_on_its_past_only() -> None:
    series = some(1)
    runs = run(run_backtest(series, 4, naive, LEVELS))
    cut = series_set(series[0][: runs.points[0]], frequency=QUARTERLY)
    assert runs.scale[0] == seasonal_error(cut)[0]
