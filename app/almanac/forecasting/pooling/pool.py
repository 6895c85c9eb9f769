"""Which series of a file learn from which others, and their forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.forecasting.pooling.donors import MIN_SEASONS, donor_pool
from almanac.forecasting.pooling.prior import Prior, make_prior
from almanac.forecasting.pooling.replay import Predictor, best_share, joined, origins
from almanac.forecasting.pooling.short import MIN_VALUES, Learned, learn

# Chosen by judgement.
MAX_SEASON = 168  # hours of a week; a longer season costs too much time
MAX_ENDS = 12  # of the series of a file: how often donors are looked at
ENDS_PER_SEASON = 4
MAX_ROWS = 2_048  # series that are forecast at once
MIN_ALIKE = 0.9  # of donors that are too short to try whether learning from them pays


@dataclass(frozen=True)
class PooledForecasts:
    """Forecasts of S short series that learned from others.

    ``rows`` int64 [S]: positions in the SeriesSet; ``quantiles`` float64 [S, H, levels]; ``donors``: how many others.
    """

    rows: Integers
    quantiles: Floats
    donors: int


def pooled_forecasts(
    series: SeriesSet, others: SeriesSet, horizon: int, predictor: Predictor
) -> Iterator[PooledForecasts]:
    """Forecast those of the series that are shorter than two seasons and can learn from ``others``, in parts.

    What one learns depends on itself and on values of the others up to its own last period, and on nothing else: not on
    the other series of ``series``. ``others`` may hold these series too: short ones are no donors.
    """
    m = series.frequency.season_length
    short = np.flatnonzero(series.lengths < MIN_SEASONS * m)
    if not 1 < m <= MAX_SEASON or len(short) == 0:
        return
    pool = donor_pool(others)
    if len(pool.rows) == 0:
        return
    ends, lengths = _ends(series.last[short], others.last, m), _usual_lengths(series.lengths[short], m)
    for until in np.unique(ends).tolist():
        donors = pool.at(until)
        prior = make_prior(donors, pool.additive)
        if prior is None:
            continue
        past = origins(pool, until, horizon)
        for length in np.unique(lengths[ends == until]).tolist():
            share = best_share(pool, past, length, predictor)
            if share is not None and np.isnan(share):
                share = 0.0 if prior.alike >= MIN_ALIKE and length < m else None
            if share is not None:
                rows = short[(ends == until) & (lengths == length)]
                for learned in _learned(series, rows, horizon, prior):
                    last = series.last[learned.rows]
                    without = predictor.predict(learned.without_season(series), horizon)
                    made = learned.mixed(without, last, predictor.levels, (share,))[0]
                    yield PooledForecasts(learned.rows, made, len(donors))


def _learned(series: SeriesSet, rows: Integers, horizon: int, prior: Prior) -> Iterator[Learned]:
    """What the series at ``rows`` learn, in parts that are not too large."""
    ends = np.unique(series.last[rows]).tolist()
    parts = [one for end in ends for one in learn(series, rows[series.last[rows] == end], horizon, prior)]
    if parts:
        whole = joined(parts)
        for start in range(0, len(whole.rows), MAX_ROWS):
            yield whole.select(slice(start, start + MAX_ROWS))


def _ends(last: Integers, others: Integers, m: int) -> Integers:
    """Up to which period donors are looked at for series with these ``last`` periods, never after it: int64 [S].

    A few parts of a season apart, or more where the ``others`` end at very different times.
    """
    stride = max(1, m // ENDS_PER_SEASON, int(np.ptp(others)) // MAX_ENDS)
    return (last + 1) // stride * stride - 1


def _usual_lengths(lengths: Integers, m: int) -> Integers:
    """3, 6, 12, 24 …, a season, a season and a half: the largest that is no longer than each series.

    For these, learning is tried. From a season on a model knows the season itself, better with every further value.
    """
    doubled = 3 * 2 ** np.arange(int(np.log2(MAX_SEASON)))
    usual = np.array(sorted({3, *doubled[doubled < m].tolist(), *(n for n in (m, 3 * m // 2) if n >= MIN_VALUES)}))
    at: Integers = usual[np.maximum(np.searchsorted(usual, lengths, side="right") - 1, 0)]
    return at
