"""Effects taken out of a history, and put into a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import Forecast, SeriesSet
from almanac.events.dates.calendars import Term
from almanac.events.effects.measure import Effects

MIN_LEFT = 0.2  # of a value under an event, below which it says nothing of the value without; chosen by judgement


@dataclass(frozen=True, eq=False)
class Owners:
    """Which series of the file each of R series is: ``rows`` int64 [R], their position.

    ``relative``: bool [N], as in ``measure``; ``scale``: float64 [R], their usual change; ``start``: the period number
    of the calendars' first position.
    """

    rows: Integers
    relative: Flags
    scale: Floats
    start: int


def without_effects(series: SeriesSet, owners: Owners, effects: Effects, terms: Sequence[Term]) -> SeriesSet:
    """The series as they would have been without the events, as far as their effects are known."""
    values = series.values.copy()
    factor, added = np.ones(len(values)), np.zeros(len(values))
    shift = series.first - owners.start
    for k, term in enumerate(terms):
        size = effects.sizes[owners.rows, k]
        for points, row in _points(series, owners.rows, shift, term, size != 0):
            change = size[row] * term.at(owners.rows[row], points - series.offsets[row] + shift[row])
            share = owners.relative[owners.rows[row]]
            factor[points] *= np.where(share, np.maximum(1 + change, 0.0), 1.0)
            added[points] += np.where(share, 0.0, change * owners.scale[row])
    changed = (factor != 1) | (added != 0)
    cleaned = np.where(factor >= MIN_LEFT, (values - added) / np.maximum(factor, MIN_LEFT), np.nan)
    return replace(series, values=np.where(changed, cleaned, values), raw_values=None)


def _points(
    series: SeriesSet, rows: Integers, shift: Integers, term: Term, able: Flags
) -> list[tuple[Integers, Integers]]:
    """The points within a term, and the series of each, calendar by calendar."""
    found = []
    of = term.rows[rows]
    for calendar in np.unique(of[(of >= 0) & able]):
        at = np.flatnonzero(term.calendar[calendar])
        members = np.flatnonzero((of == calendar) & able)
        steps = at[None, :] - shift[members, None]
        inside = (steps >= 0) & (steps < series.lengths[members, None])
        row, _ = np.nonzero(inside)
        found.append(((series.offsets[members, None] + steps)[inside], members[row]))
    return found


def with_effects(forecast: Forecast, owners: Owners, effects: Effects, terms: Sequence[Term]) -> Forecast:
    """The forecast with the effects of events to come: scaled or shifted, its ranges wider by their uncertainty."""
    positions = forecast.first[:, None] - owners.start + np.arange(forecast.horizon)
    factor, added, variance = np.ones(positions.shape), np.zeros(positions.shape), np.zeros(positions.shape)
    share = owners.relative[owners.rows][:, None]
    for k, term in enumerate(terms):
        x = term.at(owners.rows[:, None], positions)
        change = effects.sizes[owners.rows, k][:, None] * x
        factor *= np.where(share, np.maximum(1 + change, 0.0), 1.0)
        added += np.where(share, 0.0, change * owners.scale[:, None])
        variance += (effects.spread[owners.rows, k][:, None] * x) ** 2
    if not (variance.any() or added.any() or (factor != 1).any()):
        return forecast
    median = forecast.median
    uncertain = np.sqrt(variance) * np.where(share, np.maximum(median, 0.0), owners.scale[:, None])
    z = np.array([NormalDist().inv_cdf(float(level)) for level in forecast.levels])
    away = (forecast.quantiles - median[:, :, None]) * factor[:, :, None]
    wider = np.sign(away + (away == 0) * z) * np.hypot(away, z * uncertain[:, :, None])
    quantiles = (median * factor + added)[:, :, None] + wider
    quantiles = np.where(share[:, :, None], np.maximum(quantiles, 0.0), quantiles)
    touched = (variance > 0) | (factor != 1) | (added != 0)
    return replace(
        forecast,
        quantiles=np.where(touched[:, :, None], np.sort(quantiles, axis=-1), forecast.quantiles),
        means=None if forecast.means is None else forecast.means * factor + added,
    )
