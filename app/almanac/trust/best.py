"""Best for This Data: for each series the method that practice runs show to be clearly best, otherwise the model.

Choosing by the past flatters itself. So a method must beat the model by more than chance, the whole choice is tried on
later windows that it did not see, and where it does not help there, the model stays for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.series import Floats, Integers
from almanac.trust.backtest import PracticeRuns
from almanac.trust.verdicts import mean_loss

SURE = 2.0  # standard errors by which a method must be better
WORTHWHILE = 0.05  # and by this share of the model's loss
MUST_HELP = 0.99  # of the model's loss, on windows the choice did not see
FEWEST_STRETCHES = 3  # of time, one horizon long, in which both were tried


@dataclass(frozen=True)
class Best:
    """``methods``: the model first; ``pick`` int64 [N]: which of them each series takes. ``unseen``: the loss of such a
    choice on later windows it did not see, beside the model's (0.95: a twentieth less); NaN where it could not be
    tried, and 1 where the same method was taken throughout."""

    methods: tuple[str, ...]
    pick: Integers
    unseen: float

    @property
    def others(self) -> Integers:
        """Positions of the series that take another method than the model."""
        return np.flatnonzero(self.pick > 0)


def best(contenders: Sequence[tuple[str, PracticeRuns]]) -> Best:
    """Choose among practice runs on the same windows, the model's first.

    A choice that did not lower the loss to ``MUST_HELP`` on windows it did not see is not made. Raises ``ValueError``
    when the windows differ.
    """
    methods, runs = tuple(name for name, _ in contenders), [r for _, r in contenders]
    first = runs[0]
    for other in runs[1:]:
        if not (np.array_equal(first.series, other.series) and np.array_equal(first.cutoff, other.cutoff)):
            raise ValueError("the practice runs are not of the same windows")
    nobody = Best(methods, np.zeros(len(first.names), np.int64), float("nan"))
    if len(first) == 0:
        return nobody
    unseen = _on_later_windows(runs)
    if not unseen <= MUST_HELP:
        return Best(methods, nobody.pick, unseen)
    return Best(methods, _picks(runs), unseen)


def _picks(runs: Sequence[PracticeRuns]) -> Integers:
    """The method that is clearly better than the model for each series, 0 where none is: int64 [N]."""
    base = mean_loss(runs[0])
    count, pick = len(runs[0].names), np.zeros(len(runs[0].names), np.int64)
    most = np.zeros(count)
    for method, other in enumerate(runs[1:], 1):
        gain, error, size = _gains(base, mean_loss(other), other, count)
        clear = (gain > SURE * error) & (gain > WORTHWHILE * size) & (gain > most)
        pick[clear], most[clear] = method, gain[clear]
    return pick


def _gains(base: Floats, loss: Floats, runs: PracticeRuns, count: int) -> tuple[Floats, Floats, Floats]:
    """By how much less a method loses than the model, shrunk towards what it does for all series, the standard error of
    that, and the model's loss: [N] each; a gain of -inf where there are too few stretches of time."""
    known = np.isfinite(base) & np.isfinite(loss)
    of, better = runs.series[known], (base - loss)[known]
    windows = np.maximum(np.bincount(of, minlength=count), 1)
    mean = np.bincount(of, better, minlength=count) / windows
    size = np.bincount(of, base[known], minlength=count) / windows
    spread = np.bincount(of, (better - mean[of]) ** 2, minlength=count) / windows
    blocks = runs.cutoff[known] // runs.horizon
    stretches = np.bincount(np.unique(np.stack([of, blocks]), axis=1)[0], minlength=count)
    told = stretches >= FEWEST_STRETCHES
    chance = np.where(told, spread / np.maximum(stretches - 1, 1), np.inf)
    share = np.divide(mean, size, out=np.zeros(count), where=size > 0)  # series of all sizes side by side
    noise = np.divide(chance, size**2, out=np.full(count, np.inf), where=size > 0)
    if told.sum() < 2:
        return np.where(told, mean, -np.inf), np.sqrt(chance), size
    usual = float(np.median(share[told]))
    between = max(float(((share[told] - usual) ** 2 - noise[told]).mean()), 0.0)
    weight = np.divide(between, between + noise, out=np.zeros(count), where=np.isfinite(noise) & (noise + between > 0))
    shrunk = weight * share + (1 - weight) * usual
    return np.where(told, shrunk * size, -np.inf), np.sqrt(weight * np.where(told, noise, 0.0)) * size, size


def _on_later_windows(runs: Sequence[PracticeRuns]) -> float:
    """The loss of a choice made by the earlier half of the windows, on those cut when all of that was known, beside the
    model's."""
    cut = int(np.quantile(runs[0].cutoff, 0.6, method="lower"))
    pick = _picks([r.known_at(cut) for r in runs])
    later = runs[0].cutoff >= cut
    losses = np.stack([mean_loss(r)[later] for r in runs])
    known = np.isfinite(losses).all(axis=0)
    if not known.any():
        return float("nan")
    taken = pick[runs[0].series[later][known]]
    chosen = losses[:, known][taken, np.arange(int(known.sum()))]
    model = float(losses[0, known].sum())
    return float(chosen.sum() / model) if model > 0 else float("nan")
