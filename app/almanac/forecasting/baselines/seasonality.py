"""Take the season out of many series at once: classical decomposition, where a test finds a season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers

MIN_SEASONS = 2  # of history, a convention
CRITICAL = 2.705543454095404  # of chi-squared with one degree of freedom, at 10%
MIN_FACTOR = 0.01  # of the level: dividing by less would blow up single values; chosen by judgement


@dataclass(frozen=True)
class Deseasonalised:
    """N series without their season: ``values`` float64 [T, N].

    To put the season back, multiply step h after the end (from 0) by ``factors`` [m, N] and add ``terms`` [m, N], both
    at row ``h % m``; they are 1 and 0 where there is no season.
    """

    values: Floats
    factors: Floats
    terms: Floats


def deseasonalise(values: Floats, counts: Integers, m: int) -> Deseasonalised:
    """Take a season of ``m`` periods out of series that end together, where the m-th autocorrelation shows one at 10%.

    ``values`` float64 [T, N]: each series in the last ``counts`` [N] rows of its column, its first value repeated above
    them. The season is multiplicative where all values are above 0 and no factor is nearly 0, additive elsewhere; there
    is none with fewer than two seasons. Assimakopoulos and Nikolopoulos (2000), section 3; Makridakis, Wheelwright and
    Hyndman (1998), *Forecasting*, section 3/4.
    """
    adjusted = values.copy()
    factors, terms = np.ones((m, values.shape[1])), np.zeros((m, values.shape[1]))
    if m > 1 and len(values) >= MIN_SEASONS * m:
        long = np.flatnonzero(counts >= MIN_SEASONS * m)
        found = long[_seasonal(values[:, long], counts[long], m)]
        high = found[values[:, found].min(axis=0) > 0]
        season = _season(values[:, high], counts[high], m, np.divide)
        divided = season.min(axis=0, initial=np.inf) > MIN_FACTOR
        factors[:, high[divided]] = season[:, divided]
        rest = np.setdiff1d(found, high[divided])
        terms[:, rest] = _season(values[:, rest], counts[rest], m, np.subtract)
        phase = np.arange(-len(values), 0) % m
        inside = _inside(len(values), counts)
        adjusted = np.where(inside, (values - terms[phase]) / factors[phase], 0.0)
        first = adjusted[len(values) - counts, np.arange(len(counts))]
        adjusted = np.where(inside, adjusted, first)
    return Deseasonalised(adjusted, factors, terms)


def _inside(rows: int, counts: Integers) -> np.ndarray:
    """Which cells belong to the series: bool [T, N]."""
    return np.asarray(np.arange(rows)[:, None] >= rows - counts)


def _seasonal(values: Floats, counts: Integers, m: int) -> np.ndarray:
    """Whether the m-th autocorrelation is beyond chance, given those before it: bool [N]."""
    inside = _inside(len(values), counts)
    mean = np.where(inside, values, 0.0).sum(axis=0) / counts
    about = np.where(inside, values - mean, 0.0)
    sums = np.stack([np.einsum("tn,tn->n", about[k:], about[: len(about) - k]) for k in range(m + 1)])
    changing = np.ptp(values, axis=0) > 0
    rho = np.divide(sums, sums[0], out=np.zeros_like(sums), where=changing & (sums[0] > 0))
    return np.asarray(counts * rho[m] ** 2 > CRITICAL * (rho[:m] ** 2).sum(axis=0))


def _season(values: Floats, counts: Integers, m: int, without: np.ufunc) -> Floats:
    """The mean of each phase around a centred moving average of one season, without their own mean: float64 [m, N]."""
    rows, half = len(values), m // 2
    inner = rows - 2 * half
    weights = np.ones(2 * half + 1)
    if m % 2 == 0:
        weights[[0, -1]] = 0.5
    trend = np.zeros((inner, values.shape[1]))
    for k, weight in enumerate(weights):
        trend += weight / m * values[k : k + inner]
    known = _inside(rows, counts - half)[half : half + inner]
    about = np.where(known, without(values[half : half + inner], trend, where=known, out=np.zeros_like(trend)), 0.0)
    starts = [(rows + phase - half) % m for phase in range(m)]
    season = np.stack([about[s::m].sum(axis=0) / known[s::m].sum(axis=0) for s in starts])
    centred: Floats = without(season, season.mean(axis=0))
    return centred
