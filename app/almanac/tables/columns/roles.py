"""What each column is for: what is measured, and what splits the rows into series."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.column_words import (
    Meaning,
    is_age_name,
    is_any_value,
    is_end_name,
    is_event_number_name,
    is_identifier_name,
    is_time_of_each,
    is_traded_name,
    meaning_of,
)
from almanac.tables.columns.keys.date_codes import without_repeated_dates
from almanac.tables.columns.keys.grouping import density, distinguished_share, group_rows, splits
from almanac.tables.columns.keys.named_keys import in_words
from almanac.tables.columns.keys.quality_codes import is_quality_code
from almanac.tables.columns.keys.sources import Readings, with_sources
from almanac.tables.columns.keys.splitting import (
    CROWDED,
    MIN_DISTINGUISHED,
    are_irregular,
    daily_keys,
    find_keys,
)
from almanac.tables.columns.money.documents import document_column
from almanac.tables.columns.money.double_entry import DoubleEntry, find_double_entry
from almanac.tables.columns.money.find import Money, accounts_of, find_money, money_values, refund_states
from almanac.tables.columns.money.movements import Movements, find_movements, movements_of
from almanac.tables.columns.money.row_units import find_row_units
from almanac.tables.columns.money.words import is_account_name
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.states import State, find_states, is_lasting_name
from almanac.tables.columns.targets import (
    Candidate,
    differs_within,
    is_code,
    is_no_target,
    rank_targets,
    sample,
    unnamed_last,
)
from almanac.tables.columns.totals import is_running_name, running_total_columns
from almanac.tables.columns.words.among_names import may_be_paid, says_who_paid
from almanac.tables.values.cells import Column, Table, as_cells
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY

_REFERENCE = re.compile(r"#\s?\d+|(?=\S*[^\W\d_])(?=\S*\d)[\w#-]{4,40}")
_REFERENCE_SAMPLE, _MIN_REFERENCES = 200, 10  # cells looked at, and rows needed

# All chosen by judgement.
_MIN_COUNTED, _MIN_SHARED = 20, 0.05  # rows of a list that may be counted, and share of them whose day occurred before
_MIN_SPREAD = 0.05  # of how many rows a day has, in units of their mean: a register has as many on each
_MIN_OF_SIDE = 0.5  # share of the dates that have a row of what came in, and of what went out, if these are series
_MIN_FALLS = 0.25  # share of steps down in a column that is no running total
_TIMES_LOOKED_AT = 10_000
_MAX_BOOKED = 0.5  # of the times for which events may be booked, nights included; what is measured has a row for more


@dataclass(frozen=True)
class KnownColumns:
    """Column indices: of the dates, of the value and series columns that the person chose, of marked amounts."""

    dates: tuple[int, ...]
    values: tuple[int, ...] = ()
    series: tuple[int, ...] = ()
    marked: tuple[int, ...] = ()


@dataclass(frozen=True)
class Roles:
    """Column indices. ``transactions``: one date (and key) has several rows, which are put together.

    ``repeated_share``: rows whose date occurred before; ``distinguished_share``: rows that date and key identify.
    ``events``: each row is an event, such as a sale; ``candidates``: unless each row is one period, the columns that
    may be forecast, best first. ``money``: money in and out, in two columns (both of them ``values``) or by marks.
    ``codes``: the only columns of numbers of a list whose rows are put together, if all of them tell things apart.
    ``states``: columns that say which rows were cancelled. ``movements``: which column says what came in or went out.
    ``of_sources``: the rows are readings of several sensors, meters or places, which the series are.
    ``books``: whose two sides, the ``money``, are equal on every date.
    ``booked``: the times of events were planned, as of appointments on the full hour: as even as those of readings.
    """

    values: tuple[int, ...]
    series: tuple[int, ...]
    transactions: bool
    repeated_share: float = 0.0
    distinguished_share: float = 1.0
    events: bool = False
    candidates: tuple[Candidate, ...] = ()
    money: Money | None = None
    codes: tuple[int, ...] = ()
    states: tuple[State, ...] = ()
    movements: Movements | None = None
    of_sources: bool = False
    books: DoubleEntry | None = None
    booked: bool = False


def find_roles(
    table: Table, profiles: tuple[ColumnProfile, ...], moments: Timestamps, dates: Integers, known: KnownColumns
) -> Roles:
    """Propose what is measured and what splits the rows, where the person did not choose it.

    ``moments``: the distinct dates, ascending; ``dates``: int64 [N], the place of each row's date among them.
    """
    free = [i for i, p in enumerate(profiles) if i not in known.dates and p.filled]
    free = without_repeated_dates(table, profiles, moments, dates, free)
    values, series, states = known.values, known.series, find_states(table, profiles)
    repeated = 1 - (int(dates.max(initial=-1)) + 1) / max(len(dates), 1)
    crowded = repeated > CROWDED
    uneven = repeated > 0 or are_irregular(moments)
    money, books = _money(table, profiles, [i for i in free if i not in series], dates, (values, crowded, uneven))
    of_states = {state.column for state in states}
    in_one_column = money is not None or bool(known.marked)
    movements = None if in_one_column else find_movements(table, profiles, [i for i in free if i not in of_states])
    if not series and crowded:
        # What is bought splits a list of sales; a list of money in and out is one flow, of each account.
        # Refunds among sales may be split by product or shop, but not by what says that they are refunds.
        refunds = None if books else refund_states(money)
        one_flow = in_one_column and refunds is None
        able = [i for i in free if not one_flow or is_account_name(profiles[i].name) or i == table.section]
        able = [i for i in able if i not in {*(refunds or ()), *of_states, *values}]
        own = accounts_of(money) if books is None else books.accounts
        own = own or (() if in_one_column or movements else document_column(table, profiles, able))
        series = own or (() if books else _keys_beside(movements, table, profiles, dates, able))
    elif not series and not in_one_column:
        series = _keys_of_few(table, profiles, moments, dates, [i for i in free if i not in values])
    of_sources = False
    if not (in_one_column or movements) and (series == known.series or are_irregular(moments)):
        readings = Readings(table, moments, dates)
        series, of_sources = with_sources(readings, profiles, [i for i in free if i not in of_states], series)
    if not known.series:
        series = _named(table, profiles, series, [i for i in free if i not in of_states and i not in values])
    movements = None if movements is None or movements.marks in series else movements
    distinguished = distinguished_share(table, dates, series) if crowded else 1.0
    transactions = crowded and distinguished < MIN_DISTINGUISHED and not of_sources
    free = [i for i in free if i not in series and (movements is None or i != movements.marks)]
    events = transactions or money is not None or movements is not None
    amounts = [i for i in free if not (of_sources and is_any_value(profiles[i].name))]  # such as a sensor's "value"
    booked = not (events or of_sources) and _are_booked(table, profiles, moments, amounts)
    events = events or booked or ((not series or of_sources) and lists_single_events(table, profiles, moments, amounts))
    one_each = not (series or events)
    measures = _measures(table, profiles, free, one_each, events)
    if one_each:
        # Orders at any time of day, with nothing but their numbers.
        combined = not values and are_irregular(moments)
        codes = _only_codes(table, profiles, measures, True, lambda: days_differ(moments, dates)) if combined else ()
        values = values or tuple(measures)
        found = Roles(
            values, series, transactions, repeated, distinguished, codes=codes, states=states, of_sources=of_sources
        )
        return _by_unit(found, table, dates, known)
    candidates = _differing_first(table, series, rank_targets(table, profiles, measures, events))
    chosen = money_values(money) or values
    combined = not chosen and (events or are_irregular(moments))
    codes = _only_codes(table, profiles, measures, events, lambda: days_differ(moments, dates)) if combined else ()
    values = chosen or tuple(candidate.column for candidate in candidates[:1])
    if movements is not None:
        movements = movements_of(table, values[0], profiles[values[0]], movements) if len(values) == 1 else None
    found = Roles(values, series, transactions, repeated, distinguished, events, candidates, money, codes, states)
    return _by_unit(
        replace(found, movements=movements, of_sources=of_sources, books=books, booked=booked), table, dates, known
    )


def _money(
    table: Table,
    profiles: tuple[ColumnProfile, ...],
    free: list[int],
    dates: Integers,
    known: tuple[tuple[int, ...], bool, bool],
) -> tuple[Money | None, DoubleEntry | None]:
    """Money in and out, and the books that it is both sides of.

    ``known``: the columns of values that the person chose; whether many dates occur more than once, and whether some do
    or are irregular.
    """
    values, crowded, uneven = known
    money = find_money(table, profiles, free, crowded=crowded, uneven=uneven)
    if values and set(values) != set(money_values(money)):
        money, free = None, [i for i in free if i in values]  # the person chose another column
    books = find_double_entry(table, profiles, free, money, dates) if crowded else None
    return (money, None) if books is None else (books.money, books)


def _by_unit(roles: Roles, table: Table, dates: Integers, known: KnownColumns) -> Roles:
    """The roles with the column of currencies or units as one more key, where numbers of one series are in several."""
    found = None if known.series else find_row_units(table, roles.values, {*known.dates, *roles.series})
    if found is None or not splits(table, roles.series, found.column):
        return roles
    series = (*roles.series, found.column)
    distinguished = distinguished_share(table, dates, series) if roles.distinguished_share < 1 else 1.0
    transactions = roles.transactions and distinguished < MIN_DISTINGUISHED
    return replace(roles, series=series, distinguished_share=distinguished, transactions=transactions)


def _named(
    table: Table, profiles: tuple[ColumnProfile, ...], series: tuple[int, ...], free: list[int]
) -> tuple[int, ...]:
    """The columns that split the rows, with the one of sections, and words where these tell apart what numbers do."""
    with_section = (*series, table.section) if table.section in free and table.section not in series else series
    return in_words(table, profiles, with_section, free)


def _keys_beside(
    movements: Movements | None,
    table: Table,
    profiles: tuple[ColumnProfile, ...],
    dates: Integers,
    able: list[int],
) -> tuple[int, ...]:
    """The columns that split the rows. What came in and went out are series where most dates have both."""
    keys = find_keys(table, profiles, dates, able)
    if movements is None or movements.marks not in keys:
        return keys
    cells = as_cells(table.columns[movements.marks])
    sides = ([cell in side for cell in cells.cells] for side in (movements.out, movements.into))
    rows = [np.array(side, dtype=bool)[cells.codes] for side in sides]
    often = all(which.any() and density(table.take(which), dates[which], keys) >= _MIN_OF_SIDE for which in rows)
    if often and distinguished_share(table, dates, keys) >= MIN_DISTINGUISHED:
        return keys
    return find_keys(table, profiles, dates, [i for i in able if i != movements.marks])


def _differing_first(table: Table, series: tuple[int, ...], candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates; behind them those that never change within a series, such as the capacity of each place."""
    if not series or len(candidates) < 2:
        return candidates
    groups, _ = group_rows(table, series)
    differ = {c: differs_within(values := sample(table.columns[c.column]), groups[: len(values)]) for c in candidates}
    return tuple(sorted(candidates, key=lambda c: not differ[c]))


def _only_codes(
    table: Table, profiles: tuple[ColumnProfile, ...], measured: list[int], events: bool, may_count: Callable[[], bool]
) -> tuple[int, ...]:
    """The columns that would be forecast, if all of them number rows or tell things apart.

    ``may_count``: the rows may be counted, which says more than how old people were, or how long they waited.
    """
    only = all(
        _counts_rows(i, profiles[i])
        or is_code(table, i, profiles[i], events)
        or ((is_age_name(profiles[i].name) or is_time_of_each(profiles[i].name)) and may_count())
        for i in measured
    )
    return tuple(measured) if only else ()


def has_reference_numbers(column: Column) -> bool:
    """Whether every row has a reference number that no other row has, such as #1001 or ch_1a2b."""
    if column.has_numbers or len(column) < _MIN_REFERENCES or len(column.cells) < len(column):
        return False
    return all(isinstance(c, str) and _REFERENCE.fullmatch(c) is not None for c in column.cells[:_REFERENCE_SAMPLE])


def _keys_of_few(
    table: Table, profiles: tuple[ColumnProfile, ...], moments: Timestamps, dates: Integers, able: list[int]
) -> tuple[int, ...]:
    """The columns that split the rows where few of them have the same date: kinds of papers, or a row a day of each."""
    return document_column(table, profiles, able) or daily_keys(table, profiles, moments, dates, able)


def lists_single_events(
    table: Table, profiles: tuple[ColumnProfile, ...], moments: Timestamps, free: list[int]
) -> bool:
    """Whether each row is an event, such as a sale, though no two have the same time: amounts at irregular times."""
    if not are_irregular(moments):
        return False
    numeric = [i for i in free if profiles[i].numeric]
    prices = [table.names[i] for i in numeric if may_be_paid(table.names[i])]
    paid = bool(prices) and says_who_paid(table.names, table.names)
    if not paid and not any(_may_be_of_events(table, profiles[i], i) for i in numeric):
        return False
    clock = bool((moments.astype(np.int64) % SECONDS_PER_DAY).any())
    return clock or any(_identifies(table, profiles, i) for i in free)


def _are_booked(table: Table, profiles: tuple[ColumnProfile, ...], moments: Timestamps, free: list[int]) -> bool:
    """Whether each row is an event for which a time was booked: it has its own number, and few of the times have a row.

    Readings may have numbers as well, so that the number must be called one of events, or the event have an end.
    """
    seconds = moments.astype(np.int64)
    if len(seconds) < _MIN_COUNTED or not (seconds % SECONDS_PER_DAY).any():
        return False
    steps, counts = np.unique(np.diff(seconds[:_TIMES_LOOKED_AT]), return_counts=True)
    if len(seconds) > _MAX_BOOKED * (seconds[-1] - seconds[0]) / steps[counts.argmax()]:
        return False
    if any(is_event_number_name(profiles[i].name) and not profiles[i].repeats for i in free):
        return True
    with_end = any(profiles[i].dated and is_end_name(profiles[i].name) for i in free)
    return with_end and any(_identifies(table, profiles, i) for i in free)


def _may_be_of_events(table: Table, profile: ColumnProfile, i: int) -> bool:
    """Whether a column holds what is bought and sold, or what was used or driven each time, and is no running total."""
    if is_traded_name(profile.name) or is_lasting_name(profile.name):
        return True
    steps = np.diff(sample(table.columns[i])) if meaning_of(profile.name) is Meaning.USE else np.zeros(0)
    return bool((steps < 0).mean() > _MIN_FALLS) if len(steps) else False


def days_differ(moments: Timestamps, dates: Integers) -> bool:
    """Whether days have several rows, and not all as many, as where each row of a list is an event.

    ``moments``: the distinct dates, ascending; ``dates``: int64 [N], the place of each row's date among them.
    """
    if len(dates) < _MIN_COUNTED:
        return False
    place = np.unique(moments.astype("datetime64[D]"), return_inverse=True)[1]
    counts = np.bincount(place[dates])
    return bool(1 - len(counts) / len(dates) > _MIN_SHARED and counts.std() > _MIN_SPREAD * counts.mean())


def _identifies(table: Table, profiles: tuple[ColumnProfile, ...], i: int) -> bool:
    """Whether the column has a number for each row that no other row has."""
    named = is_identifier_name(profiles[i].name) and not profiles[i].repeats
    return named or has_reference_numbers(table.columns[i])


def _measures(
    table: Table, profiles: tuple[ColumnProfile, ...], free: list[int], alone: bool, events: bool
) -> list[int]:
    """The columns that measure something; ``alone``: each row is a period, ``events``: each is an event.

    Identifiers, calendar columns and flags are taken only when there is nothing else, row numbers only when all else
    fails, columns without a name when no other column is left.
    """
    numeric = [i for i in free if profiles[i].numeric]
    uncounted = [i for i in numeric if not _counts_rows(i, profiles[i])]
    real = [i for i in uncounted if not _is_flag(profiles[i]) and not _decimal_years(profiles[i], profiles)]
    real = [i for i in real if not (profiles[i].whole and profiles[i].counts_periods)]
    real = [i for i in real if not (profiles[i].whole and is_quality_code(table, i))]
    real = [i for i in real if not is_no_target(table, i, profiles[i], alone, events)]
    if any(is_running_name(profiles[i].name) for i in real):
        running = running_total_columns({i: sample(table.columns[i]) for i in real}, table.names)
        real = [i for i in real if i not in running]
    if events:
        uncounted = [i for i in uncounted if not is_code(table, i, profiles[i])] or uncounted
        real = [i for i in real if not is_code(table, i, profiles[i])]
    return unnamed_last(real or uncounted or numeric, profiles)


def _is_flag(profile: ColumnProfile) -> bool:
    return profile.whole and profile.lowest >= 0 and profile.highest <= 1


def _decimal_years(profile: ColumnProfile, profiles: tuple[ColumnProfile, ...]) -> bool:
    """Whether the column repeats the time as 1749.042, next to a column of years."""
    if profile.whole or not FIRST_YEAR <= profile.lowest <= profile.highest <= LAST_YEAR + 1:
        return False
    if profile.repeats:
        return False
    spans = [(p.lowest, p.highest) for p in profiles if p.holds_years and p.whole]
    return (np.floor(profile.lowest), np.floor(profile.highest)) in spans


def _counts_rows(i: int, profile: ColumnProfile) -> bool:
    """Whether the column only numbers the rows: 0, 1, 2 …"""
    numbers = round(profile.number_share * profile.filled)
    if not profile.whole or profile.repeats or numbers < 5:
        return False
    consecutive = profile.highest == profile.lowest + numbers - 1
    return consecutive and ((i == 0 and profile.lowest in (0, 1)) or is_identifier_name(profile.name))
