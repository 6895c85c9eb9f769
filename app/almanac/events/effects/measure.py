"""The effect of each event, from practice forecasts: what happened compared with what was expected without it.

An effect β changes a value y to y (1 + β x), x being the share of the period that the event takes; where values may
fall below 0, to y + β x s, s being the usual change of the series. For each occurrence o of an event, over all series,
β_o = Σ w x (a - e) / Σ w x² e with actual a, expected e, and w = 1 / e averaged over the series, so that each series
counts alike, less where its periods without events are noisier than those of most: a product that sells once a month
says nearly nothing; β is their weighted mean, others being taken out (backfitting). Its standard error comes from how
the occurrences differ, moderated by the noise of periods without events (Smyth 2004); ``shrink`` draws it towards none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.entered.events import EventEffect, EventKind
from almanac.events.dates.calendars import Term
from almanac.events.effects.practice import Observations
from almanac.events.effects.shrink import Estimate, Posterior, spike_and_slabs, towards_common

# All chosen by judgement.
SWEEPS = 4  # of backfitting; events overlap little
PRIOR_FREEDOM = 4.0  # occurrences that the noise of other periods counts as
PRIOR = {0: 0.4, -1: 0.1, 1: 0.1}  # probability of an effect of an event, of the time before it, of the day after
PRIOR_OF_ONE = 0.15  # probability that one holiday differs from what all holidays have in common
WIDTHS, WIDTHS_OF_CHANGES = (0.1, 0.4, 1.5), (0.5, 2.0, 6.0)  # of likely effects: of the value, or in usual changes
MIN_ALIKE = 3  # holidays that show what all have in common
LIMIT, LIMIT_OF_CHANGES = 9.0, 100.0  # the largest effect that is believed
MIN_FREE = 8  # steps without an event that show the noise
MIN_VARIANCE = 1e-6  # of a period, as a share of its value
MIN_SPREAD = 0.3  # of values under an event, compared with other values
TAIL = 1.2816  # standard deviations to each side of the middle 80% of a normal distribution
_NOTHING = Posterior(0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Effects:
    """The effects of K terms on N series.

    ``sizes``: float64 [N, K]; ``spread``: float64 [N, K], the standard deviation of the effect of one occurrence to
    come, as far as it is more than the noise of any period; ``shared``: float64 [N, K], the part of it that all series
    have in common: one occurrence does more than another, for all of them; ``found``: of each term over all series.
    """

    sizes: Floats
    spread: Floats
    shared: Floats
    found: tuple[EventEffect, ...] = ()

    @staticmethod
    def none(series: int, terms: int) -> Effects:
        """Nothing is known of any effect."""
        shape = series, terms
        return Effects(np.zeros(shape), np.zeros(shape), np.zeros(shape))


@dataclass(frozen=True, eq=False)
class _Noise:
    """The variance of a period without events, as a share of what is expected: of all series together, and of each
    alone, float64 [N].
    """

    shared: float
    own: Floats


@dataclass(frozen=True)
class _Seen:
    """An ``estimate``; ``varies``: the variance between occurrences beyond noise; ``count`` of these."""

    estimate: Estimate
    varies: float = 0.0
    count: int = 0


_UNSEEN = _Seen(Estimate(0.0, np.inf))


def measure(seen: Observations, terms: Sequence[Term], relative: Flags, until: int | None = None) -> Effects:
    """The effects as far as they could be known at the position ``until`` (None: now).

    ``relative``: bool [N], series whose effects are shares of their value.
    """
    effects = Effects.none(len(relative), len(terms))
    if until is not None:
        seen = seen.take(seen.known <= until)
    found: list[EventEffect] = []
    for share in (True, False):
        chosen = relative[seen.series] == share
        if not terms or not chosen.any():
            continue
        fit = _Fit(seen.take(chosen), terms, share)
        fit.sweep()
        members = relative == share
        sizes, spread = fit.of_series(members)
        effects.sizes[members], effects.spread[members] = sizes, spread
        effects.shared[members] = fit.shared
        found += fit.found
    return Effects(effects.sizes, effects.spread, effects.shared, tuple(found))


class _Fit:
    """Backfitting of all terms on the steps of one kind of series."""

    def __init__(self, seen: Observations, terms: Sequence[Term], relative: bool) -> None:
        self.seen, self.terms, self.relative = seen, terms, relative
        self.widths = WIDTHS if relative else WIDTHS_OF_CHANGES
        self.limit = LIMIT if relative else LIMIT_OF_CHANGES
        count = int(seen.series.max()) + 1
        level = np.bincount(seen.series, seen.size, count) / np.maximum(np.bincount(seen.series, minlength=count), 1)
        self.weight = 1 / np.maximum(level[seen.series], 1e-12)
        self.free: Flags = ~np.any(np.abs(seen.shares) > 0, axis=1)  # steps without an event; all where there are few
        if self.free.sum() < MIN_FREE:
            self.free = np.full(len(self.free), True)
        variance = self._variance(count)
        usual = float(np.median(variance[np.unique(seen.series)]))
        self.weight = self.weight * np.minimum(usual / variance, 1.0)[seen.series]
        self.steps = [np.flatnonzero(seen.shares[:, k]) for k in range(len(terms))]
        self.occurrence = [self._occurrences(k) for k in range(len(terms))]
        self.posterior = [_NOTHING] * len(terms)
        self.estimate = [_UNSEEN] * len(terms)
        self.noise = self._noise(variance)

    def sweep(self) -> None:
        """Estimate each term with the others taken out, several times over."""
        common = dict.fromkeys(PRIOR, _NOTHING)
        for _ in range(SWEEPS):
            for k, term in enumerate(self.terms):
                self.estimate[k] = self._estimated(k)
                around = common[term.offset] if term.kind is EventKind.HOLIDAY else _NOTHING
                self.posterior[k] = self._shrunk(k, around)
            common = {offset: self._common(offset) for offset in common}

    def _shrunk(self, k: int, around: Posterior) -> Posterior:
        """The effect of a term, drawn towards none; of a holiday, towards what all holidays have in common."""
        term, found = self.terms[k], self.estimate[k]
        if found.count < (1 if term.kind is EventKind.HOLIDAY else 2):  # once is not enough
            return around
        prior = min(PRIOR_OF_ONE, PRIOR[term.offset]) if term.kind is EventKind.HOLIDAY else PRIOR[term.offset]
        own = spike_and_slabs(found.estimate, prior, self.widths, around.mean)
        low = -1.0 if self.relative else -self.limit
        alike = 1 - own.certainty
        return Posterior(
            float(np.clip(own.mean, low, self.limit)),
            float(np.hypot(own.sd, around.sd * alike)),
            1 - alike * (1 - around.certainty),
        )

    def _common(self, offset: int) -> Posterior:
        """What all holidays have in common, at an offset: one estimate of all of them, drawn towards none."""
        chosen = [
            found.estimate
            for term, found in zip(self.terms, self.estimate, strict=True)
            if term.kind is EventKind.HOLIDAY and term.offset == offset and found.count
        ]
        if len(chosen) < MIN_ALIKE:
            return _NOTHING
        sizes = np.array([found.size for found in chosen])
        errors = np.array([found.error for found in chosen])
        between = max(float(np.var(sizes, ddof=1) - np.mean(errors**2)), 0.0)
        weight = 1 / (errors**2 + between)
        mean = float(np.average(sizes, weights=weight))
        return spike_and_slabs(Estimate(mean, float(np.sqrt(1 / weight.sum()))), PRIOR[offset], self.widths)

    def _expected(self, k: int) -> tuple[Floats, Floats]:
        """Expected values and sizes with the effects of all terms but ``k``, at the steps of ``k``."""
        at = self.steps[k]
        expected, size = self.seen.expected[at].copy(), self.seen.size[at].copy()
        for j, posterior in enumerate(self.posterior):
            if j == k or posterior.mean == 0:
                continue
            change = posterior.mean * self.seen.shares[at, j]
            if self.relative:
                factor = np.maximum(1 + change, 0.0)
                expected, size = expected * factor, size * factor
            else:
                expected = expected + size * change
        return expected, size

    def _estimated(self, k: int) -> _Seen:
        at = self.steps[k]
        if not len(at):
            return _UNSEEN
        expected, size = self._expected(k)
        x, w = self.seen.shares[at, k], self.weight[at]
        above, below = w * x * (self.seen.actual[at] - expected), w * x * x * size
        labels, place = np.unique(self.occurrence[k], return_inverse=True)
        spread = below**2 * self.noise.own[self.seen.series[at]]
        total, squares = np.bincount(place, below), np.bincount(place, spread)
        usable = total > 0
        if not usable.any():
            return _UNSEEN
        each = np.bincount(place, above)[usable] / total[usable]
        share = total[usable] / total[usable].sum()
        mean = float(share @ each)
        reach = _distinct_reach(place, self.seen.positions[at], x, len(labels))[usable]
        levelled = np.bincount(place, spread / self.seen.free[at])[usable] * reach  # the same error in each step
        alone = (squares[usable] + levelled) / total[usable] ** 2
        alone = alone + self.noise.shared / np.maximum(reach, 1e-9)
        noise, n = float(share @ alone), len(each)
        if self.relative:  # what is larger varies more
            noise *= max(1 + mean, MIN_SPREAD) ** 2
        differing = float(share @ (each - mean) ** 2) * n / max(n - 1, 1) if n > 1 else noise
        moderated = (PRIOR_FREEDOM * noise + (n - 1) * differing) / (PRIOR_FREEDOM + n - 1)
        error = float(np.sqrt(max(moderated, noise / 4) * (share**2).sum()))
        return _Seen(Estimate(mean, error, PRIOR_FREEDOM + n - 1), max(moderated - noise, 0.0), n)

    def _occurrences(self, k: int) -> Integers:
        """The occurrence of each step of a term, by where it begins: int64 [steps of k]."""
        at = self.steps[k]
        return self.terms[k].begins(self.seen.series[at], self.seen.positions[at])

    def _variance(self, count: int) -> Floats:
        """The mean squared error of each series in steps without an event, as a share of what is expected: float64
        [count]; drawn towards that of most where there are few.
        """
        error = (self.seen.actual - self.seen.expected) * self.weight / np.maximum(self.seen.size * self.weight, 0.1)
        of = self.seen.series[self.free]
        steps, squares = np.bincount(of, minlength=count), np.bincount(of, error[self.free] ** 2, count)
        usual = float(np.median(squares[steps > 0] / steps[steps > 0]))
        return np.maximum((squares + PRIOR_FREEDOM * usual) / (steps + PRIOR_FREEDOM), MIN_VARIANCE)

    def _noise(self, variance: Floats) -> _Noise:
        """The noise of steps without an event; ``variance`` float64 [N]: of each series."""
        free = self.free
        residual = (self.seen.actual - self.seen.expected)[free] * self.weight[free]
        size = (self.seen.size * self.weight)[free]
        _, place = np.unique(self.seen.positions[free], return_inverse=True)
        all_sizes = np.maximum(np.bincount(place, size), 1e-12)
        together = np.bincount(place, residual) / all_sizes
        alone = np.bincount(place, size**2 * variance[self.seen.series[free]]) / all_sizes**2
        shared = max(float(np.mean(together**2) - np.mean(alone)), 0.0) if len(together) > 1 else 0.0
        return _Noise(shared, np.maximum(variance - shared, MIN_VARIANCE))

    def of_series(self, members: Flags) -> tuple[Floats, Floats]:
        """The sizes and spreads of the effects on each member: float64 [members, K] each."""
        count = len(members)
        sizes, spread = np.zeros((count, len(self.terms))), np.zeros((count, len(self.terms)))
        for k in range(len(self.terms)):
            posterior = self.posterior[k]
            own, error = self._own(k, count)
            if not self.terms[k].differs:
                error = np.full(count, np.nan)
            drawn, left = towards_common(own[members], error[members], posterior.mean)
            sizes[members, k] = np.clip(drawn, -1.0 if self.relative else -self.limit, self.limit)
            spread[members, k] = np.hypot(self.shared[k], left)
        return sizes[members], spread[members]

    @property
    def shared(self) -> Floats:
        """The spread of an occurrence to come that all series have in common: float64 [K]."""
        pairs = zip(self.posterior, self.estimate, strict=True)
        return np.sqrt([posterior.sd**2 + posterior.certainty * found.varies for posterior, found in pairs])

    def _own(self, k: int, count: int) -> tuple[Floats, Floats]:
        """The effect that each series alone shows, NaN where none does, and its standard error: float64 [N] each."""
        at = self.steps[k]
        if not len(at):
            return np.full(count, np.nan), np.full(count, np.nan)
        expected, size = self._expected(k)
        x, w, owner = self.seen.shares[at, k], self.weight[at], self.seen.series[at]
        below = w * x * x * size
        total = np.bincount(owner, below, count)
        with np.errstate(divide="ignore", invalid="ignore"):
            own = np.bincount(owner, w * x * (self.seen.actual[at] - expected), count) / total
            noise = np.bincount(owner, below**2 * self.noise.own[owner], count) / total**2
        varies = self.estimate[k].varies / max(self.estimate[k].count, 1)
        return np.where(total > 0, own, np.nan), np.sqrt(noise + varies)

    @property
    def found(self) -> list[EventEffect]:
        """What is said of each term."""
        out = []
        for term, posterior, found in zip(self.terms, self.posterior, self.estimate, strict=True):
            reach = _tail(PRIOR_FREEDOM + found.count - 1) * posterior.sd
            low = max(posterior.mean - reach, -1.0) if self.relative else posterior.mean - reach
            out.append(
                EventEffect(
                    term.name,
                    term.kind,
                    term.offset,
                    posterior.mean,
                    low,
                    posterior.mean + reach,
                    found.count,
                    posterior.certainty,
                    self.relative,
                )
            )
        return out


def _tail(freedom: float) -> float:
    """Standard deviations to each side of the middle 80% of Student's t: the first term of Fisher's expansion."""
    return TAIL + (TAIL**3 + TAIL) / (4 * freedom)


def _distinct_reach(place: Integers, positions: Integers, x: Floats, count: int) -> Floats:
    """How many full periods each occurrence takes, whatever the number of series: Σ x² over its different periods."""
    keys = place.astype(np.int64) * (int(positions.max()) + 1) + positions
    _, first = np.unique(keys, return_index=True)
    return np.bincount(place[first], x[first] ** 2, minlength=count).astype(np.float64)
