"""Series with many zeros: their median is often nothing, so the one number that adds up is the mean."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some

# Demand is intermittent from 1.32 periods between two demands on: A. A. Syntetos, J. E. Boylan, J. D. Croston, "On the
# categorization of demand patterns", Journal of the Operational Research Society 56 (2005).
MIN_ZEROS = 1 - 1 / 1.32
_MAX_NAMES = 5
HALF_LIFE = 12  # demands
MOSTLY_ZEROS = 0.6  # from this share on, the past alone says how much
MAX_CHANCE_OF_SILENCE = 1e-3  # of so many periods without anything, if it is still sold; chosen by judgement
MAX_SEASON = 31  # periods: of a longer season, the past of a rare seller says nothing


def intermittent(series: SeriesSet) -> Flags:
    """Which series are flows, never below 0, that are 0 in at least ``MIN_ZEROS`` of their known periods: bool [N]."""
    starts = series.offsets[:-1]
    known = np.add.reduceat(np.isfinite(series.values), starts, dtype=np.int64)
    zeros = np.add.reduceat(series.values == 0, starts, dtype=np.int64)
    flows = np.array([series.measure(i).kind == "flow" for i in range(len(series))])
    found: Flags = flows & (series.lower_bound == 0) & (zeros >= MIN_ZEROS * known) & (zeros < known)
    return found


def means_by_past(series: SeriesSet, rows: Integers, means: Floats) -> Floats:
    """The means float64 [R, H] of intermittent series at ``rows`` [R], raised or lowered to what the past sold.

    Quantiles say little about what is rare: sold on one day in fifty, even the 98% quantile is 0, and on simulated
    counts the model's means of such series add up to 60% of the truth. The mean of the past is right for any rate that
    lasts. Its weights halve every ``HALF_LIFE`` demands, or every three horizons where these are longer; only parts of
    a season that lie ahead count. The steps keep their proportions. With fewer zeros than ``MOSTLY_ZEROS``, the model
    counts in part. What is no longer sold (``periods_since_the_end``) has at most the rate of something that was not
    seen for so long: one demand in as many periods and one more, Laplace's rule of succession.
    """
    horizon = means.shape[1]
    adjusted = means.copy()
    season = series.frequency.season_length
    for k, i in enumerate(rows.tolist()):
        y = series[i]
        known = np.isfinite(y)
        zeros = float((y == 0).sum() / known.sum())
        interval = 1 / (1 - zeros)
        half_life = max(HALF_LIFE * interval, 3 * horizon)
        weight = np.where(known, 0.5 ** (np.arange(len(y))[::-1] / half_life), 0.0)
        if season <= MAX_SEASON:
            ahead = np.bincount((len(y) + np.arange(horizon)) % season, minlength=season)
            there = weight * ahead[np.arange(len(y)) % season]
            weight = there if there.any() else weight
        level = float(np.nansum(weight * y) / weight.sum())
        own = float(means[k].mean())
        share = float(np.clip((zeros - MIN_ZEROS) / (MOSTLY_ZEROS - MIN_ZEROS), 0.0, 1.0))
        adjusted[k] = means[k] * (1 + share * (level / own - 1)) if own > 0 else share * level
        silent = periods_since_the_end(y[known])
        if silent:
            most = float(y[known & (y > 0)].mean()) / (silent + 1)
            adjusted[k] = np.minimum(means[k], most)
    return adjusted


def periods_since_the_end(values: Floats) -> int:
    """For how many periods there has been nothing of what is no longer sold, 0 for what is: from known values [points].

    It is over when there was never as long a time without a demand before, as a season would have, and when demands
    at any time alike would all be before that time in fewer cases than ``MAX_CHANCE_OF_SILENCE``: of k demands in m
    periods and none in the n after them, about (m / (m + n))^k.
    """
    demands = np.flatnonzero(values)
    if len(demands) < 2:
        return 0
    silent = len(values) - 1 - int(demands[-1])
    longest = int(np.diff(demands).max()) - 1
    chance = (1 - silent / len(values)) ** len(demands)
    still_sold = silent <= longest or chance >= MAX_CHANCE_OF_SILENCE
    return 0 if still_sold else silent


def mean_note(names: list[str], frequency: Frequency) -> Problem:
    """What a person should know about a point forecast that is a mean."""
    return Problem(
        "forecast_is_mean",
        f"The forecast of {some(names, _MAX_NAMES)} is the average to expect, so that it adds up over time.",
        f"In many {frequency.periods} nothing happens at all, and in the others often more than the average.",
        f"For a single {frequency.period}, look at {agree(len(names), 'its', 'their')} likely range.",
        count=len(names),
    )
