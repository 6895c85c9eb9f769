"""Accuracy metrics of backtests, against independent implementations that get them window by window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import scoringrules
from tests.evaluation.builders import noise_set, runs_of
from utilsforecast import losses

from almanac.core.series import SeriesSet
from almanac.evaluation.backtest import backtest
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.report.accuracy import AccuracyMetrics, accuracy_metrics
from almanac.evaluation.report.report import BacktestReport, make_report

JUDGED = (0.5, 0.8, 0.9, 0.95)


@pytest.fixture
def series() -> SeriesSet:
    return noise_set(4, 60)


@pytest.fixture
def runs(series: SeriesSet) -> BacktestRuns:
    made = runs_of(series, centre=100.4, width=1.3, windows=5)
    return replace(made, scale=np.linspace(0.5, 2.0, len(made)))


def tables(series: SeriesSet, runs: BacktestRuns) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each window as a separate series: actual values with the forecast, and the history."""
    cells, past = [], []
    for w, (i, cut) in enumerate(zip(runs.series, runs.points, strict=True)):
        when = np.arange(cut, cut + runs.horizon)
        cells.append(
            pd.DataFrame({"unique_id": w, "ds": when, "cutoff": cut - 1, "y": runs.actuals[w], "model": runs.median[w]})
        )
        past.append(pd.DataFrame({"unique_id": w, "ds": np.arange(cut), "y": series[i][:cut]}))
    return pd.concat(cells), pd.concat(past)


def test_errors_of_the_median_agree_with_utilsforecast(series: SeriesSet, runs: BacktestRuns) -> None:
    cells, past = tables(series, runs)
    found = accuracy_metrics(runs, series, JUDGED)
    assert found.smape == pytest.approx(2 * losses.smape(cells, ["model"])["model"].mean())
    rmsse = [
        losses.rmsse(cells[cells.unique_id == w], ["model"], seasonality=1, train_df=past[past.unique_id == w])["model"]
        for w in range(len(runs))
    ]
    assert found.rmsse == pytest.approx(np.mean(rmsse))
    bias = losses.bias(cells, ["model"]).sort_values("unique_id")["model"].to_numpy() / runs.scale
    assert found.bias == pytest.approx(bias.mean())
    assert found.bias > 0  # the middle is 0.4 too high


def test_scores_of_the_ranges_agree_with_scoringrules(series: SeriesSet, runs: BacktestRuns) -> None:
    found = accuracy_metrics(runs, series, JUDGED)
    for level, score in ((0.8, found.interval_80), (0.95, found.interval_95)):
        low, high = runs.quantile((1 - level) / 2), runs.quantile((1 + level) / 2)
        expected = scoringrules.interval_score(runs.actuals, low, high, 1 - level).mean(axis=1) / runs.scale
        assert score == pytest.approx(expected.mean())
    normal = scoringrules.crps_normal(runs.actuals, 100.4, 1.3).mean(axis=1) / runs.scale
    assert found.crps == pytest.approx(normal.mean(), rel=0.02)  # seventeen quantiles of it


def test_windows_in_chunks_give_the_same_metrics(
    series: SeriesSet, runs: BacktestRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = accuracy_metrics(runs, series, JUDGED)
    monkeypatch.setattr(backtest, "MAX_WINDOWS_PER_CHUNK", 3)
    assert accuracy_metrics(runs, series, JUDGED) == whole


def test_a_repair_does_not_change_the_scale_of_errors(series: SeriesSet, runs: BacktestRuns) -> None:
    repaired = replace(series, values=series.values * 3, raw_values=series.values)
    assert accuracy_metrics(runs, repaired, JUDGED) == accuracy_metrics(runs, series, JUDGED)


def test_a_series_that_never_changed_is_left_out_of_scaled_metrics(series: SeriesSet, runs: BacktestRuns) -> None:
    flat = replace(runs, scale=np.where(runs.series == 0, 0.0, runs.scale))
    moving = runs.select(runs.series != 0)
    for name in ("crps", "interval_80", "interval_95", "bias"):
        assert getattr(accuracy_metrics(flat, series, JUDGED), name) == getattr(
            accuracy_metrics(moving, series, JUDGED), name
        )


def report_of(runs: BacktestRuns, series: SeriesSet) -> BacktestReport:
    return make_report(series, runs, runs, runs)


def test_a_report_has_interval_scores_only_of_ranges_with_enough_checks() -> None:
    series = noise_set(1, 160)
    found = report_of(runs_of(series, windows=8), series)  # eighteen checks, where 95% takes nineteen
    assert np.isfinite([found.accuracy.smape, found.accuracy.rmsse, found.accuracy.crps, found.accuracy.bias]).all()
    assert np.isfinite(found.accuracy.interval_80)
    assert not found.coverage[0.95].has_enough_checks
    assert np.isnan(found.accuracy.interval_95)
    plain = found.to_dict()
    assert plain["metrics"]["scaled_interval_score"]["0.95"] is None
    assert plain["metrics"]["smape"] == pytest.approx(found.accuracy.smape, abs=1e-6)


def test_where_one_value_outweighs_the_others_there_are_no_metrics() -> None:
    series = noise_set(3, 160)
    values = series.values.copy()
    values[150] = 1e9
    found = report_of(runs_of(replace(series, values=values), windows=12), series)
    assert found.to_dict()["metrics"] == AccuracyMetrics().to_dict()
    assert found.to_dict()["pit"] is not None  # one value counts once there


def test_without_windows_there_are_no_metrics() -> None:
    series = noise_set(3, 60)
    found = report_of(runs_of(series).select(np.arange(0)), series).to_dict()
    assert found["metrics"] == AccuracyMetrics().to_dict()
    assert found["pit"] is None
