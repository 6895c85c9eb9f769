"""Ranges that follow reality: what became of the forecasts that a person was given takes over from practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from almanac.core.entered.events import Event
from almanac.workflow.updates.past_runs import PastRuns, past_runs_of
from almanac.workflow.updates.sold_out import sold_out

if TYPE_CHECKING:
    from almanac.tables import ReadFile
    from almanac.workflow.backtests.backtesting import Backtest


def with_real_outcomes(backtest: Backtest, file: ReadFile, dated: Sequence[Event] = ()) -> Backtest:
    """The backtest with ranges calibrated on real outcomes too, where the history has enough of them; and widened where
    values swing more widely since a change, and the person or their settings said so.

    ``dated``: events; what was sold while stock ran out says nothing about ranges.
    """
    from almanac import evaluation

    runs = past_runs_of(file)
    if runs is None:
        return backtest
    backtest = _with_outcomes(backtest, file, dated, runs)
    everything = dict.fromkeys(backtest.runs.raw.names, runs.wider[""]) if "" in runs.wider else {}
    calibration = evaluation.widened_since(backtest.runs.calibration, backtest.runs.raw, everything | dict(runs.wider))
    return replace(backtest, runs=replace(backtest.runs, calibration=calibration))


def _with_outcomes(backtest: Backtest, file: ReadFile, dated: Sequence[Event], runs: PastRuns) -> Backtest:
    """The backtest with what online tracking has learned from the forecasts that were given."""
    from almanac import evaluation

    capped = sold_out(file, dated)
    past = evaluation.past_forecasts([one.forecast for one in runs.given], file.series, runs.renamed, capped)
    if len(past) == 0 or past.runs.names != backtest.runs.calibration.names:
        return backtest
    calibration = evaluation.with_outcomes(backtest.runs.calibration, past.runs)
    return replace(backtest, runs=replace(backtest.runs, calibration=calibration))
