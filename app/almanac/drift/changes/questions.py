"""The questions asked of every series: did its level or trend, its season, or its spread change?"""

from __future__ import annotations

import numpy as np

from almanac.core.alerts import AlertKind
from almanac.core.arrays import Floats
from almanac.drift.changes.error_model import ErrorModel
from almanac.drift.changes.scores import DEVIATES, clipped
from almanac.drift.changes.statistics import Chance, chance_of, directions, location, spread
from almanac.drift.changes.suspicion import Suspicion
from almanac.drift.changes.watched import Watched, periods_per_year

# A change rests on at least so many periods, so that one odd value is none: for up to so many periods a year.
SHORTEST = ((13, 1), (60, 2), (10**9, 3))
MIN_SEASON_STEPS = 0.5  # of a season, before a moved season is distinguished from a level; chosen by judgement
MIN_SEASON_STRENGTH = 3.0  # how clearly a moved season would show, in standard errors; chosen by judgement


def moved(watched: Watched, errors: ErrorModel) -> Suspicion:
    """Whether the level or the trend changed at some step, and stayed so."""
    year = periods_per_year(watched.frequency)
    shortest = min(next(n for most, n in SHORTEST if year <= most), watched.steps - watched.new_from)
    found = directions(watched.steps, watched.new_from, shortest)
    statistic = np.abs(location(clipped(watched.scores) / errors.scale[:, None], errors, found))

    def largest(scores: Floats) -> Floats:
        return np.asarray(np.abs(location(scores, errors, found)).max(axis=1))

    best = statistic.argmax(axis=1)
    since, ramp = found.start[best], found.ramp[best]
    by_now = np.where(ramp, np.maximum(since, watched.steps - np.maximum((watched.steps - since) // 3, 1)), since)
    return Suspicion(
        tuple(AlertKind.TREND if one else AlertKind.LEVEL for one in ramp),
        chance_of(statistic.max(axis=1), largest, errors, watched.steps),
        since,
        watched.changes(by_now),
        watched.differences(by_now),
    )


def season_moved(watched: Watched, errors: ErrorModel) -> Suspicion:
    """Whether highs and lows come earlier or later than forecast, by up to a quarter of a season."""
    count, season = len(watched.names), watched.frequency.season_length
    probability, shift = np.ones(count), np.zeros(count)
    reach = min(max(season // 4, 1), 13)
    if watched.steps - watched.new_from >= max(MIN_SEASON_STEPS * season, 4) and season > 3:
        width = watched.width / DEVIATES * errors.scale[:, None]
        inverse = np.linalg.inv(errors.correlation(watched.steps))
        scores = np.nan_to_num(clipped(watched.scores) / errors.scale[:, None])
        for by in (*range(-reach, 0), *range(1, reach + 1)):
            direction = _moved_by(watched.median, by, watched.new_from) / np.maximum(width, 1e-12)
            direction = direction * np.isfinite(watched.scores)
            weights = direction @ inverse
            strength = np.sqrt((weights * direction).sum(axis=1))
            statistic = np.where(
                strength >= MIN_SEASON_STRENGTH, (weights * scores).sum(axis=1) / np.maximum(strength, 1e-9), 0.0
            )
            one = np.minimum(_tail(statistic, errors.checks) * 2 * reach, 1.0)
            shift = np.where(one < probability, by, shift)
            probability = np.minimum(one, probability)
    return Suspicion((AlertKind.SEASON,) * count, probability, np.full(count, watched.new_from), shift)


def _moved_by(median: Floats, by: int, new_from: int) -> Floats:
    """What would have been more than expected, had every step come ``by`` steps later: float64 [N, K]."""
    steps = np.arange(median.shape[1])
    source = steps - by
    inside = (source >= 0) & (source < len(steps)) & (steps >= new_from)
    return np.where(inside, median[:, np.clip(source, 0, len(steps) - 1)] - median, 0.0)


def _tail(statistic: Floats, checks: float) -> Floats:
    """The probability of a larger value of Student's t: by simulation, as for the other questions."""
    rng = np.random.default_rng(20_260_101)
    draws = rng.standard_normal(20_000) * np.sqrt(checks / rng.chisquare(checks, 20_000))
    return Chance.of(draws).probability(statistic)


def wider(watched: Watched, errors: ErrorModel) -> Suspicion:
    """Whether values swing more widely around their forecast than before; ranges that hold too often harm nobody."""
    count = len(watched.names)
    new = watched.steps - watched.new_from
    statistic = spread(clipped(watched.scores) / errors.scale[:, None], errors, watched.new_from)
    probability = chance_of(statistic, lambda scores: spread(scores, errors, watched.new_from), errors, watched.steps)
    enough = np.isfinite(watched.scores[:, watched.new_from :]).sum(axis=1) >= 0.9 * new
    return Suspicion(
        (AlertKind.SPREAD,) * count,
        np.where(enough & (statistic != 0), probability, 1.0),
        np.full(count, watched.new_from),
        np.exp(statistic / np.sqrt(max(new, 1) / 2) / 2),
    )
