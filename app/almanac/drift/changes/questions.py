"""The questions asked of every series: did its level or trend, its season, or its spread change?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.alerts import AlertKind
from almanac.core.arrays import Floats
from almanac.drift.changes.error_model import ErrorModel, PastScores
from almanac.drift.changes.own_past import seen_before
from almanac.drift.changes.scores import DEVIATES, clipped
from almanac.drift.changes.statistics import MIN_KNOWN, Chance, chance_of, directions, location, spread
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
    scores = clipped(watched.scores) / errors.scale[:, None]
    best = np.abs(location(scores, errors, found)).argmax(axis=1)

    def furthest(one: Floats) -> Floats:
        statistic = location(one, errors, found)
        at = np.abs(statistic).argmax(axis=1)
        return np.asarray(np.take_along_axis(statistic, at[:, None], axis=1)[:, 0])

    since, ramp = found.start[best], found.ramp[best]
    by_now = np.where(ramp, np.maximum(since, watched.steps - np.maximum((watched.steps - since) // 3, 1)), since)
    return Suspicion(
        tuple(AlertKind.TREND if one else AlertKind.LEVEL for one in ramp),
        chance_of(scores, furthest, errors, watched),
        since,
        watched.changes(by_now),
        watched.differences(by_now),
    )


def season_moved(watched: Watched, errors: ErrorModel, practice: PastScores) -> Suspicion:
    """Whether highs and lows come earlier or later than forecast, by up to a quarter of a season."""
    count, season = len(watched.names), watched.frequency.season_length
    probability, shift = np.ones(count), np.zeros(count)
    if watched.steps - watched.new_from >= max(MIN_SEASON_STEPS * season, 4) and season > 3:
        ask = _SeasonQuestion(errors, watched.new_from, min(max(season // 4, 1), 13))
        scale = errors.scale[:, None]
        probability, shift = ask.answer(clipped(watched.scores) / scale, watched.median, watched.width * scale)
        if practice.median is not None and practice.width is not None and practice.scores.shape[1] == watched.steps:
            known = np.isfinite(practice.scores).mean(axis=1) >= MIN_KNOWN
            scale = errors.scale[practice.series[known], None]
            past, _ = ask.answer(
                clipped(practice.scores[known]) / scale, practice.median[known], practice.width[known] * scale
            )
            probability = seen_before(probability, past, practice.series[known])
    return Suspicion((AlertKind.SEASON,) * count, probability, np.full(count, watched.new_from), shift)


@dataclass(frozen=True)
class _SeasonQuestion:
    """Whether forecasts and what happened fit better when steps from ``new_from`` on come up to ``reach`` steps earlier
    or later."""

    errors: ErrorModel
    new_from: int
    reach: int

    def answer(self, scores: Floats, median: Floats, width: Floats) -> tuple[Floats, Floats]:
        """The probability of as much by chance and the shift, float64 [N] each; of ``scores`` [N, K]."""
        probability, shift = np.ones(len(scores)), np.zeros(len(scores))
        inverse = np.linalg.inv(self.errors.correlation(scores.shape[1]))
        known = np.isfinite(scores)
        filled = np.nan_to_num(scores)
        for by in (*range(-self.reach, 0), *range(1, self.reach + 1)):
            direction = _moved_by(median, by, self.new_from) / np.maximum(width / DEVIATES, 1e-12) * known
            weights = direction @ inverse
            strength = np.sqrt((weights * direction).sum(axis=1))
            statistic = np.where(
                strength >= MIN_SEASON_STRENGTH, (weights * filled).sum(axis=1) / np.maximum(strength, 1e-9), 0.0
            )
            one = np.minimum(_tail(statistic, self.errors.checks) * 2 * self.reach, 1.0)
            shift = np.where(one < probability, by, shift)
            probability = np.minimum(one, probability)
        return probability, shift


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
    scores = clipped(watched.scores) / errors.scale[:, None]

    def widened(one: Floats) -> Floats:
        return np.maximum(spread(one, errors, watched.new_from), 0)

    statistic = widened(scores)
    probability = chance_of(scores, widened, errors, watched)
    enough = np.isfinite(watched.scores[:, watched.new_from :]).sum(axis=1) >= 0.9 * new
    return Suspicion(
        (AlertKind.SPREAD,) * count,
        np.where(enough & (statistic != 0), probability, 1.0),
        np.full(count, watched.new_from),
        np.exp(statistic / np.sqrt(max(new, 1) / 2) / 2),
    )
