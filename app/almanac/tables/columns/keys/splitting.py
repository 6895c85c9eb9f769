"""Columns that split the rows because they distinguish those of one date, or name what each receipt is of."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.column_words import is_identifier_name, measures
from almanac.tables.columns.keys.grouping import density, distinguished_share
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY

# All chosen by judgement.
CROWDED = 0.05  # share of rows whose date occurred before, from which on one date has several rows
MIN_DISTINGUISHED = 0.95  # share of rows that date and key together must identify
_MIN_DENSITY = 0.3  # share of the dates within its span that a series must have on average
_MIN_RECEIPT_DENSITY, _MAX_RECEIPT_SERIES = 0.5, 200  # of a key that cannot identify rows, such as shops of receipts
_MAX_KEYS, _MAX_KEY_CANDIDATES = 3, 8
_MAX_DISTINCT_TEXTS, _MAX_DISTINCT_NUMBERS = 1 / 2, 1 / 5  # of all rows, for a column that may be a key
_STEPS_LOOKED_AT = 10_000
_MIN_STEPS, _MAX_USUAL_STEPS, _MIN_SPREAD_OF_STEPS = 8, 0.7, 0.5  # between dates at irregular times
_MAX_CLOCKS = 0.5  # share of times of day in a column that may be a key


def are_irregular(moments: Timestamps) -> bool:
    """Whether the dates follow each other in no regular way."""
    steps = np.diff(moments[:_STEPS_LOOKED_AT].astype(np.int64))
    if len(steps) < _MIN_STEPS:
        return False
    usual = np.unique(steps, return_counts=True)[1].max() / len(steps)
    return bool(usual < _MAX_USUAL_STEPS and steps.std() > _MIN_SPREAD_OF_STEPS * steps.mean())


def find_keys(table: Table, profiles: tuple[ColumnProfile, ...], dates: Integers, free: list[int]) -> tuple[int, ...]:
    """The fewest columns that distinguish the rows of one date and make well-filled series."""
    able = [i for i in free if can_be_key(profiles[i], len(table))]
    texts_first = sorted(able, key=lambda i: (profiles[i].numeric and not is_identifier_name(profiles[i].name), i))
    needed = {table.section} & set(able)
    for size in range(1, _MAX_KEYS + 1):
        for columns in combinations(texts_first[:_MAX_KEY_CANDIDATES], size):
            if needed.issubset(columns) and (
                distinguished_share(table, dates, columns) >= MIN_DISTINGUISHED
                and density(table, dates, columns) >= _MIN_DENSITY
            ):
                return tuple(sorted(columns))
    return () if needed else receipt_key(table, profiles, dates, texts_first)


def receipt_key(table: Table, profiles: tuple[ColumnProfile, ...], dates: Integers, free: list[int]) -> tuple[int, ...]:
    """The column that splits receipts: a shop has many rows a day, and nothing distinguishes them.

    ``dates``: int64 [N], the number of each row's date; ``free``: the columns that may be it, best first.
    """
    for i in free:
        few = not profiles[i].numeric and profiles[i].distinct <= _MAX_RECEIPT_SERIES
        if few and can_be_key(profiles[i], len(table)) and density(table, dates, (i,)) >= _MIN_RECEIPT_DENSITY:
            return (i,)
    return ()


def daily_keys(
    table: Table, profiles: tuple[ColumnProfile, ...], moments: Timestamps, dates: Integers, free: list[int]
) -> tuple[int, ...]:
    """The column of words that distinguishes rows of one day whose times are mere scatter, such as answers to a form.

    Everything it names has a row on most days.
    """
    if not (moments.astype(np.int64) % SECONDS_PER_DAY).any() or not are_irregular(moments):
        return ()
    days, place = np.unique(moments.astype("datetime64[D]"), return_inverse=True)
    if 1 - len(days) / max(len(dates), 1) <= CROWDED:
        return ()
    by_day = place[dates]
    for i in free:
        able = not profiles[i].numeric and can_be_key(profiles[i], len(table))
        if (
            able
            and distinguished_share(table, by_day, (i,)) >= MIN_DISTINGUISHED
            and density(table, by_day, (i,)) >= _MIN_RECEIPT_DENSITY
        ):
            return (i,)
    return ()


def can_be_key(profile: ColumnProfile, rows: int) -> bool:
    """Whether a column may split the rows: it has few texts or few whole numbers, and is none of times or amounts."""
    if profile.numeric and measures(profile.name):
        return False
    if profile.dated or profile.clock_share > _MAX_CLOCKS:
        return False
    if not 1 < profile.distinct <= max(rows * _MAX_DISTINCT_TEXTS, 2):
        return False
    counts = profile.whole and profile.lowest >= 0
    return not profile.numeric or (counts and profile.distinct <= max(rows * _MAX_DISTINCT_NUMBERS, 2))
