"""The backtest as part of a forecast: what it corrects, what it says it did, and what is kept after a stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac import workflow
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.jobs import Job, Progress, Stopped, run
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation import (
    CALIBRATION_LEVELS,
    Windows,
    checks_needed,
    reliability_curve,
    run_backtest,
    seasonal_error,
)
from almanac.evaluation.report.verdicts import CoverageBand
from almanac.forecasting.baselines import seasonal_naive as naive
from almanac.tables import ReadFile
from almanac.wording.phrases import RangeSupport
from almanac.wording.trust.backtest_notes import range_note
from almanac.workflow import ForecastOptions
from almanac.workflow.backtests import backtesting
from almanac.workflow.backtests.backtesting import (
    BacktestPlan,
    backtest_series,
    forecaster,
    plan_backtest,
    plan_whole_backtest,
    sample,
)
from almanac.workflow.backtests.baselines import BY_KEY, SELECTABLE, Baseline, seasonal_naive
from almanac.workflow.forecasts import make_forecast
from almanac.workflow.forecasts.calibrated_forecast import better_methods, independent_checks, switch_methods
from almanac.workflow.results import ForecastResult


def file_of(tmp_path: Path, columns: int, points: int) -> ReadFile:
    path = tmp_path / "sales.csv"
    header = ",".join(["month", *(f"p{k}" for k in range(columns))])
    values = np.stack([seasonal(points, seed=k) for k in range(columns)], axis=1).round(2)
    rows = [f"{2000 + t // 12}-{t % 12 + 1:02}-01," + ",".join(map(str, v)) for t, v in enumerate(values)]
    path.write_text("\n".join([header, *rows]))
    return run(workflow.check(path))


def three_series() -> SeriesSet:
    return series_set(*[seasonal(60, seed=k) for k in range(3)])


def ranges_of(result: ForecastResult) -> str:
    return dict(result.about)["Ranges"]


def test_a_forecast_says_how_its_ranges_came_about(tmp_path: Path) -> None:
    file = file_of(tmp_path, 3, 72)
    checked = run(workflow.forecast(file, ForecastOptions(horizon=6)))
    assert checked.backtest is not None
    assert f"{checked.backtest.forecasts:,} practice forecasts of 3 series" in ranges_of(checked)
    assert checked.step_correlation is not None
    assert checked.backtest_runs is not None
    raw = run(workflow.forecast(file, ForecastOptions(horizon=6, calibrate=False)))
    assert "as you asked" in ranges_of(raw)
    assert raw.backtest is None


def test_requested_levels_are_those_shown(tmp_path: Path) -> None:
    result = run(workflow.forecast(file_of(tmp_path, 2, 72), ForecastOptions(horizon=3, levels=(0.05, 0.95))))
    assert [level for level, _ in result.forecast.requested] == [0.05, 0.95]
    assert set(CALIBRATION_LEVELS) <= set(result.forecast.levels.tolist())


def test_a_history_too_short_for_a_backtest_is_said(tmp_path: Path) -> None:
    result = run(workflow.forecast(file_of(tmp_path, 2, 4), ForecastOptions(horizon=2)))
    assert "no series is long enough" in ranges_of(result)
    (note,) = [p for p in result.problems if p.code == "few_checks"]
    assert "80% range of 2 of 2 series" in note.what
    assert result.backtest is not None
    assert "too little history" in result.backtest.summary


def test_a_stop_during_the_backtest_keeps_the_forecast(tmp_path: Path) -> None:
    told: list[Progress] = []
    job = workflow.forecast(file_of(tmp_path, 3, 72), ForecastOptions(horizon=3))
    result = run(job, told.append, lambda: "practice runs" in told[-1].message)
    assert len(result.forecast.names) == 3
    assert not result.stopped_early
    assert "were stopped" in ranges_of(result)
    assert supports(result, 0.8) == dict.fromkeys(result.forecast.names, RangeSupport.STOPPED)


def test_the_backtest_uses_the_model_that_forecasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []

    def watched(model: str | None, device: str, others: SeriesSet) -> object:
        asked.append(model)
        return forecaster(model, device, others=others)  # type: ignore[arg-type]

    monkeypatch.setattr(make_forecast, "forecaster", watched)
    result = run(workflow.forecast(file_of(tmp_path, 2, 72), ForecastOptions(horizon=3, model="quick")))
    assert asked == [result.forecast.model]
    assert result.forecast.model.startswith("quick@")


def cost_of(plan: BacktestPlan) -> float:
    points = float(plan.series.lengths.mean())
    return len(plan.cutoffs) * (points + backtesting.COST_OF_STEP * plan.horizon)


def test_of_very_many_series_a_sample_is_backtested() -> None:
    series = series_set(*[seasonal(60, seed=k) for k in range(40)])
    assert sample(40, 40) is None
    drawn = sample(40, 12)
    assert drawn is not None
    assert len(set(drawn)) == 12
    plan = plan_backtest(
        series, 4, DEFAULT_LEVELS, max_cost=12 * backtesting.MIN_WINDOWS * (60 + 4 * backtesting.COST_OF_STEP)
    )
    found = run(backtest_series(plan, seasonal_naive))
    assert found is not None
    assert set(found.runs.raw.series) == set(drawn)
    assert "of 12 of 40 series" in range_note(found.report, found.runs.calibration)
    everything = run(backtest_series(plan_whole_backtest(series, 4, DEFAULT_LEVELS), seasonal_naive))
    assert everything is not None
    assert len(set(everything.runs.raw.series)) == 40


@pytest.mark.parametrize(("count", "points", "horizon"), [(1, 120, 12), (100, 140, 12), (2_000, 60, 6), (60, 140, 40)])
def test_a_backtest_stays_within_its_cost_whatever_the_file(count: int, points: int, horizon: int) -> None:
    values = np.random.default_rng(0).normal(100, 10, (count, points))
    series = series_set(*values)
    plan = plan_backtest(series, horizon, DEFAULT_LEVELS)
    assert 0 < cost_of(plan) <= 1.1 * backtesting.MAX_COST
    each = np.unique(plan.cutoffs.series, return_counts=True)[1]
    assert each.max() <= backtesting.MAX_WINDOWS
    assert each.min() >= 4
    more = plan_backtest(series, horizon, DEFAULT_LEVELS, backtesting.MAX_COST_OF_CHOICE)
    assert len(more.cutoffs) >= len(plan.cutoffs)


def test_practice_on_a_very_long_series_looks_at_its_latest_part_and_at_its_own_periods(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("almanac.core.series.MAX_RECENT_POINTS", 60)
    values = seasonal(400)
    found = run(backtest_series(plan_backtest(series_set(values), 4, DEFAULT_LEVELS), seasonal_naive))
    assert found is not None
    runs = found.runs.raw
    assert len(runs) > 10
    assert (runs.cutoff - 600).min() >= 340
    levels = tuple(map(float, runs.levels))
    whole = run(run_backtest(series_set(values), 4, seasonal_naive, levels, Windows(runs.series, runs.points + 340)))
    np.testing.assert_array_equal(runs.actuals, whole.actuals)
    np.testing.assert_allclose(runs.median, whole.median, rtol=0.01)
    chances = [reliability_curve(series_set(values), replace(runs, points=runs.points + more)) for more in (0, 340)]
    np.testing.assert_array_equal(chances[0].counts, chances[1].counts)


def test_a_stop_before_anything_is_finished_leaves_no_backtest() -> None:
    def stopped(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        yield Progress(horizon, len(series), f"{len(levels)}")
        raise Stopped

    assert run(backtest_series(plan_backtest(series_set(seasonal(60)), 4, DEFAULT_LEVELS), stopped)) is None


def test_best_for_this_data_takes_a_baseline_where_that_is_clearly_better(tmp_path: Path) -> None:
    """Every series repeats one jagged year almost exactly; the model smooths what it should repeat, while
    theta takes the mean of all years."""
    rng = np.random.default_rng(0)
    year = rng.permutation(np.arange(1, 13) ** 3) * 10.0
    columns = [np.tile(np.roll(year, k), 9) + rng.normal(0, 0.5, 108) for k in range(8)]
    path = tmp_path / "jagged.csv"
    rows = [f"{2010 + t // 12}-{t % 12 + 1:02}-01," + ",".join(f"{c[t]:.2f}" for c in columns) for t in range(108)]
    path.write_text("\n".join([",".join(["month", *(f"p{k}" for k in range(8))]), *rows]))
    file = run(workflow.check(path))
    plain = run(workflow.forecast(file, ForecastOptions(horizon=6)))
    chosen = run(workflow.forecast(file, ForecastOptions(horizon=6, best=True)))
    assert plain.baselines == {}
    (offer,) = [p for p in plain.problems if p.code == "plain_method_better"]
    assert offer.count == len(chosen.baselines) == 8
    truth = np.stack([np.roll(year, k)[:6] for k in range(8)])
    before, after = (np.abs(o.forecast.median - truth).mean() for o in (plain, chosen))
    assert after < before / 10
    assert dict(chosen.about)["Best for this data"].startswith("8 by continuing trend and season (p0, p1, ")
    assert set(chosen.methods) == {"continuing trend and season"}
    assert plain.methods == ()


@pytest.mark.parametrize("method", SELECTABLE, ids=lambda method: method.key)
def test_a_baseline_forecasts_no_sales_below_zero(method: Baseline) -> None:
    rare = np.where(np.random.default_rng(0).random(60) < 0.3, 5.0, 0.0)
    made = run(method.forecaster(series_set(rare, rare - 5, [np.nan] * 3, rare), 12, DEFAULT_LEVELS))
    assert (made.quantiles[[0, -1]] >= 0).all()
    assert (made.quantiles[[0, -1]] > 0).any()
    assert made.quantiles[1].min() < -5


def test_what_repeats_exactly_is_forecast_by_repeating_it(tmp_path: Path) -> None:
    """A rent, a fee, a plan: every year to the penny as the one before, beside shops that are not."""
    year = np.random.default_rng(0).permutation(np.arange(1, 13) ** 3) * 10.0
    columns = [seasonal(108, seed=k) for k in range(3)] + [np.tile(np.roll(year, k), 9) for k in range(5)]
    lines = [f"{2010 + t // 12}-{t % 12 + 1:02}-01," + ",".join(f"{c[t]:.2f}" for c in columns) for t in range(108)]
    path = tmp_path / "plans.csv"
    path.write_text("\n".join([",".join(["month", *(f"s{k}" for k in range(8))]), *lines]))
    result = run(workflow.forecast(run(workflow.check(path)), ForecastOptions(horizon=12)))
    assert [note.code for note in result.forecast.notes] == ["repeats_exactly"]
    exact = np.stack([np.roll(year, k) for k in range(5)])
    np.testing.assert_allclose(
        result.forecast.quantiles[3:], np.repeat(exact[:, :, None], len(CALIBRATION_LEVELS), axis=2)
    )


def steady_and_jagged() -> SeriesSet:
    """Six series that grow under noise, with a season; six that repeat one jagged year with its sign turned each month,
    almost exactly; six that are noise around 100; and one that is too short for a backtest."""
    rng = np.random.default_rng(0)
    t = np.arange(120)
    year = rng.permutation(np.arange(1, 13) ** 2) * 4.0
    growing = [300 + t + 25 * np.sin(2 * np.pi * t / 12) for _ in range(6)]
    jagged = [np.tile(np.roll(year, k), 10) * (-1) ** np.arange(120) + rng.normal(0, 0.5, 120) for k in range(6)]
    return series_set(
        *(growing + rng.normal(0, 8, (6, 120))), *jagged, *(100 + rng.normal(0, 5, (6, 120))), [1.0, 2.0, 3.0]
    )


def hundred(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """A model that forecasts 100 give or take 5, whatever the history."""
    yield Progress(0, len(series), "")
    z = np.array([NormalDist(100, 5).inv_cdf(level) for level in levels])
    made = naive.seasonal_naive(series, horizon, levels)
    return replace(made, quantiles=np.broadcast_to(z, made.quantiles.shape).copy(), model="hundred")


def test_each_series_takes_its_best_method() -> None:
    series = steady_and_jagged()
    found = run(backtest_series(plan_backtest(series, 6, DEFAULT_LEVELS), hundred))
    assert found is not None
    assert found.methods.selection.choice.tolist() == [2] * 6 + [1] * 6 + [0] * 7
    model = run(hundred(series, 6, DEFAULT_LEVELS))
    rows = np.arange(len(series))
    forecast, taken = switch_methods(found.methods, series, model, seasonal_error(series))
    np.testing.assert_array_equal(taken, found.methods.selection.choice)
    np.testing.assert_array_equal(forecast.quantiles[12:], model.quantiles[12:])
    by_theta, by_naive = (
        run(m.forecaster(series, 6, DEFAULT_LEVELS)) for m in (BY_KEY["theta"], BY_KEY["seasonal_naive"])
    )
    scale = seasonal_error(series)
    for made, method, places in ((by_theta, 2, rows[:6]), (by_naive, 1, rows[6:12])):
        calibration = found.methods.calibrations[method - 1]
        assert calibration is not None
        own = calibration.apply(made.quantiles[places], places, scale[places])
        np.testing.assert_allclose(forecast.quantiles[places], own)
    (note,) = better_methods(found, taken=True)
    assert "12 of 19 series are forecast better by another method: " in note.what
    assert "6 by repeating the last season (s6, s7, s8, s9, s10, …)" in note.what
    assert "6 by continuing trend and season (s0, s1, s2, s3, s4, …)." in note.what


def test_some_series_in_another_order_take_their_own_methods_too() -> None:
    series = steady_and_jagged()
    found = run(backtest_series(plan_backtest(series, 6, DEFAULT_LEVELS), hundred))
    assert found is not None
    model, scale = run(hundred(series, 6, DEFAULT_LEVELS)), seasonal_error(series)
    whole, _ = switch_methods(found.methods, series, model, scale)
    rows = np.array([14, 7, 2, 11])
    some = replace(model, names=tuple(f"s{k}" for k in rows), quantiles=model.quantiles[rows], first=model.first[rows])
    forecast, taken = switch_methods(found.methods, series, some, scale[rows])
    assert taken.tolist() == [0, 1, 2, 1]
    np.testing.assert_allclose(forecast.quantiles, whole.quantiles[rows])
    none, taken = switch_methods(found.methods, series, some.select(0), scale[rows[:1]])
    assert taken.tolist() == [0]
    np.testing.assert_array_equal(none.quantiles[0], model.quantiles[14])


def test_a_baseline_that_no_series_takes_is_not_calibrated() -> None:
    found = run(backtest_series(plan_backtest(three_series(), 4, DEFAULT_LEVELS), seasonal_naive))
    assert found is not None
    assert found.methods.calibrations == (None, None)


def test_a_stop_during_a_further_baseline_leaves_it_out() -> None:
    """Theta is stopped before it has anything, and so is all that follows."""
    told: list[Progress] = []
    series = steady_and_jagged()
    begun: list[bool] = []

    def stop() -> bool:
        """Theta, the last of three, begins where repeating the last season, done at once, has ended."""
        two_of_three = [progress.done * 3 == progress.total * 2 for progress in told[-2:]]
        begun.append(two_of_three == [True, True])
        return any(begun)

    found = run(backtest_series(plan_backtest(series, 6, DEFAULT_LEVELS), hundred), told.append, stop)
    assert found is not None
    assert [baseline.key for baseline in found.methods.baselines] == ["seasonal_naive"]
    assert found.methods.selection.choice.tolist()[6:] == [1] * 6 + [0] * 7
    assert "practice forecasts of 18 of 19 series" in range_note(found.report, found.runs.calibration)


def supports(result: ForecastResult, level: float) -> dict[str, RangeSupport]:
    return {name: result.range_support(i, level) for i, name in enumerate(result.forecast.names)}


def mixed(tmp_path: Path) -> ReadFile:
    """Six shops with years of sales, one thing sold now and then, one that never changes; and one sold for five
    months."""
    rng = np.random.default_rng(0)
    columns = {f"shop {k}": seasonal(90, seed=k).round(1) for k in range(6)}
    columns["rare"] = np.where(rng.random(90) < 0.15, rng.integers(1, 9, 90), 0.0)
    columns["flat"] = np.full(90, 7.0)
    columns["young"] = np.concatenate([np.full(85, np.nan), seasonal(5)]).round(1)
    lines = [",".join(["month", *columns])]
    for t in range(90):
        cells = ["" if np.isnan(column[t]) else f"{column[t]:g}" for column in columns.values()]
        lines.append(",".join([f"{2015 + t // 12}-{t % 12 + 1:02}-01", *cells]))
    path = tmp_path / "mixed.csv"
    path.write_text("\n".join(lines))
    return run(workflow.check(path))


def test_each_series_has_the_checks_of_its_demand_pattern(tmp_path: Path) -> None:
    result = run(workflow.forecast(mixed(tmp_path), ForecastOptions(horizon=12)))
    likely, surest = supports(result, 0.8), supports(result, 0.95)
    assert {likely[f"shop {k}"] for k in range(6)} == {surest[f"shop {k}"] for k in range(6)} == {RangeSupport.CHECKED}
    assert (likely["rare"], surest["rare"]) == (
        RangeSupport.CHECKED,
        RangeSupport.TOO_FEW_CHECKS,
    )  # a single one of its kind
    assert likely["flat"] is surest["flat"] is RangeSupport.CONSTANT
    assert result.independent_checks is not None
    assert result.independent_checks.shape == (len(result.forecast.names),)


def test_without_a_backtest_nothing_is_said_about_the_checks_of_ranges(tmp_path: Path) -> None:
    result = run(workflow.forecast(file_of(tmp_path, 2, 72), ForecastOptions(horizon=3, calibrate=False)))
    assert result.independent_checks is None
    assert set(supports(result, 0.95).values()) == {RangeSupport.CHECKED}


def test_a_history_too_short_for_a_backtest_leaves_every_range_unchecked(tmp_path: Path) -> None:
    result = run(workflow.forecast(file_of(tmp_path, 2, 4), ForecastOptions(horizon=2)))
    assert set(supports(result, 0.5).values()) == {RangeSupport.TOO_FEW_CHECKS}


def test_a_series_by_a_baseline_has_the_checks_of_that_baseline() -> None:
    found = run(backtest_series(plan_backtest(three_series(), 4, DEFAULT_LEVELS), seasonal_naive))
    assert found is not None
    own, calibration = found.methods, found.runs.calibration
    model, naive_, theta_ = (replace(calibration, checks=k * np.array([1.0, 2.0, 3.0])) for k in (1, 10, 100))
    split = replace(
        found,
        runs=replace(found.runs, calibration=model),
        methods=replace(own, calibrations=(naive_, theta_)),
    )
    np.testing.assert_array_equal(independent_checks(split, np.array([2, 0, 1]), np.array([0, 1, 2])), [3, 10, 200])


@pytest.mark.parametrize(("level", "needed"), [(0.5, 4), (0.8, 4), (0.9, 9), (0.95, 19), (0.99, 99)])
def test_the_number_of_checks_needed_is_the_same_everywhere(level: float, needed: int) -> None:
    assert checks_needed(level) == needed
    for checks in (needed - 1, needed):
        assert CoverageBand(level, level, 0.0, 1.0, checks, checks).has_enough_checks == (checks >= needed)
