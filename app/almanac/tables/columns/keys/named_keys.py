"""Columns of words that tell the same things apart as numbers do: "pm25" and "no2" instead of sensor 1 and 2."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.tables.columns.keys.grouping import group_rows
from almanac.tables.columns.keys.splitting import can_be_key
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Table


def in_words(
    table: Table, profiles: tuple[ColumnProfile, ...], series: tuple[int, ...], free: Sequence[int]
) -> tuple[int, ...]:
    """The columns that split the rows, each of numbers replaced by the nearest of words that has one for each number.

    ``free``: the columns that may be taken instead.
    """
    able = [i for i in free if i not in series and not profiles[i].numeric and can_be_key(profiles[i], len(table))]
    return tuple(sorted(_in_words(table, profiles, i, able) if profiles[i].numeric else i for i in series))


def _in_words(table: Table, profiles: tuple[ColumnProfile, ...], i: int, able: Sequence[int]) -> int:
    alike = (k for k in able if profiles[k].distinct == profiles[i].distinct)
    things = profiles[i].distinct
    same = [k for k in alike if all(len(group_rows(table, columns)[1]) == things for columns in ((i,), (k,), (i, k)))]
    return min(same, key=lambda k: (abs(k - i), -k), default=i)
