"""Whether a newer spreadsheet is broken, seen at once in its values and without statistics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency

POWERS = np.array([1000.0, 100.0, 10.0, 0.1, 0.01, 0.001])
SHORTEST_HISTORY = 4  # values, before new ones are compared with them; chosen by judgement
# How far beyond anything ever seen a value must be, how near to that it must be brought back, and how much larger the
# power of ten is than what lies between small and large values (10% and 90%) of the series: chosen by judgement.
MIN_BEYOND, NEAR, MIN_POWER = 1.5, 1.2, 1.2
MIN_SHARE = 0.6  # of the new values that must show it
MIN_REPEATED = 4  # values in a row that repeat earlier ones; counts and rounded values repeat by chance
MIN_DISTINCT = 3
COMPLETE = 24  # known values without a gap or a zero, after which one is news; chosen by judgement
FAR_FROM_ZERO = 0.3  # of its median: the least value of a series that is never near 0; chosen by judgement
_BROKEN = (AlertAction.CHECK_FILE, AlertAction.KEEP_WATCHING)
_EMPTY = (AlertAction.CHECK_FILE, AlertAction.ASK_STOCK, AlertAction.MARK_ONE_OFF, AlertAction.KEEP_WATCHING)


@dataclass(frozen=True)
class Comparison:
    """N series: ``past`` float64 [N, L], right-aligned, ``new`` float64 [N, K], NaN where there is no value.

    ``first`` int64 [N]: the period number of each first new value; ``expected`` float64 [N, K]: what was forecast.
    ``quiet`` bool [N, K]: periods in which nothing may be said of zeros and gaps, such as closed ones and holidays.
    """

    names: tuple[str, ...]
    frequency: Frequency
    first: Integers
    past: Floats
    new: Floats
    quiet: Flags


def spreadsheet_changes(compared: Comparison) -> tuple[Alert, ...]:
    """What is broken in the new values of each series: of each, the first that is found."""
    found: list[Alert] = []
    said = np.zeros(len(compared.names), dtype=bool)
    known = np.isfinite(compared.past).sum(axis=1) >= SHORTEST_HISTORY
    for detector in DETECTORS:
        shows, size, since, last = detector(compared)
        which: Flags = np.logical_and(shows, known)
        for i in np.flatnonzero(which & ~said).tolist():
            begin = int(compared.first[i])
            found.append(
                Alert(
                    kind=_KINDS[detector],
                    series=compared.names[i],
                    since=begin + int(since[i]),
                    last=begin + int(last[i]),
                    size=float(size[i]),
                    actions=_EMPTY if _KINDS[detector] in (AlertKind.ZEROS, AlertKind.GAPS) else _BROKEN,
                )
            )
        said = np.logical_or(said, which)
    return tuple(found)


_Found = tuple[Flags, Floats, Integers, Integers]  # which series, how large, from and to which new value


def _sign(compared: Comparison) -> _Found:
    """Values that were never below 0 and now mostly are, at the usual size; or the other way round."""
    past, new = compared.past, compared.new
    with np.errstate(invalid="ignore"):
        usual = _median(np.abs(past))
        always = _never(past < 0) & _any(past > 0), _never(past > 0) & _any(past < 0)
        large = np.abs(new) > 0.2 * usual[:, None]
        turned = np.where(always[0][:, None], (new < 0) & large, np.where(always[1][:, None], (new > 0) & large, False))
    return _mostly(turned, new)


def _units(compared: Comparison) -> _Found:
    """New values beyond anything that was ever seen, which a power of ten brings back to where they always were."""
    past, new = np.abs(compared.past), np.abs(compared.new)
    past, new = np.where(past > 0, past, np.nan), np.where(new > 0, new, np.nan)
    low, usual, high = (_quantile(past, level)[:, None] for level in (0.1, 0.5, 0.9))
    least, most = _quantile(past, 0.0)[:, None], _quantile(past, 1.0)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        nearest = POWERS[np.abs(np.log((new / usual)[..., None] / POWERS)).argmin(axis=-1)]
        back = new / nearest
        fits = ((new > most * MIN_BEYOND) | (new < least / MIN_BEYOND)) & (back >= least / NEAR) & (back <= most * NEAR)
        fits &= np.maximum(nearest, 1 / nearest) > high / low * MIN_POWER
    which, _, since, last = _mostly(fits, new)
    size = np.array([float(np.median(nearest[i][fits[i]])) if which[i] else np.nan for i in range(len(which))])
    return which, size, since, last


def _repeated(compared: Comparison) -> _Found:
    """A stretch of new values, not all alike, that is exactly a stretch of the past."""
    past, new = compared.past, compared.new
    count = new.shape[1]
    which, size = np.zeros(len(new), dtype=bool), np.zeros(len(new))
    if count < MIN_REPEATED or past.shape[1] < count:
        return which, size, np.zeros(len(new), np.int64), np.full(len(new), count - 1)
    complete = np.flatnonzero(np.isfinite(new).all(axis=1))
    for lag in range(past.shape[1] - count + 1):
        which[complete] |= (past[complete, lag : lag + count] == new[complete]).all(axis=1)
    many = np.array([len(np.unique(row)) >= max(MIN_DISTINCT, len(row) // 2) for row in new[which]], dtype=bool)
    which[np.flatnonzero(which)] = many
    # A law that repeats itself exactly is no copy: then the past repeats itself as well.
    for i in np.flatnonzero(which).tolist():
        which[i] = not _repeats_itself(past[i], count)
    return which, np.full(len(new), float(count)), np.zeros(len(new), np.int64), np.full(len(new), count - 1)


def _repeats_itself(past: Floats, count: int) -> bool:
    final = past[-count:]
    return any(bool((past[at : at + count] == final).all()) for at in range(len(past) - 2 * count + 1))


def _gaps(compared: Comparison) -> _Found:
    """Values missing between new ones, in a series that had all of them."""
    known = np.isfinite(compared.new)
    last = np.where(known.any(axis=1), known.shape[1] - known[:, ::-1].argmax(axis=1), 0)
    missing = ~known & (np.arange(known.shape[1]) < last[:, None]) & ~compared.quiet
    return _news(missing, _recent_complete(np.isfinite(compared.past)))


def _zeros(compared: Comparison) -> _Found:
    """Zeros in a series that was never near 0."""
    past = compared.past
    known = np.isfinite(past)
    with np.errstate(invalid="ignore"):
        far = _quantile(past, 0.0) > FAR_FROM_ZERO * _median(past)
    return _news((compared.new == 0) & ~compared.quiet, far & (known.sum(axis=1) >= COMPLETE))


def _news(found: Flags, judged: Flags) -> _Found:
    """Series that are judged and have any; ``size``: the share of periods."""
    which: Flags = found.any(axis=1) & judged
    last = found.shape[1] - 1 - found[:, ::-1].argmax(axis=1)
    return which, found.mean(axis=1), found.argmax(axis=1), last


def _recent_complete(known: Flags) -> Flags:
    """Whether the last ``COMPLETE`` values are all known."""
    return np.asarray(known[:, -COMPLETE:].sum(axis=1) == COMPLETE)


def _mostly(fits: Flags, new: Floats) -> _Found:
    """Series most of whose new values fit, from the first to the last that does.

    Only those since the first count: the unit may change in the middle of the new values.
    """
    known = np.isfinite(new)
    since = fits.argmax(axis=1)
    counted = known & (np.arange(new.shape[1]) >= since[:, None])
    share = fits.sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
    which = fits.any(axis=1) & (share >= MIN_SHARE)
    last = new.shape[1] - 1 - fits[:, ::-1].argmax(axis=1)
    return which, np.full(len(new), np.nan), since, last


def _median(values: Floats) -> Floats:
    return _quantile(values, 0.5)


def _quantile(values: Floats, level: float) -> Floats:
    """Of the known values of each row: float64 [N], NaN for a row without any."""
    ordered = np.sort(values, axis=1)  # NaN come last
    count = np.isfinite(values).sum(axis=1)
    at = np.maximum(np.round(level * (count - 1)), 0).astype(np.int64)
    return np.where(count > 0, ordered[np.arange(len(values)), at], np.nan)


def _never(found: Flags) -> Flags:
    return np.asarray(~found.any(axis=1))


def _any(found: Flags) -> Flags:
    return np.asarray(found.any(axis=1))


DETECTORS: tuple[Callable[[Comparison], _Found], ...] = (_sign, _units, _repeated, _gaps, _zeros)
_KINDS = dict(
    zip(
        DETECTORS,
        (AlertKind.SIGN, AlertKind.UNITS, AlertKind.REPEATED, AlertKind.GAPS, AlertKind.ZEROS),
        strict=True,
    )
)
