"""Readings of a day side by side without names: 48 half-hours after the day, as meters write them."""

from __future__ import annotations

from almanac.tables.columns.profile import ColumnProfile, unnamed

_COUNTS = (24, 48, 96, 144, 288)  # hours, half-hours, quarter-hours, ten and five minutes of a day
_MIN_COMPACT = 0.9  # share of days written as 20240131; chosen by judgement
_MINUTES_OF_DAY = 1440


def bare_intervals(profiles: tuple[ColumnProfile, ...]) -> tuple[int, dict[int, str]] | None:
    """The column of days, and the columns of readings with the time at which each begins; None for other tables."""
    down = next((i for i, p in enumerate(profiles) if p.dated or p.compact_share >= _MIN_COMPACT), None)
    if down is None or not all(unnamed(p.name) for p in profiles):
        return None
    stop = next((i for i in range(down + 1, len(profiles)) if not profiles[i].numeric), len(profiles))
    count = stop - down - 1
    if count not in _COUNTS:
        return None
    step = _MINUTES_OF_DAY // count
    times = (divmod(step * n, 60) for n in range(count))
    return down, {down + 1 + n: f" {hour:02d}:{minute:02d}" for n, (hour, minute) in enumerate(times)}
