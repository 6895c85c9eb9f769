"""Looks at finished series, tells what is odd, and repairs what the person chose to have repaired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import Finding, stop_with
from almanac.core.series import SeriesSet
from almanac.tables import findings as words
from almanac.tables.quality.level_breaks import level_breaks
from almanac.tables.quality.outliers import outliers, unit_jumps
from almanac.tables.quality.segments import owners
from almanac.tables.quality.whole_file import heavy_few, unfinished_last_period
from almanac.tables.reading import ReadingOptions

RowsAt = Callable[[Integers], tuple[int, ...]]
_SHORT = 8


@dataclass(frozen=True, eq=False)
class Inspected:
    """The series, repaired as chosen, and what was found."""

    series: SeriesSet
    findings: tuple[Finding, ...]


def inspect(series: SeriesSet, options: ReadingOptions, rows_at: RowsAt) -> Inspected:
    """``rows_at`` gives the file's lines for places in ``series.values``."""
    found: list[Finding] = []
    values = series.values
    keep = np.ones(len(series), dtype=bool)
    jumps, factors = unit_jumps(series)
    if len(jumps):
        used = options.repair("unit_jump") or "keep"
        found.append(words.unit_jump(_names(series, jumps), factors, rows_at(jumps), used))
        values = _apply(series, values, jumps, used, factors)
    odd = np.setdiff1d(outliers(series), jumps)
    if len(odd):
        used = options.repair("outliers") or "keep"
        found.append(words.outliers(_names(series, odd), series.values[odd], rows_at(odd), used))
        values = _apply(series, values, odd, used)
    negative = _few_negatives(series)
    if len(negative):
        used = options.repair("negatives") or "keep"
        found.append(words.negatives(_names(series, negative), len(negative), rows_at(negative), used))
        values = _apply(series, values, negative, used)
    broken = np.asarray(level_breaks(series), dtype=np.int64)
    breaks = broken[~np.isin(owners(series, broken), owners(series, jumps))]
    of = owners(series, breaks)
    begin = series.offsets[:-1].copy()
    if len(breaks):
        used = options.repair("level_break") or "keep"
        periods = series.first[of] + breaks - series.offsets[of]
        dates = [series.frequency.label(int(period)) for period in periods]
        found.append(words.level_break(_names(series, breaks), dates, rows_at(breaks), used))
        if used == "after":
            begin[of] = breaks
    last = unfinished_last_period(series)
    end = series.offsets[1:].copy()
    if len(last):
        used = options.repair("partial_last_period") or "keep"
        label = series.frequency.label(int(series.last.max()))
        found.append(words.low_last_period(label, series.frequency, used, rows_at(last), len(last)))
        if used == "leave_out":
            end[owners(series, last)] -= 1
    keep &= _whole_series(series, options, found)
    heavy, share = heavy_few(series)
    if len(heavy):
        found.append(words.imbalance([series.names[i] for i in heavy], len(series), share))
    return Inspected(_rebuilt(series, values, begin, end, keep), tuple(found))


def _names(series: SeriesSet, places: Integers) -> list[str]:
    return [series.names[i] for i in dict.fromkeys(owners(series, places).tolist())]


def _apply(series: SeriesSet, values: Floats, places: Integers, how: str, factors: Floats | None = None) -> Floats:
    """``values`` with those at ``places`` treated so; the series' own stay as they are."""
    if how == "keep":
        return values
    values = values.copy() if values is series.values else values
    if how == "missing":
        values[places] = np.nan
    elif how == "zero":
        values[places] = 0.0
    elif how == "positive":
        values[places] = np.abs(values[places])
    elif how == "scale" and factors is not None:
        values[places] *= factors
    elif how == "between":
        odd = np.zeros(len(values), dtype=bool)
        odd[places] = True
        for i in np.unique(owners(series, places)).tolist():
            part = slice(series.offsets[i], series.offsets[i + 1])
            good = np.flatnonzero(np.isfinite(values[part]) & ~odd[part])
            bad = np.flatnonzero(odd[part])
            if len(good):
                values[part][bad] = np.interp(bad, good, values[part][good])
    return values


def _few_negatives(series: SeriesSet) -> Integers:
    """Places of negative values in series of whole numbers that are otherwise never negative."""
    with np.errstate(invalid="ignore"):
        negative = series.values < 0
    if not negative.any():
        return np.zeros(0, dtype=np.int64)
    known, starts = np.isfinite(series.values), series.offsets[:-1]
    count, below = (np.add.reduceat(flags, starts, dtype=np.int64) for flags in (known, negative))
    part = known & (series.values != np.floor(np.where(known, series.values, 0)))
    whole = ~np.logical_or.reduceat(part, starts)
    suspicious = (below > 0) & (below <= np.maximum(1, 0.02 * count)) & (count >= 20) & whole
    places = np.flatnonzero(negative)
    return places[suspicious[owners(series, places)]]


def _whole_series(series: SeriesSet, options: ReadingOptions, found: list[Finding]) -> Flags:
    """Which series to keep: bool [N]; constant and short ones stay unless the person says otherwise."""
    keep = np.ones(len(series), dtype=bool)
    lows = np.fmin.reduceat(series.values, series.offsets[:-1])
    highs = np.fmax.reduceat(series.values, series.offsets[:-1])
    for code, which in (
        ("constant_series", (lows == highs) & (series.lengths > 2)),
        ("too_short", series.lengths < _SHORT),
    ):
        if which.any():
            used = options.repair(code) or "keep"
            found.append(words.named(code, [series.names[i] for i in np.flatnonzero(which)], used))
            if used == "leave_out":
                keep &= ~which
    return keep


def _rebuilt(series: SeriesSet, values: Floats, begin: Integers, end: Integers, keep: Flags) -> SeriesSet:
    """The series that are kept, each from ``begin`` to ``end``."""
    keep &= end > begin
    if not keep.any():
        raise stop_with(
            "nothing_left",
            "Every series was left out.",
            "The repairs you chose leave nothing to forecast.",
            "Undo one of them.",
        )
    as_read = series.values if series.raw_values is None else series.raw_values
    repaired = not np.array_equal(as_read, values, equal_nan=True)
    whole = (begin == series.offsets[:-1]).all() and (end == series.offsets[1:]).all()
    if keep.all() and whole:
        return replace(series, values=values, raw_values=as_read if repaired else None)
    inside = np.zeros(len(values) + 1, dtype=np.int64)
    np.add.at(inside, begin[keep], 1)
    np.add.at(inside, end[keep], -1)
    chosen, kept = np.flatnonzero(keep).tolist(), np.cumsum(inside[:-1]) > 0
    return replace(
        series,
        names=tuple(series.names[i] for i in chosen),
        keys=tuple(series.keys[i] for i in chosen) if series.keys else (),
        values=values[kept],
        raw_values=as_read[kept] if repaired else None,
        offsets=np.concatenate([[0], np.cumsum((end - begin)[keep])]).astype(np.int64),
        first=(series.first + begin - series.offsets[:-1])[keep],
    )
