"""Best for This Data: for each series the method that backtests show to be clearly best, otherwise the model.

Choosing by the past flatters the choice. So a method must beat the model by more than chance, the whole choice is tried
on later windows that it did not see, and where it does not help there, the model forecasts all series. The more methods
there are, the more surely each must be better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.backtest.losses import step_losses
from almanac.evaluation.metrics import mean_known

# How they were chosen, and what they cost and avoid: docs/decisions/0008.
STANDARD_ERRORS = 2.0  # by which a single method must be better; see _standard_errors for several
MIN_GAIN = 0.05  # of the model's loss; less is not worth a change
MAX_UNSEEN_LOSS = 0.99  # of the model's, on windows that the choice did not see
MAX_WINDOW_GAIN = 4.0  # times the usual difference: what a single window gains beyond that does not count
MIN_BLOCKS = 3  # stretches of time, one horizon long, in which both methods were tried
EARLIER_SHARE = 0.6  # of the cut-offs: a choice is tried by these, on the later ones; chosen by judgement


@dataclass(frozen=True)
class Selection:
    """Which method each of N series takes.

    ``methods``: their keys, the model's first; ``choice`` int64 [N]: the position in ``methods`` for each series.
    ``unseen_loss``: the loss of such a choice on later windows that it did not see, divided by the model's (0.95: a
    twentieth less); NaN where it could not be tried, and 1 where it took the model throughout.
    """

    methods: tuple[str, ...]
    choice: Integers
    unseen_loss: float

    @property
    def switched(self) -> Integers:
        """Positions of the series that take another method than the model: int64."""
        return np.flatnonzero(self.choice > 0)


def select_methods(contenders: Sequence[tuple[str, BacktestRuns]]) -> Selection:
    """Choose a method for each series. ``contenders``: key and backtest runs of each, the model's first.

    Windows that a method left out (too little history for it) say nothing about it, and do not count against the
    others. When the same choice, made on earlier windows, did not lower the loss of later ones to ``MAX_UNSEEN_LOSS``
    of the model's, all series take the model. Raises ``ValueError`` when a method was tried on windows that the model
    was not.
    """
    methods, model = tuple(method for method, _ in contenders), contenders[0][1]
    losses = [_losses_on_windows_of(model, other) for _, other in contenders]
    all_model = Selection(methods, np.zeros(len(model.names), np.int64), float("nan"))
    if len(model) == 0:
        return all_model
    unseen_loss = _loss_on_later_windows(model, losses)
    if not unseen_loss <= MAX_UNSEEN_LOSS:
        return replace(all_model, unseen_loss=unseen_loss)
    return Selection(methods, _choose(model, losses), unseen_loss)


def _losses_on_windows_of(model: BacktestRuns, runs: BacktestRuns) -> Floats:
    """The losses of the runs' steps on all windows of the model's, NaN on those that were left out: float64 [W, H]."""
    losses = np.full(model.actuals.shape, np.nan)
    width = int(max(model.points.max(initial=0), runs.points.max(initial=0))) + 1
    all_windows, own = (r.series * width + r.points for r in (model, runs))  # one number for each window
    if not np.isin(own, all_windows).all():
        raise ValueError("the backtests are not of the same windows")
    losses[np.searchsorted(all_windows, own)] = step_losses(runs)
    return losses


def _standard_errors(others: int) -> float:
    """Standard errors by which one of several methods must be better: 2 for one, 2.3 for two.

    So that chance takes any of them as rarely as it would a single one (Bonferroni).
    """
    normal = NormalDist()
    return -normal.inv_cdf(normal.cdf(-STANDARD_ERRORS) / others)


def _choose(windows: BacktestRuns, losses: Sequence[Floats]) -> Integers:
    """For each series the method that is clearly better than the model, 0 where none is: int64 [N].

    ``losses``: of the steps of these windows by each method, float64 [W, H], the model's first. Of several such
    methods, the one whose mean loss is lowest.
    """
    base = mean_known(losses[0])
    count = len(windows.names)
    choice, largest = np.zeros(count, np.int64), np.zeros(count)
    needed = _standard_errors(max(len(losses) - 1, 1))
    for method, other in enumerate(losses[1:], 1):
        loss = mean_known(other)
        known = np.isfinite(base) & np.isfinite(loss)
        of = windows.series[known]
        gain = _shrunk(_gains(base[known], loss[known], of, windows.cutoff[known] // windows.horizon, count))
        mean = np.bincount(of, (base - loss)[known], minlength=count) / np.maximum(np.bincount(of, minlength=count), 1)
        clear = (gain.mean > needed * gain.error) & (gain.mean > MIN_GAIN * gain.base) & (mean > largest)
        choice[clear], largest[clear] = method, mean[clear]
    return choice


@dataclass(frozen=True)
class _Gains:
    """By how much less a method loses than the model in N series, [N] each.

    ``mean``: the gain; ``variance``: its squared standard error; ``base``: the model's mean loss; ``judged``: whether
    there is enough to judge by (where not, the gain is -inf or its variance inf).
    """

    mean: Floats
    variance: Floats
    base: Floats
    judged: Flags

    @property
    def error(self) -> Floats:
        """The standard error of each gain: float64 [N]."""
        return np.sqrt(self.variance)


def _gains(base: Floats, loss: Floats, of: Integers, block: Integers, count: int) -> _Gains:
    """The gains of each series by itself, from W windows.

    ``base``, ``loss`` float64 [W]: the model's and the method's loss; ``of``, ``block`` int64 [W]: the series and the
    block of each window, ascending; ``count``: N. The gain of a window, base - loss, counts up to ``MAX_WINDOW_GAIN``
    times the median absolute difference of its series. The variance of the mean over windows in B blocks is

        mean of (gain - mean gain)^2 / (B - 1),

    as if the windows of one block were a single one.
    """
    windows = np.maximum(np.bincount(of, minlength=count), 1)
    gain = base - loss
    gain = np.minimum(gain, MAX_WINDOW_GAIN * _median_of_series(np.abs(gain), of, count)[of])
    mean = np.bincount(of, gain, minlength=count) / windows
    mean_base = np.bincount(of, base, minlength=count) / windows
    variance = np.bincount(of, (gain - mean[of]) ** 2, minlength=count) / windows
    blocks = np.bincount(np.unique(np.stack([of, block]), axis=1)[0], minlength=count)
    judged = (blocks >= MIN_BLOCKS) & (mean_base > 0)
    variance = np.where(judged, variance / np.maximum(blocks - 1, 1), np.inf)
    return _Gains(mean, variance, mean_base, judged)


def _shrunk(own: _Gains) -> _Gains:
    """The gains of N series, each shrunk towards what the method gains in all of them: empirical Bayes.

    With x_i the gain of series i as a share of the model's loss, e_i its standard error, m the median of x over the n
    judged series, and t^2 = max(0, mean of ((x_i - m)^2 - e_i^2)) the variance between series:

        weight_i = t^2 / (t^2 + e_i^2),   shrunk x_i = weight_i x_i + (1 - weight_i) m,
        error_i^2 = weight_i e_i^2 + (1 - weight_i)^2 var(m),   var(m) = pi / 2 (t^2 + mean of e^2) / n,

    the last being the variance of the median of a normal sample. After Efron and Morris (1975), with the error of the
    common mean as in Morris (1983), "Parametric empirical Bayes inference", section 5. Series that are not judged have
    a gain of -inf; with fewer than two judged ones nothing is shrunk.
    """
    judged, count = own.judged, len(own.mean)
    if judged.sum() < 2:
        return replace(own, mean=np.where(judged, own.mean, -np.inf))
    share = np.divide(own.mean, own.base, out=np.zeros(count), where=own.base > 0)
    noise = np.divide(own.variance, own.base**2, out=np.full(count, np.inf), where=judged)
    middle = float(np.median(share[judged]))
    between = max(float(((share[judged] - middle) ** 2 - noise[judged]).mean()), 0.0)
    weight = np.divide(between, between + noise, out=np.zeros(count), where=judged & (noise + between > 0))
    shrunk = weight * share + (1 - weight) * middle
    middle_variance = np.pi / 2 * (between + float(noise[judged].mean())) / judged.sum()
    variance = weight * np.where(judged, noise, 0.0) + (1 - weight) ** 2 * middle_variance
    return _Gains(np.where(judged, shrunk * own.base, -np.inf), variance * own.base**2, own.base, judged)


def _median_of_series(values: Floats, of: Integers, count: int) -> Floats:
    """The (lower) median for each series: float64 [N]; 0 where there is no value. ``of`` [W], ascending."""
    ordered = np.append(values[np.lexsort((values, of))], 0.0)
    number = np.bincount(of, minlength=count)
    middle = np.cumsum(number) - number + np.maximum(number - 1, 0) // 2
    return np.where(number > 0, ordered[np.minimum(middle, len(values))], 0.0)


def _loss_on_later_windows(windows: BacktestRuns, losses: Sequence[Floats]) -> float:
    """The loss of a choice made on earlier windows, on those cut when all of these were known, divided by the model's.

    NaN where it cannot be tried. What a method leaves out, the model forecasts.
    """
    cutoff = int(np.quantile(windows.cutoff, EARLIER_SHARE, method="lower"))
    choice = _choose(windows, [np.where(windows.periods <= cutoff, loss, np.nan) for loss in losses])
    later = windows.cutoff >= cutoff
    later_losses = np.stack([mean_known(loss[later]) for loss in losses])
    known = np.isfinite(later_losses[0])
    if not known.any():
        return float("nan")
    taken = choice[windows.series[later][known]]
    chosen = later_losses[:, known][taken, np.arange(int(known.sum()))]
    model = later_losses[0, known]
    chosen = np.where(np.isfinite(chosen), chosen, model)
    return float(chosen.sum() / model.sum()) if model.sum() > 0 else float("nan")
