"""Series that sell nothing for months, every year at the same time, such as ice cream or Christmas trees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import some

# All chosen by judgement. A model sees seasons of up to a month itself, and monthly ones as well.
MIN_YEAR = 50  # periods of a year, from which on a model sees too little of it
MIN_SILENCE = 1 / 8  # of a year
MIN_DEMANDS = 8
MAX_CHANCE, MAX_CHANCE_NOW = 1e-6, 1e-3  # that a silence in the past, or the present one, is one by chance
TOLERANCE = 1 / 10  # of a year: how much earlier or later the same silence may begin or end
MARGIN = 1 / 26  # of a year: what may be sold before and after it
NEAR = 1 / 36  # of a year: about as much is sold so much earlier and later; with both, whole weeks
MAX_FACTOR = 1.5  # between a model's mean and what is usual at that time, up to which the model's range stands
_MAX_NAMES = 5


@dataclass(frozen=True)
class OffSeasons:
    """``series`` bool [N]: those that have an off-season; ``steps`` bool [N, H]: steps that lie in it."""

    series: Flags
    steps: Flags


def off_seasons(series: SeriesSet, sparse: Flags, horizon: int) -> OffSeasons:
    """Which series have a season in which nothing is sold; ``sparse`` bool [N]: those that are looked at."""
    found = OffSeasons(np.zeros(len(series), bool), np.zeros((len(series), horizon), bool))
    year = _year_of(series.frequency)
    for i in np.flatnonzero(sparse & _may_have_one(series, year)).tolist() if year else ():
        found.series[i], found.steps[i] = _of_one(series[i], year, horizon)
    return found


def _may_have_one(series: SeriesSet, year: int) -> Flags:
    """Which series have enough demands and a long time without any between two of them: bool [N]; few."""
    sold = np.flatnonzero(series.values > 0)
    owner = np.searchsorted(series.offsets, sold, side="right") - 1
    longest = np.zeros(len(series), np.int64)
    same = owner[1:] == owner[:-1]
    np.maximum.at(longest, owner[1:][same], np.diff(sold)[same] - 1)
    enough: Flags = np.bincount(owner, minlength=len(series)) >= MIN_DEMANDS
    return enough & (longest >= MIN_SILENCE * year)


def in_season(
    series: SeriesSet, off: OffSeasons, means: Floats, quantiles: Floats, levels: Floats
) -> tuple[Floats, Floats]:
    """The means float64 [N, H] and quantiles [N, H, Q] of the series with an off-season: 0 in it.

    At other steps the mean is what was sold at that time of the year so far, with the proportions of neighbouring
    steps that the model gives, such as weekdays. Where its mean is far from that, as it sees less than a year, the
    quantiles are those of that time, too.
    """
    if not off.series.any():
        return means, quantiles  # no copy of what may be hundreds of megabytes
    year = _year_of(series.frequency)
    near = max(round(NEAR * year), 1)
    means, quantiles = means.copy(), quantiles.copy()
    for i in np.flatnonzero(off.series).tolist():
        steps = np.arange(means.shape[1])
        at = len(series[i]) + steps[:, None] - year * np.arange(1, 1 + (len(series[i]) + len(steps)) // year)
        usual, model = _around(series[i], at, near), _around(means[i], steps[:, None], near)
        share = np.divide(means[i], model, out=np.ones(len(steps)), where=model > 0)
        far = (usual > MAX_FACTOR * model) | (model > MAX_FACTOR * usual)
        means[i] = usual * np.where(far, 1.0, share)
        for step in np.flatnonzero(far & ~off.steps[i]).tolist():
            past = np.concatenate([series[i][max(k - near, 0) : max(k + near + 1, 0)] for k in at[step]])
            past = past[np.isfinite(past)]
            quantiles[i, step] = np.quantile(past, levels) if len(past) else 0.0
        means[i][off.steps[i]], quantiles[i][off.steps[i]] = 0.0, 0.0
    return means, quantiles


def _around(values: Floats, at: Integers, near: int) -> Floats:
    """The mean of the known values at most ``near`` from any of some positions, int64 [H, K]: float64 [H].

    Positions beyond either end have no values; 0 where none has any.
    """
    known = np.isfinite(values)
    sums, counts = (np.concatenate([[0.0], np.cumsum(part)]) for part in (np.where(known, values, 0.0), known))
    low, high = np.clip(at - near, 0, len(values)), np.clip(at + near + 1, 0, len(values))
    count = (counts[high] - counts[low]).sum(axis=1)
    return np.divide((sums[high] - sums[low]).sum(axis=1), count, out=np.zeros(len(at)), where=count > 0)


def _year_of(frequency: Frequency) -> int:
    """The periods of a year, 0 where a model sees it, or nothing is known of years."""
    year = max(frequency.season_length, frequency.long_season)
    return year if frequency.unit in (Unit.WEEK, Unit.DAY, Unit.BUSINESS_DAY) and year >= MIN_YEAR else 0


def _of_one(values: Floats, year: int, horizon: int) -> tuple[bool, Flags]:
    """Whether one series has an off-season, and which steps lie in it: bool [H].

    A silence is as long as no chance would leave it, as often as something is sold at other times; each came at the
    same time of the year. The present one ends when the others did; the next one comes when two others came.
    """
    off = np.zeros(horizon, bool)
    sold = np.flatnonzero(values > 0)
    gaps = np.diff(sold) - 1
    long = np.flatnonzero(gaps >= MIN_SILENCE * year)
    starts, ends = sold[long] + 1, sold[long + 1]
    idle = 1 - len(sold) / (sold[-1] - sold[0] + 1 - (ends - starts).sum())
    if idle ** float((ends - starts).min()) > MAX_CHANCE or not (_agree(starts, year) and _agree(ends, year)):
        return False, off
    now = int(sold[-1]) + 1
    ahead = np.arange(len(values), len(values) + horizon)
    moved = year * np.round((now - starts) / year).astype(np.int64)  # to the year of the one that begins now
    first, last = starts + moved, ends + moved
    begun = idle ** float(len(values) - now) <= MAX_CHANCE_NOW and np.abs(first - now).max() <= TOLERANCE * year
    if begun:
        off |= ahead < last.min() - MARGIN * year
    if len(starts) > 1 or begun:
        for later in year * np.arange(1 if begun else 0, 3):
            off |= (ahead >= first.max() + later + MARGIN * year) & (ahead < last.min() + later - MARGIN * year)
    return bool(len(starts) > 1 or begun), off


def _agree(moments: Integers, year: int) -> bool:
    """Whether moments are at the same time of the year."""
    apart = (moments - moments[0] + year / 2) % year - year / 2
    return bool(np.ptp(apart) <= TOLERANCE * year)


def off_season_note(names: list[str]) -> Problem:
    """What a person should know about series of which nothing is forecast for a part of the year."""
    return Problem(
        "off_season",
        f"Nothing is forecast for {some(names, _MAX_NAMES)} out of season.",
        "At that time of the year nothing was sold so far, and much at other times.",
        "If something will be sold then, say how much under Adjust.",
        count=len(names),
    )
