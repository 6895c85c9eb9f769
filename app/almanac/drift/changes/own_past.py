"""Chances that take into account how often the same happened in the past of the file and of each series."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.drift.changes.error_model import ErrorModel
from almanac.drift.changes.watched import Watched, periods_per_year

THRESHOLD = 1.0  # of -log p, beyond which the tail is looked at; chosen by judgement
# Practice forecasts as a right model would have them, and at most those of other series, that count next to the own.
# Chosen by judgement.
PRIOR_WINDOWS, OTHER_WINDOWS = 6.0, 16.0
NEAR = 1 / 13  # of a year, by which the time of year may differ: four weeks; chosen by judgement
RARE = 0.05  # chance from which something last year was unusual; chosen by judgement


def seen_before(chances: Floats, practised: Floats, series: Integers) -> Floats:
    """The ``chances`` float64 [N] of what is seen in N series, no smaller than their own past lets expect.

    ``practised`` float64 [W]: the chances of what practice forecasts of ``series`` int64 [W] showed. Those of a right
    model are even, so that beyond any threshold -log p is exponential, and 1 more in the mean. Where it is more often
    beyond, or further, in the past of the series or of the others, it counts accordingly (peaks over a threshold,
    Davison and Smith, 1990).
    """
    count = len(chances)
    beyond = -np.log(practised) - THRESHOLD
    windows, often, far = (
        np.bincount(series, weights, minlength=count)[:count]
        for weights in (np.ones(len(series)), beyond > 0, np.maximum(beyond, 0))
    )
    usual = np.exp(-THRESHOLD)
    others = np.minimum(OTHER_WINDOWS / np.maximum(windows.sum() - windows, OTHER_WINDOWS), 1.0)
    windows_in, often_in, far_in = (own + others * (own.sum() - own) for own in (windows, often, far))
    shares = np.maximum((PRIOR_WINDOWS * usual + often_in) / (PRIOR_WINDOWS + windows_in), usual)
    excesses = np.maximum((PRIOR_WINDOWS * usual + far_in) / (PRIOR_WINDOWS * usual + often_in), 1.0)
    now = -np.log(chances) - THRESHOLD
    rare = np.where(now > 0, shares * np.exp(-np.maximum(now, 0) / excesses), chances)
    as_much = np.bincount(series, practised <= chances[series], minlength=count)[:count]
    return np.asarray(np.maximum(rare, as_much / (windows + 1)))


def last_year(now: Floats, past: Floats, chances: Floats, model: ErrorModel, watched: Watched) -> Floats:
    """How far from 0 a statistic was around the same time of earlier years, in the direction of ``now`` float64 [N].

    By practice forecasts, where the statistic was ``past`` float64 [W] with ``chances`` float64 [W], and unusual; 0
    where it was not.
    """
    frequency, furthest = watched.frequency, np.zeros(len(now))
    year = periods_per_year(frequency)
    if not frequency.dated or frequency.season_length > year / 2:  # a forecast knows the year where it is the season
        return furthest
    of = model.practised_series
    apart = (watched.first[of] - 1 - model.practised_cutoff) / year
    years = np.rint(apart)
    counts = (years >= 1) & (np.abs(apart - years) <= NEAR) & (chances <= RARE) & (past * now[of] > 0)
    np.maximum.at(furthest, of[counts], np.abs(past[counts]))
    return furthest
