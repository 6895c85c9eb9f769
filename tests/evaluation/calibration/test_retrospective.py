"""Backtest runs corrected as they would have been at the time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.evaluation.builders import LEVEL, noise_set, runs_of

from almanac.core.arrays import Floats
from almanac.evaluation.calibration.retrospective import RECALIBRATIONS, calibrate_retrospectively, calibration_helped
from almanac.evaluation.metrics import covered


def test_later_windows_profit_from_earlier_ones_and_the_first_from_none() -> None:
    series = noise_set(150, 160)
    runs = runs_of(series, width=0.5, windows=12)
    now = calibrate_retrospectively(runs, series)
    first = runs.cutoff == runs.cutoff.min()
    np.testing.assert_array_equal(now.quantiles[first], runs.quantiles[first])
    last = runs.cutoff == runs.cutoff.max()
    assert np.nanmean(covered(now.quantiles[last], runs.actuals[last], LEVEL, 0.8)) == pytest.approx(0.8, abs=0.04)
    assert np.nanmean(covered(runs.quantiles[last], runs.actuals[last], LEVEL, 0.8)) < 0.6


def test_no_correction_depends_on_later_values() -> None:
    series = noise_set(40, 160)
    runs = runs_of(series, width=0.5, windows=12)
    period = int(np.unique(runs.cutoff)[7])

    def with_future(values: Floats) -> Floats:
        changed = replace(series, values=np.where(np.tile(np.arange(160), 40) > period, values, series.values))
        later = replace(runs, actuals=np.where(runs.periods > period, -1000.0, runs.actuals))
        return calibrate_retrospectively(later, changed).quantiles[runs.cutoff <= period]

    known = calibrate_retrospectively(runs, series).quantiles[runs.cutoff <= period]
    np.testing.assert_array_equal(with_future(np.full(40 * 160, -1000.0)), known)
    assert RECALIBRATIONS > 2


def test_without_windows_nothing_is_corrected() -> None:
    series = noise_set(2, 60)
    none = runs_of(series, windows=1).select(np.arange(0))
    assert len(calibrate_retrospectively(none, series)) == 0


def test_a_correction_that_did_not_lower_the_loss_of_later_windows_did_not_help() -> None:
    series = noise_set(150, 160)
    narrow = runs_of(series, width=0.5, windows=12)
    assert calibration_helped(narrow, calibrate_retrospectively(narrow, series))
    early = (narrow.cutoff < np.median(narrow.cutoff))[:, None, None]
    turned = replace(narrow, quantiles=100 + (narrow.quantiles - 100) * np.where(early, 1.0, 6.0))
    assert not calibration_helped(turned, calibrate_retrospectively(turned, series))
    assert not calibration_helped(narrow, narrow)  # what could not be tried
