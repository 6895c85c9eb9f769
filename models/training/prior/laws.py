"""Series that follow one simple law, as in many a spreadsheet: a plan repeated to the penny, a price, a running
total.

The mixture of trends, seasons and noise in ``draw`` makes each of these so rarely that a network would not learn them.
Every function takes ``n`` series of ``t`` points and gives float64 [n, t], mostly of size about 1; ``m`` is the season
length. Randomness comes from the generator passed in.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from models.training.prior.patterns import longer, phase_patterns
from models.training.prior.sampling import Floats, Rng, autoregressive, heavy_tailed, log_uniform

Law = Callable[[Rng, int, int, int], Floats]


def _column(x: Floats) -> Floats:
    return x[:, None]


def _small_noise(rng: Rng, size: tuple[int, int], sizes: tuple[float, float], exact: float = 0.2) -> Floats:
    """Noise of this ``size``, as strong as drawn between ``sizes``; none in a share ``exact`` of the series."""
    n, t = size
    strength = log_uniform(rng, *sizes, n) * (rng.random(n) >= exact)
    return heavy_tailed(rng, n, t, 0.2) * _column(strength)


def _any_pattern(rng: Rng, n: int, m: int) -> Floats:
    """A positive pattern of ``m`` phases around 1 [n, m], jagged as often as smooth, with zero phases in some."""
    if m == 1:
        return np.ones((n, 1))
    pattern = phase_patterns(rng, n, m)
    jagged = rng.random(n) < 0.5
    pattern[jagged] = rng.standard_normal((int(jagged.sum()), m)) if m > 1 else 0
    out: Floats = np.exp(np.clip(pattern * _column(log_uniform(rng, 0.03, 1.5, n)), -4, 3))
    silent = (rng.random((n, m)) < 0.4) & _column(rng.random(n) < 0.15)
    small = np.broadcast_to(_column(log_uniform(rng, 0.005, 0.1, n) * (rng.random(n) < 0.4)), (n, m))
    out[silent] = small[silent]
    return out / (out.mean(axis=1, keepdims=True) + 1e-9)


def _repeat(rng: Rng, pattern: Floats, t: int) -> Floats:
    n, m = pattern.shape
    start = rng.integers(0, m, (n, 1))
    return np.take_along_axis(pattern, (start + np.arange(t)) % m, axis=1)


def repeated_pattern(rng: Rng, n: int, t: int, m: int) -> Floats:
    """The same season again and again, exactly or nearly; some grow with it; in some, other phases are noisier."""
    level = 1 + _column(rng.normal(0, 0.5, n) * (rng.random(n) < 0.3)) * np.linspace(-0.5, 0.5, t)
    noisier = np.exp(rng.standard_normal((n, m)) * _column(rng.random(n) < 0.25))
    phase = np.arange(t) % m
    y = _any_pattern(rng, n, m)[:, phase] * np.maximum(level, 0.1)
    return y * (1 + _small_noise(rng, (n, t), (2e-4, 0.05)) * noisier[:, phase])


def random_walk(rng: Rng, n: int, t: int, m: int) -> Floats:  # noqa: ARG001 - every law has the same signature
    """Prices and rates: steps that nothing predicts, in logarithms or not, a few with a drift."""
    steps = heavy_tailed(rng, n, t, 0.5) * _column(log_uniform(rng, 0.002, 0.1, n))
    calm = np.exp(autoregressive(rng.standard_normal((n, t)) * 0.1, np.full(n, 0.97)))
    steps *= np.where(_column(rng.random(n) < 0.3), calm, 1.0)
    drift = rng.normal(0, 0.15, n) * (rng.random(n) < 0.3) * np.abs(steps).mean(axis=1)
    walk = np.cumsum(steps + _column(drift), axis=1)
    walk = walk - walk.mean(axis=1, keepdims=True)
    plain = 1 + walk / np.maximum(1, 1.25 * np.abs(walk).max(axis=1, keepdims=True))
    return np.where(_column(rng.random(n) < 0.6), np.exp(np.clip(walk, -4, 4)), plain)


def steps(rng: Rng, n: int, t: int, m: int) -> Floats:  # noqa: ARG001
    """A level that jumps now and then, with noise around it."""
    chance = _column(log_uniform(rng, 0.8, 12, n)) / t
    jumps = (rng.random((n, t)) < chance) * rng.normal(0, 1, (n, t)) * _column(log_uniform(rng, 0.05, 0.6, n))
    returning = _column(rng.random(n) < 0.3)
    levels = np.where(returning, autoregressive(jumps, np.full(n, 0.97)), np.cumsum(jumps, axis=1))
    y = np.exp(np.clip(levels - levels.mean(axis=1, keepdims=True), -3, 3))
    return y + _small_noise(rng, (n, t), (0.01, 0.3))


def steady_growth(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Growth or decline by the same share, or the same amount, every period; with a season in half of the series."""
    rate = log_uniform(rng, 0.02, 3, n) * rng.choice((-1, 1), n, p=(0.3, 0.7))
    line = _column(rate) * np.linspace(-0.5, 0.5, t)
    by_share, by_amount = np.exp(np.clip(line, -4, 4)), np.maximum(1 + line / 1.6, 0.02)
    bend = 1 + _column(rng.normal(0, 0.3, n) * (rng.random(n) < 0.2)) * np.linspace(-0.5, 0.5, t) ** 2
    y = np.where(_column(rng.random(n) < 0.6), by_share, by_amount) * bend
    if m > 1:
        smooth = 1 + (_repeat(rng, _any_pattern(rng, n, m), t) - 1) * _column(rng.random(n) < 0.5)
        y *= smooth
    return y * (1 + _small_noise(rng, (n, t), (2e-3, 0.1), exact=0.1))


def around_a_mean(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Values that return to their mean, slowly or at once; with a season in some."""
    noise = autoregressive(heavy_tailed(rng, n, t, 0.2), rng.uniform(-0.3, 0.97, n))
    y = 1 + noise / (noise.std(axis=1, keepdims=True) + 1e-9) * _column(log_uniform(rng, 0.01, 0.4, n))
    if m > 1:
        y *= 1 + (_repeat(rng, _any_pattern(rng, n, m), t) - 1) * _column(rng.random(n) < 0.3)
    return y


def changed_once(rng: Rng, n: int, t: int, m: int) -> Floats:
    """A level that changed for good, or for a while, at one time, and has gone on as before ever since."""
    since = rng.uniform(0.1, 0.85, (n, 1)) * t
    lasting = np.arange(t) >= since
    passing = lasting & (np.arange(t) < since + _column(log_uniform(rng, 0.02, 0.25, n)) * t)
    gradual = np.clip((np.arange(t) - since) / (_column(log_uniform(rng, 0.02, 0.3, n)) * t), 0, 1)
    kind = rng.choice(3, (n, 1), p=(0.5, 0.35, 0.15))
    when = np.choose(kind, [lasting.astype(float), passing.astype(float), gradual])
    factor = np.exp(rng.normal(0, 0.7, (n, 1))) * np.where((kind == 1) & (rng.random((n, 1)) < 0.4), 0.0, 1.0)
    y = 1 + when * (factor - 1)
    if m > 1:
        y *= 1 + (_repeat(rng, _any_pattern(rng, n, m), t) - 1) * _column(rng.random(n) < 0.4)
    return y * (1 + _small_noise(rng, (n, t), (0.003, 0.2), exact=0.1))


def saturation(rng: Rng, n: int, t: int, m: int) -> Floats:  # noqa: ARG001
    """Growth towards a ceiling, or a share between 0 and 1 that wanders and cannot leave its bounds."""
    middle, width = rng.uniform(-0.2, 1.2, (n, 1)) * t, _column(log_uniform(rng, 0.03, 0.4, n)) * t
    curve = 1 / (1 + np.exp(-np.clip((np.arange(t) - middle) / width, -30, 30)))
    walk = np.cumsum(rng.standard_normal((n, t)) * _column(log_uniform(rng, 0.02, 0.4, n)), axis=1)
    walk = autoregressive(np.diff(walk, axis=1, prepend=0), rng.uniform(0.9, 1.0, n))
    bounded = 1 / (1 + np.exp(-np.clip(walk + rng.normal(0, 2, (n, 1)), -9, 9)))
    y = np.where(_column(rng.random(n) < 0.5), curve + 0.03, np.minimum(bounded, 1.0))
    return y * (1 + _small_noise(rng, (n, t), (2e-3, 0.1)))


def running_total(rng: Rng, n: int, t: int, m: int) -> Floats:
    """A sum that only grows: meters, members, sales since the start."""
    added = np.exp(rng.standard_normal((n, t)) * _column(log_uniform(rng, 0.05, 1, n)))
    added *= _repeat(rng, _any_pattern(rng, n, m), t)
    total = np.cumsum(added, axis=1) + _column(rng.uniform(0, 3, n)) * t
    return total / total.mean(axis=1, keepdims=True)


def outbreaks(rng: Rng, n: int, t: int, m: int) -> Floats:
    """A quiet level with waves that rise and fade, some at the same time of each season."""
    y = np.ones((n, t))
    for _ in range(6):
        top, width = rng.uniform(-0.05, 1.1, (n, 1)) * t, _column(log_uniform(rng, 0.005, 0.06, n)) * t + 1
        z = (np.arange(t) - top) / width
        wave = np.exp(-0.5 * np.clip(z, -8, 8) ** 2)
        y += wave * _column(log_uniform(rng, 0.2, 6, n) * (rng.random(n) < 0.5))
    if m > 3:
        y += (_repeat(rng, _any_pattern(rng, n, m), t) - 1) * _column(rng.random(n) < 0.4)
    return np.maximum(y, 0.05) * np.exp(rng.standard_normal((n, t)) * _column(log_uniform(rng, 0.02, 0.4, n)))


def other_unit(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Values that from some day on are counted in another unit."""
    y = around_a_mean(rng, n, t, m)
    since = np.arange(t) >= rng.uniform(0.15, 0.9, (n, 1)) * t
    return y * np.where(since, rng.choice((0.001, 0.01, 1 / 12, 12.0, 100.0, 1000.0), (n, 1)), 1.0)


LAWS: dict[Law, float] = {
    repeated_pattern: 0.24,
    random_walk: 0.2,
    steps: 0.12,
    steady_growth: 0.15,
    around_a_mean: 0.09,
    changed_once: 0.08,
    saturation: 0.04,
    running_total: 0.04,
    outbreaks: 0.03,
    other_unit: 0.01,
}
ALSO_LONGER = (repeated_pattern, steady_growth, around_a_mean)  # in some, with a longer season too
LONGER_SHARE = 0.6  # chosen by judgement


def follow_laws(
    rng: Rng, y: Floats, seasons: tuple[int, int], share: float
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Replace a share of the rows of ``y`` by series of one law each, in place, and return which rows: bool [n]."""
    m, long = seasons
    chosen = rng.random(len(y)) < share
    rows = np.flatnonzero(chosen)
    law = rng.choice(len(LAWS), len(rows), p=list(LAWS.values()))
    for k, make in enumerate(LAWS):
        mine = rows[law == k]
        if not len(mine):
            continue
        y[mine] = make(rng, len(mine), y.shape[1], m)
        if long > 1 and make in ALSO_LONGER:
            strength = _column(log_uniform(rng, 0.02, 0.6, len(mine)) * (rng.random(len(mine)) < LONGER_SHARE))
            y[mine] *= np.exp(np.clip(longer(rng, len(mine), y.shape[1], m, long) * strength, -3, 3))
    return chosen
