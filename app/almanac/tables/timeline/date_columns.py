"""A table and what is known of its columns, as the search for its dates sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Column, Table, as_cells

FIRST_COLUMNS = 2  # in which dates without a year, and codes, are looked for; chosen by judgement


@dataclass(frozen=True, eq=False)
class DateColumns:
    """A table and the profiles of its columns."""

    table: Table
    profiles: tuple[ColumnProfile, ...]

    def cells(self, i: int) -> Column:
        """A column with cells, also where it was read as plain numbers."""
        return as_cells(self.table.columns[i])

    @cached_property
    def years(self) -> list[int]:
        """The columns that hold bare years."""
        return [i for i, p in enumerate(self.profiles) if p.holds_years]

    @cached_property
    def named_years(self) -> list[int]:
        """The columns that hold bare years and are called so."""
        return [i for i in self.years if self.profiles[i].named("year")]

    def other_than(self, year: int) -> Iterator[tuple[int, ColumnProfile]]:
        """The filled columns that may hold the rest of the date next to a column of years."""
        return ((i, p) for i, p in enumerate(self.profiles) if i != year and p.filled)

    def first_or_named(self) -> Iterator[tuple[int, ColumnProfile]]:
        """The columns of numbers that may hold dates: the first one, and those named like a date."""
        return ((i, p) for i, p in enumerate(self.profiles) if p.numeric and (i == 0 or p.named_like_date))

    def first_texts(self) -> Iterator[int]:
        """Those of the first columns that do not hold numbers."""
        first = self.profiles[:FIRST_COLUMNS]
        return (i for i, p in enumerate(first) if p.filled and not p.numeric)
