"""Which steps of a backtest are checks of its ranges, and the block of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import FLOAT32_ROUNDING


@dataclass(frozen=True)
class CheckedSteps:
    """The C steps that check a range: ``window``, ``step`` (from 0), ``series`` and ``block``, int64 [C] each."""

    window: Integers
    step: Integers
    series: Integers
    block: Integers

    def __len__(self) -> int:
        return len(self.window)


def informative_steps(runs: BacktestRuns) -> Flags:
    """Whether each step checks a range: bool [W, H].

    Not where the actual value is unknown, nor where a range without any width held: that a series which never changes
    did not change says nothing.
    """
    lowest, highest = runs.quantiles[..., 0], runs.quantiles[..., -1]
    rounding = FLOAT32_ROUNDING * np.abs(highest)
    trivial = (highest - lowest <= rounding) & (np.abs(runs.actuals - highest) <= rounding)
    informative: Flags = np.isfinite(runs.actuals) & ~trivial
    return informative


def checked_steps(runs: BacktestRuns, steps: Flags) -> CheckedSteps:
    """Where the mask ``steps`` bool [W, H] is true; blocks are one horizon long."""
    window, step = np.nonzero(steps)
    return CheckedSteps(window, step, runs.series[window], runs.periods[window, step] // runs.horizon)


def constant_series(runs: BacktestRuns) -> Flags:
    """Which series were as flat as forecast wherever they were checked: bool [N]."""
    known, informative = (
        np.bincount(runs.series, steps.sum(axis=1), len(runs.names))
        for steps in (np.isfinite(runs.actuals), informative_steps(runs))
    )
    constant: Flags = (known > 0) & (informative == 0)
    return constant
