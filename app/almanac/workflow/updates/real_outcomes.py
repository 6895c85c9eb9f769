"""Ranges that follow reality: what became of the forecasts that a person was given takes over from practice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from almanac.workflow.updates.past_runs import past_runs_of

if TYPE_CHECKING:
    from almanac.tables import ReadFile
    from almanac.workflow.backtests.backtesting import Backtest


def with_real_outcomes(backtest: Backtest, file: ReadFile) -> Backtest:
    """The backtest with ranges calibrated on real outcomes too, where the history has enough of them."""
    from almanac import evaluation

    runs = past_runs_of(file)
    if runs is None or not runs.given:
        return backtest
    past = evaluation.past_forecasts([one.forecast for one in runs.given], file.series, runs.renamed)
    if len(past) == 0 or past.runs.names != backtest.runs.calibration.names:
        return backtest
    calibration = evaluation.with_outcomes(backtest.runs.calibration, past.runs)
    return replace(backtest, runs=replace(backtest.runs, calibration=calibration))
