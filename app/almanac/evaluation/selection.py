"""Best for This Data: for each series the method that practice runs show to be clearly best, otherwise the model.

Choosing by the past flatters itself. So a method must beat the model by more than chance, the whole choice is tried on
later windows that it did not see, and where it does not help there, the model stays for all. The more methods, the more
surely each must be better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.backtest.losses import mean_loss

SURE = 2.0  # standard errors by which a single method must be better; see _sure
WORTHWHILE = 0.05  # and by this share of the model's loss
MUST_HELP = 0.99  # of the model's loss, on windows the choice did not see
MOST_AT_ONCE = 4.0  # times the usual difference: what a single window gains beyond that does not count
FEWEST_STRETCHES = 3  # of time, one horizon long, in which both were tried


@dataclass(frozen=True)
class Selection:
    """``methods``: the model first; ``pick`` int64 [N]: which of them each series takes. ``unseen``: the loss of such a
    choice on later windows it did not see, beside the model's (0.95: a twentieth less); NaN where it could not be
    tried, and 1 where the same method was taken throughout."""

    methods: tuple[str, ...]
    choice: Integers
    unseen_loss: float

    @property
    def switched(self) -> Integers:
        """Positions of the series that take another method than the model."""
        return np.flatnonzero(self.choice > 0)


def select_methods(contenders: Sequence[tuple[str, BacktestRuns]]) -> Selection:
    """Choose among practice runs on the same windows, the model's first.

    Windows that a method left out (too little history for it) tell nothing about it, and do not count against the
    others. A choice that did not lower the loss to ``MUST_HELP`` on windows it did not see is not made. Raises
    ``ValueError`` when a method was tried on windows that the model was not.
    """
    methods, first = tuple(name for name, _ in contenders), contenders[0][1]
    runs = [_on_windows_of(first, other) for _, other in contenders]
    nobody = Selection(methods, np.zeros(len(first.names), np.int64), float("nan"))
    if len(first) == 0:
        return nobody
    unseen = _on_later_windows(runs)
    if not unseen <= MUST_HELP:
        return Selection(methods, nobody.choice, unseen)
    return Selection(methods, _picks(runs), unseen)


def _on_windows_of(first: BacktestRuns, runs: BacktestRuns) -> BacktestRuns:
    """With unknown quantiles on the windows that were left out."""
    quantiles = np.full_like(first.quantiles, np.nan)
    width = int(max(first.points.max(initial=0), runs.points.max(initial=0))) + 1
    marks, own = (r.series * width + r.points for r in (first, runs))  # one number for each window
    if not np.isin(own, marks).all():
        raise ValueError("the practice runs are not of the same windows")
    quantiles[np.searchsorted(marks, own)] = runs.quantiles
    return replace(first, quantiles=quantiles)


def _sure(others: int) -> float:
    """Standard errors by which one of several methods must be better, so that chance takes any of them as rarely as it
    would a single one (Bonferroni): 2 for one, 2.3 for two."""
    normal = NormalDist()
    return -normal.inv_cdf(normal.cdf(-SURE) / others)


def _picks(runs: Sequence[BacktestRuns]) -> Integers:
    """The method that is clearly better than the model for each series, 0 where none is: int64 [N]. Of several, the one
    that gained most upon it."""
    base = mean_loss(runs[0])
    count, pick = len(runs[0].names), np.zeros(len(runs[0].names), np.int64)
    most, sure = np.zeros(count), _sure(max(len(runs) - 1, 1))
    for method, other in enumerate(runs[1:], 1):
        loss = mean_loss(other)
        gain, error, size = _gains(base, loss, other, count)
        known = np.isfinite(base) & np.isfinite(loss)
        of = other.series[known]
        gained = np.bincount(of, (base - loss)[known], minlength=count) / np.maximum(
            np.bincount(of, minlength=count), 1
        )
        clear = (gain > sure * error) & (gain > WORTHWHILE * size) & (gained > most)
        pick[clear], most[clear] = method, gained[clear]
    return pick


def _gains(base: Floats, loss: Floats, runs: BacktestRuns, count: int) -> tuple[Floats, Floats, Floats]:
    """By how much less a method loses than the model, shrunk towards what it does for all series, the standard error of
    that, and the model's loss: [N] each; a gain of -inf where there are too few stretches of time."""
    known = np.isfinite(base) & np.isfinite(loss)
    of, better = runs.series[known], (base - loss)[known]
    windows = np.maximum(np.bincount(of, minlength=count), 1)
    better = np.minimum(better, MOST_AT_ONCE * _median(np.abs(better), of, count)[of])
    mean = np.bincount(of, better, minlength=count) / windows
    size = np.bincount(of, base[known], minlength=count) / windows
    spread = np.bincount(of, (better - mean[of]) ** 2, minlength=count) / windows
    blocks = runs.cutoff[known] // runs.horizon
    stretches = np.bincount(np.unique(np.stack([of, blocks]), axis=1)[0], minlength=count)
    told = (stretches >= FEWEST_STRETCHES) & (size > 0)
    chance = np.where(told, spread / np.maximum(stretches - 1, 1), np.inf)
    share = np.divide(mean, size, out=np.zeros(count), where=size > 0)  # series of all sizes side by side
    noise = np.divide(chance, size**2, out=np.full(count, np.inf), where=told)
    if told.sum() < 2:
        return np.where(told, mean, -np.inf), np.sqrt(chance), size
    usual = float(np.median(share[told]))
    between = max(float(((share[told] - usual) ** 2 - noise[told]).mean()), 0.0)
    weight = np.divide(between, between + noise, out=np.zeros(count), where=told & (noise + between > 0))
    shrunk = weight * share + (1 - weight) * usual
    usual_too = np.pi / 2 * (between + float(noise[told].mean())) / told.sum()  # the variance of a median
    error = np.sqrt(weight * np.where(told, noise, 0.0) + (1 - weight) ** 2 * usual_too)
    return np.where(told, shrunk * size, -np.inf), error * size, size


def _median(values: Floats, of: Integers, count: int) -> Floats:
    """The (lower) median for each series: [N]; 0 where there is no value. ``of`` [W], ascending: the series of each."""
    ordered = np.append(values[np.lexsort((values, of))], 0.0)
    number = np.bincount(of, minlength=count)
    middle = np.cumsum(number) - number + np.maximum(number - 1, 0) // 2
    return np.where(number > 0, ordered[np.minimum(middle, len(values))], 0.0)


def _on_later_windows(runs: Sequence[BacktestRuns]) -> float:
    """The loss of a choice made by the earlier half of the windows, on those cut when all of that was known, beside the
    model's."""
    cut = int(np.quantile(runs[0].cutoff, 0.6, method="lower"))
    pick = _picks([r.known_at(cut) for r in runs])
    later = runs[0].cutoff >= cut
    losses = np.stack([mean_loss(r)[later] for r in runs])
    known = np.isfinite(losses[0])
    if not known.any():
        return float("nan")
    taken = pick[runs[0].series[later][known]]
    chosen = losses[:, known][taken, np.arange(int(known.sum()))]
    model = losses[0, known]
    chosen = np.where(np.isfinite(chosen), chosen, model)  # what a method leaves out, the model forecasts
    return float(chosen.sum() / model.sum()) if model.sum() > 0 else float("nan")
