"""Whether a file is a newer copy of a table: by its columns and frequency, never by its path."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet
from almanac.core.text import normalise
from almanac.wording.watching import updates as words

_COUNTED_WITHOUT_ANCHOR = (Unit.MONTH, Unit.BUSINESS_DAY, Unit.ROW)


@dataclass(frozen=True)
class TableShape:
    """What a table is made of: the columns that are forecast (none where they are the series themselves), those that
    split it, and how often there is a value. Columns that are used for neither do not count.
    """

    values: tuple[str, ...]
    splits: tuple[str, ...]
    frequency: Frequency

    @property
    def key(self) -> tuple[frozenset[str], frozenset[str]]:
        """Equal for tables whose columns are the same, in whatever order."""
        return frozenset(map(normalise, self.values)), frozenset(map(normalise, self.splits))


def is_same_table(old: TableShape, new: TableShape) -> bool:
    """Whether a file could be a newer copy of a table."""
    return old.key == new.key and _comparable(old.frequency, new.frequency)


def require_same_table(old: TableShape, new: TableShape, file: str) -> None:
    """Raises ``ProblemError`` when a file has other columns or another frequency than the table before."""
    if old.key != new.key:
        before, now = ((*shape.values, *shape.splits) for shape in (old, new))
        raise ProblemError(words.other_columns(file, before, now))
    if not _comparable(old.frequency, new.frequency):
        raise ProblemError(words.other_frequency(file, old.frequency, new.frequency))


def _comparable(old: Frequency, new: Frequency) -> bool:
    """Whether periods of one are periods of the other; weeks may be labelled by another day, as files do."""
    if (old.unit, old.multiple) != (new.unit, new.multiple):
        return False
    if old.multiple == 1 and (old.unit is Unit.WEEK or old.unit in _COUNTED_WITHOUT_ANCHOR):
        return True
    return old.anchor == new.anchor


def with_frequency_of(old: SeriesSet, new: SeriesSet) -> SeriesSet:
    """The newer series with their periods numbered as in the older reading."""
    if old.frequency == new.frequency or not new.frequency.dated:
        return new
    first = old.frequency.numbers(new.frequency.even_dates(new.first))
    return replace(new, first=first.astype(np.int64), frequency=old.frequency)
