"""Ranges that follow each series: every value that arrives says a little about the next ranges of the same series.

Whatever a series does, the share of its values below a quantile nears the quantile's level: over T values it is off by
at most (furthest shift + rate) / (rate × T). Angelopoulos, Candès and Tibshirani (2023), "Conformal PID control for
time series prediction", section 2.1 (quantile tracking, the P term).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.series import Floats, Integers
from almanac.trust.backtest import PracticeRuns
from almanac.trust.evidence import below
from almanac.trust.spread import spread

RATE = 0.1  # predicted spreads that a quantile one step ahead moves at each value, at most
STEPS = 4  # further ahead, values arrive too late to be followed


@dataclass(frozen=True)
class Tracker:
    """Shifts of the quantiles of N series, each learned from its own values one after another. Made by ``follow``.

    ``shifts`` float64 [M, S, Q]: in predicted spreads, of the first S steps of the M series that were followed;
    ``place`` int64 [N]: which row is each series', -1 where it was not followed.
    """

    levels: Floats
    shifts: Floats
    place: Integers

    @property
    def steps(self) -> int:
        """How many steps ahead are followed."""
        return int(self.shifts.shape[1])

    def applied(self, quantiles: Floats, series: Integers, scale: Floats) -> Floats:
        """Quantiles [R, H, Q] of the series at these positions, moved and never decreasing along Q; ``scale`` [R] as in
        ``PracticeRuns``. What was nowhere negative does not become so."""
        rows, steps = self.place[series], min(self.steps, quantiles.shape[1])
        moved = quantiles.copy()
        known = rows >= 0
        near = quantiles[known, :steps]
        unit = spread(near, self.levels, scale[known])[:, :, None]
        moved[known, :steps] = _in_order(near + self.shifts[rows[known], :steps] * unit, near)
        return moved


def follow(runs: PracticeRuns) -> tuple[Tracker, PracticeRuns]:
    """Follow each series through its practice windows: what was learned by the end, and the windows with the ranges
    that following would have given them at the time.

    When a window is cut, all values up to there are known, and every forecast of them that was made before is compared
    with them once. A forecast h steps ahead is answered h periods later, when h - 1 more were already made the same
    way, so its quantiles move by rate / h² only, and not at all beyond ``STEPS``: with more, ranges swing to and fro.
    """
    levels, steps = runs.levels, min(STEPS, runs.horizon)
    followed = np.unique(runs.series)
    place = np.full(len(runs.names), -1, np.int64)
    place[followed] = np.arange(len(followed))
    rates = RATE / np.arange(1, steps + 1) ** 2
    near = runs.quantiles[:, :steps]
    unit = spread(near, levels, runs.scale)
    excess = np.divide(
        runs.actuals[:, :steps, None] - near,
        unit[:, :, None],
        out=np.full(near.shape, np.nan),
        where=unit[..., None] > 0,
    )
    window, step = np.nonzero(np.isfinite(excess).all(axis=2))
    turn, learned = _turns(runs), _learned(runs, window, step)
    shifts, given = np.zeros((len(followed), steps, len(levels))), np.zeros(near.shape)
    last = int(turn.max(initial=-1)) + 1
    order = np.argsort(learned, kind="stable")
    bounds = np.searchsorted(learned[order], np.arange(last + 2))
    for now in range(last + 1):
        cells = order[bounds[now] : bounds[now + 1]]
        w, h = window[cells], step[cells]
        moves = rates[h, None] * (levels - below(excess[w, h] - given[w, h], levels))
        np.add.at(shifts, (place[runs.series[w]], h), moves)
        cut = np.flatnonzero(turn == now)
        given[cut] = shifts[place[runs.series[cut]]]
    quantiles = runs.quantiles.copy()
    quantiles[:, :steps] = _in_order(near + given * unit[:, :, None], near)
    return Tracker(levels, shifts, place), replace(runs, quantiles=quantiles)


def _turns(runs: PracticeRuns) -> Integers:
    """The how manieth window of its series each is, from 0: int64 [W]."""
    turns: Integers = np.arange(len(runs)) - np.searchsorted(runs.series, runs.series)
    return turns


def _learned(runs: PracticeRuns, window: Integers, step: Integers) -> Integers:
    """At which turn of its series the outcome of each of these cells is known first; after the last window: the number
    of turns of the longest series."""
    width = int(runs.periods.max(initial=0) - runs.cutoff.min(initial=0)) + 2
    first = runs.cutoff.min(initial=0)
    cuts = runs.series * width + (runs.cutoff - first)
    known = np.searchsorted(cuts, runs.series[window] * width + (runs.periods[window, step] - first))
    end = np.searchsorted(runs.series, runs.series[window], side="right")
    turns = _turns(runs)
    last = int(turns.max(initial=-1)) + 1
    learned: Integers = np.where(known < end, turns[np.minimum(known, len(runs) - 1)], last)
    return learned


def _in_order(moved: Floats, before: Floats) -> Floats:
    lowest = np.where(before.min(axis=-1, keepdims=True) >= 0, 0.0, -np.inf)
    ordered: Floats = np.maximum(np.sort(moved, axis=-1), lowest)
    return ordered
