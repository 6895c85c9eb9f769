"""The clock on the wall, which is put forward and back, next to an even one that never changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Integers, Timestamps


@dataclass(frozen=True)
class Clock:
    """``changes``: pairs of seconds, ascending: since when (from 1970 on, by the even clock) the one on the wall is how
    far ahead; before the first change both show the same. ``offset``: seconds that the even clock is ahead of UTC, None
    where nothing says.

    After the last change everything stays as it is: a file does not say when its clocks will change again.
    """

    changes: tuple[tuple[int, int], ...]
    offset: int | None = None

    def ahead(self, even: Timestamps) -> Integers:
        """How many seconds the clock on the wall is ahead: int64 of the same shape as ``even`` (datetime64[s])."""
        since = np.array([when for when, _ in self.changes], dtype=np.int64)
        seconds = np.array([0, *(ahead for _, ahead in self.changes)], dtype=np.int64)
        place = np.searchsorted(since, even.astype("datetime64[s]").astype(np.int64), side="right")
        ahead: Integers = seconds[place]
        return ahead

    def on_the_wall(self, even: Timestamps) -> Timestamps:
        """What the clock on the wall shows at these moments: datetime64[s] of the same shape."""
        shown: Timestamps = even.astype("datetime64[s]") + self.ahead(even).astype("timedelta64[s]")
        return shown

    def utc_offset(self, even: Timestamps) -> str:
        """How far the clock on the wall is ahead of UTC at a moment, as "+02:00"; empty where it is not known."""
        if self.offset is None:
            return ""
        seconds = self.offset + int(self.ahead(even))
        hours, minutes = divmod(abs(seconds) // 60, 60)
        return f"{'-' if seconds < 0 else '+'}{hours:02d}:{minutes:02d}"
