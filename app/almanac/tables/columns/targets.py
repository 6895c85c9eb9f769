"""Which column of a list is forecast: candidates in order, by their names and by what their numbers do."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.tables.columns.column_words import (
    Meaning,
    is_age_name,
    is_birth_name,
    is_code_name,
    is_event_number_name,
    is_index_name,
    is_numbered_name,
    may_number_things,
    meaning_of,
    words_of,
)
from almanac.tables.columns.keys.places import is_altitude_beside, is_coordinate_name, is_station_name
from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.columns.words.among_names import ShownByNames
from almanac.tables.values.cells import Column, Table
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR, names_stamp
from almanac.tables.values.numbers import decimal_sign, read_cells, votes

# All chosen by judgement.
_ROWS_LOOKED_AT = 400  # of a column, from the first row on
_MIN_ROWS = 8  # that show a product, a constant or a year
_MIN_PRODUCTS = 0.9  # share of rows in which one column is the product of two others
_MAX_FACTORS = 8  # columns among which products are looked for
_ROUNDING = 0.011  # an amount may differ from price times quantity by a cent
_ROUNDING_OF_WHOLES = 1e-6
_MAX_YEARS = 1 / 3  # share of distinct numbers in a column of years, of its rows
_HALF_CIRCLE, _MIN_GRID = 180, 10_000  # degrees of longitude; metres of easting or northing
_NUMBER_DIGITS = 8  # of the numbers of things in no order
_MIN_STAMP = 6.3e8  # seconds since 1970 in 1990
# Names for the time since an experiment began, and how unequal its steps may be for being rounded; chosen by judgement.
_TIMES = frozenset(
    ["t", "time", "zeit", "temps", "tiempo", "tempo", "tijd", "czas", "tid", "elapsed", "seconds", "sec"]
)
_MAX_UNEVEN = 0.05
_MAX_KINDS = 20  # different numbers that stand for kinds of things
_MIN_OF_EACH_KIND, _LEAST_CODE = 8, 100  # rows of each, and the lowest, under an abbreviation
# Numbers of articles: at least so many rows and digits, spread (of their mean), and correlation with the row before.
_MIN_ARTICLES, _ARTICLE_DIGITS, _MIN_SPREAD, _MAX_ORDER = 20, 4, 0.2, 0.5
_ID_DIGITS, _LONG_ID_DIGITS = 6, 16  # of numbers that are all different, equally long and rise, and of any

_ABBREVIATION = re.compile(r"[^\W\d_]{2,5}\.?")
_VOWEL = re.compile("[aeiouyäöüáéíóúàèì]")
# The last words of names for kinds of things, which may be numbers: a record type of 0 or 1.
_KIND_WORDS = """
type typ types kind kinds art tipo tipos soort rodzaj druh laji slag category kategorie categorie categoria categoría
kategoria class klasse classe clase mode modus modo
"""
_KINDS = frozenset(_KIND_WORDS.split())
_KINDS_AT_END = ("typ", "type", "kategorie", "modus")  # of longer words: Aufzeichnungstyp; "art" also ends "cart"

# What a list of events is forecast by, best first. None: the name says nothing.
_OF_EVENTS = (
    Meaning.TOTAL,
    Meaning.AMOUNT,
    Meaning.COST,
    Meaning.QUANTITY,
    Meaning.USE,
    Meaning.WEIGHT,
    Meaning.COUNT,
    None,
    Meaning.COUNTER,
    Meaning.PART,
    Meaning.PRICE,
    Meaning.STATE,
    Meaning.SHARE,
    Meaning.STOCK,
    Meaning.BALANCE,
)
_OF_PERIODS = _OF_EVENTS[:7]  # the others are equal where each row is one period of one series
_MEASURED = tuple(meaning for meaning in _OF_EVENTS if meaning is not None)
_NO_TARGETS = (Meaning.IDENTIFIER, Meaning.CALENDAR)


@dataclass(frozen=True)
class Candidate:
    """A column that may be forecast: its position, what it holds, and why that is thought (a sentence)."""

    column: int
    meaning: Meaning | None
    reason: str


def rank_targets(
    table: Table, profiles: tuple[ColumnProfile, ...], columns: list[int], events: bool
) -> tuple[Candidate, ...]:
    """The columns that may be forecast, best first; ``events``: each row is an event, several on one date."""
    shown = ShownByNames.of(table.names) if events else None
    found = [_candidate(i, profiles[i].name, shown) for i in columns]
    found = _with_products(table, profiles, found)
    order = _OF_EVENTS if events else _OF_PERIODS
    ranked = sorted(found, key=lambda c: order.index(c.meaning) if c.meaning in order else len(order))
    return tuple(sorted(ranked, key=lambda c: may_number_articles(table, c.column)))


def _candidate(i: int, name: str, shown: ShownByNames | None) -> Candidate:
    by_others = None if shown is None else shown.meaning(name)
    return Candidate(i, meaning_of(name), _by_name(name)) if by_others is None else Candidate(i, *by_others)


def _by_name(name: str) -> str:
    meaning = meaning_of(name)
    if meaning is None:
        return "It is the first column of numbers that measures something."
    return f"Its name is one for {_ARTICLES.get(meaning, 'a')} {meaning.value}."


_ARTICLES = {Meaning.AMOUNT: "an", Meaning.IDENTIFIER: "an"}


def is_no_target(table: Table, i: int, profile: ColumnProfile, alone: bool, events: bool) -> bool:
    """Whether the column identifies, dates or repeats something instead of measuring it.

    ``alone``: every row is one period, so that constant columns may be series like the others; ``events``: every row
    is an event, so that numbers which count up are no measure.
    """
    meaning = meaning_of(profile.name)
    if is_place(profile, table.names) or _tells_kinds(profile) or (not alone and is_age_name(profile.name)):
        return True
    if meaning in _NO_TARGETS:
        return meaning is Meaning.IDENTIFIER or profile.whole
    if profile.filled < _MIN_ROWS or meaning in _OF_PERIODS:
        return False
    values = sample(table.columns[i])
    if _repeats_date(profile) or _numbers_rows_or_things(profile, values) or _ticks(profile, values):
        return True
    if events and _number_rows(values):
        return True
    constant = len(values) > 0 and bool(values[-1] == values[0] and (values == values[0]).all())  # no row may be left
    return (
        _long_ids(values, events) or _years(values) or (constant and (not alone or _never_measured(table, i, profile)))
    )


def _never_measured(table: Table, i: int, profile: ColumnProfile) -> bool:
    """Whether a number that never changes is one of a meter, an account or a station, or how high that stands."""
    if _is_long(profile) or is_altitude_beside(profile.name, table.names):
        return True
    first = next((cell for cell in table.columns[i].cells if cell != ""), None)
    zeros = isinstance(first, str) and first.isdecimal() and first.startswith("0") and profile.lowest > 0
    return zeros or (profile.whole and is_station_name(profile.name))


def _is_long(profile: ColumnProfile) -> bool:
    """Whether whole numbers have as many digits as those of meters, accounts or articles."""
    return profile.whole and profile.lowest >= 10 ** (_NUMBER_DIGITS - 1)


def _tells_kinds(profile: ColumnProfile) -> bool:
    """Whether few whole numbers stand for kinds of things: a record type of 0 or 1."""
    last = words_of(profile.name).rpartition(" ")[2]
    return profile.whole and profile.distinct <= _MAX_KINDS and (last in _KINDS or last.endswith(_KINDS_AT_END))


def _are_codes_of_kinds(profile: ColumnProfile, values: Floats) -> bool:
    """Whether few numbers of several digits come again and again under an abbreviation: BwA is 101, 601 or 602."""
    if not 1 < profile.distinct <= _MAX_KINDS or profile.filled < _MIN_OF_EACH_KIND * profile.distinct:
        return False
    if profile.lowest < _LEAST_CODE or len(str(int(profile.lowest))) < len(str(int(profile.highest))):
        return False
    name = profile.name.strip()
    word = name[1:].islower() and _VOWEL.search(name.casefold()) and not name.endswith(".")
    short = _ABBREVIATION.fullmatch(name) is not None and not word
    return short and bool((values[~np.isnan(values)] % 10 != 0).any())  # amounts in steps are round


def differs_within(values: Floats, groups: Integers) -> bool:
    """Whether some group has different numbers; no group has in a column such as the capacity of each place.

    ``groups``: int64, of the same rows.
    """
    known = ~np.isnan(values)
    values, groups = values[known], groups[known]
    order = np.argsort(groups, kind="stable")
    same = groups[order][1:] == groups[order][:-1]
    return bool(not same.any() or (same & (np.diff(values[order]) != 0)).any())


def is_place(profile: ColumnProfile, names: tuple[str, ...]) -> bool:
    """Whether the numbers are places on a map: called so, and degrees with decimals or metres of a grid."""
    degrees = -_HALF_CIRCLE <= profile.lowest <= profile.highest <= _HALF_CIRCLE
    possible = not profile.whole if degrees else profile.lowest >= _MIN_GRID
    return possible and is_coordinate_name(profile.name, names)


def is_code(table: Table, i: int, profile: ColumnProfile, events: bool = True) -> bool:
    """Whether numbers tell things apart, so that adding them up says nothing; ``events``: each row is an event."""
    if is_place(profile, table.names):
        return True
    if not profile.whole or meaning_of(profile.name) in _MEASURED:
        return False
    if is_code_name(profile.name):
        return True
    values = sample(table.columns[i])
    coded = _are_codes_of_kinds(profile, values) or _repeats_date(profile)
    return coded or _numbers_rows_or_things(profile, values) or _long_ids(values, events)


def _repeats_date(profile: ColumnProfile) -> bool:
    """Whether the numbers are years, of a birth too, or seconds or milliseconds since 1970."""
    if profile.holds_years and is_birth_name(profile.name):
        return True
    if profile.whole and profile.lowest >= _MIN_STAMP and names_stamp(profile.name):
        return True
    return (profile.holds_years or (profile.whole and profile.lowest >= _MIN_STAMP)) and profile.named_like_date


def _numbers_rows_or_things(profile: ColumnProfile, values: Floats) -> bool:
    """Whether the name may be one for numbers of rows, papers or things, and the values are such."""
    if is_index_name(profile.name):
        return profile.whole and not profile.repeats
    if may_number_things(profile.name):
        return profile.whole and _identify(values)
    if _is_long(profile) and is_event_number_name(profile.name):
        return not profile.repeats
    return is_numbered_name(profile.name) and not profile.repeats and _one_way(values)


def _identify(values: Floats) -> bool:
    """Whether numbers that may be those of things are: one for all rows, long ones, or all different and in order."""
    known = values[~np.isnan(values)]
    constant, long = not np.diff(known).any(), bool((known >= 10 ** (_NUMBER_DIGITS - 1)).all())
    return len(known) > 1 and (constant or long or _one_way(known))


def sample(column: Column) -> Floats:
    """The numbers of the first rows, float64: NaN where there is none."""
    return first_numbers(column, _ROWS_LOOKED_AT)


def first_numbers(column: Column, rows: int) -> Floats:
    """The numbers of so many first rows, float64 [rows]: NaN where there is none."""
    if column.has_numbers:
        return column.floats[:rows]
    if column.plain is not None and not column.plain.fractions:
        return column.plain.values[column.codes[:rows]]
    codes, inverse = np.unique(column.codes[:rows], return_inverse=True)
    cells = [column.cells[code] for code in codes]
    own = votes(cells)
    return read_cells(cells, decimal_sign(own, own))[0][inverse]


def may_number_articles(table: Table, i: int) -> bool:
    """Whether a column without a name holds the numbers of articles, with which each row begins."""
    return i == 0 and unnamed(table.names[i]) and _number_articles(table, sample(table.columns[i]))


def _number_articles(table: Table, values: Floats) -> bool:
    """Whether numbers at the beginning of each row, without a heading, are those of articles in no order.

    They are whole, equally long, all different and spread without order, next to a column of amounts or pieces.
    """
    known = values[~np.isnan(values)]
    if len(known) < _MIN_ARTICLES or (known != np.floor(known)).any() or known.min() < 10 ** (_ARTICLE_DIGITS - 1):
        return False
    digits = np.floor(np.log10(known))
    if digits.min() < digits.max() or len(np.unique(known)) < len(known) or known.std() < _MIN_SPREAD * known.mean():
        return False
    if abs(np.corrcoef(known[1:], known[:-1])[0, 1]) > _MAX_ORDER:
        return False
    return any(_amounts_or_pieces(sample(column)) for column in table.columns[1:])


def _amounts_or_pieces(values: Floats) -> bool:
    """Whether a column holds fractions, or numbers that come again and again."""
    known = values[~np.isnan(values)]
    if len(known) < _MIN_ARTICLES:
        return False
    return bool((known != np.floor(known)).any() or len(np.unique(known)) <= len(known) / 2)


def _long_ids(values: Floats, events: bool) -> bool:
    """Whether the numbers are too long to be measured; among events also those that are equally long and rise."""
    if len(values) < _MIN_ROWS or values[0] < 10 ** (_ID_DIGITS - 1):  # as in most columns
        return False
    known = values[~np.isnan(values)]
    if len(known) < _MIN_ROWS or known[0] < 10 ** (_ID_DIGITS - 1):
        return False
    if (known != np.floor(known)).any() or known.min() <= 0:
        return False
    digits = np.floor(np.log10(known)) + 1
    if digits.min() >= _LONG_ID_DIGITS:
        return True
    if not events:
        return False
    return bool(digits.min() >= _ID_DIGITS and digits.min() == digits.max() and _one_way(known))


def _ticks(profile: ColumnProfile, values: Floats) -> bool:
    """Whether the numbers say when each row of an experiment was taken: 0, 0.5, 1 … under a name for a time."""
    if len(values) < 2 or not values[1] > values[0] or not (values[1:] > values[:-1]).all():
        return False
    if not (profile.named_like_date or words_of(profile.name) in _TIMES):
        return False
    steps = np.diff(values)
    return bool(np.ptp(steps) <= _MAX_UNEVEN * steps.mean())


def _one_way(values: Floats) -> bool:
    """Whether whole numbers only rise, or only fall."""
    known = values[~np.isnan(values)]
    steps = np.diff(known)
    return bool((known == np.floor(known)).all() and ((steps > 0).all() or (steps < 0).all()))


def _number_rows(values: Floats) -> bool:
    """Whether whole numbers rise, or fall, by one from row to row."""
    steps = np.diff(values)
    return len(steps) >= _MIN_ROWS and bool((steps == steps[0]).all()) and abs(steps[0]) == 1


def _years(values: Floats) -> bool:
    """Whether the numbers are years that repeat and run in one direction, as those of the rows' dates do."""
    if len(values) < _MIN_ROWS or values[0] < FIRST_YEAR or values[0] > LAST_YEAR:  # as in most columns
        return False
    known = values[~np.isnan(values)]
    if len(known) < _MIN_ROWS or not FIRST_YEAR <= known[0] <= LAST_YEAR or (known != np.floor(known)).any():
        return False
    if not FIRST_YEAR <= known.min() <= known.max() <= LAST_YEAR:
        return False
    steps = np.diff(known)
    one_way = bool((steps >= 0).all() or (steps <= 0).all())
    return one_way and len(np.unique(known)) <= max(len(known) * _MAX_YEARS, 1)


def _with_products(table: Table, profiles: tuple[ColumnProfile, ...], found: list[Candidate]) -> list[Candidate]:
    """The candidates, with an amount that is the product of two others, which are a quantity and a price."""
    if len(found) < 3:
        return found
    columns = {c.column: sample(table.columns[c.column]) for c in found[:_MAX_FACTORS]}
    by_column = {c.column: c for c in found}
    for of, (a, b) in ((of, pair) for of in columns for pair in combinations(columns, 2) if of not in pair):
        if not _is_product(columns[of], columns[a], columns[b]):
            continue
        if any(_is_share(by_column[factor], columns[factor], columns[of]) for factor in (a, b)):
            continue  # how many of them, such as scrap among units produced
        price, quantity = _price_and_quantity(by_column[a], by_column[b], profiles)
        names = (profiles[price].name, profiles[quantity].name)
        reason = f"It is “{names[0]}” times “{names[1]}” in each row."
        meaning = by_column[of].meaning
        amount = meaning if meaning in (Meaning.TOTAL, Meaning.AMOUNT) else Meaning.AMOUNT
        by_column[of] = Candidate(of, amount, reason)
        if by_column[price].meaning not in (Meaning.TOTAL, Meaning.AMOUNT):
            by_column[price] = replace(by_column[price], meaning=Meaning.PRICE)
        if by_column[quantity].meaning is None:
            by_column[quantity] = replace(by_column[quantity], meaning=Meaning.QUANTITY)
        break
    return list(by_column.values())


def _is_product(of: Floats, a: Floats, b: Floats) -> bool:
    known = ~(np.isnan(of) | np.isnan(a) | np.isnan(b))
    of, a, b = of[known], a[known], b[known]
    if len(of) < _MIN_ROWS or any((factor == factor[0]).all() for factor in (a, b)):
        return False
    telling = (np.abs(a) != 1) & (np.abs(b) != 1) & (of != 0)
    if telling.sum() < _MIN_ROWS:
        return False
    close = np.isclose(of, a * b, rtol=0.0005, atol=_ROUNDING)
    return bool(close[telling].mean() >= _MIN_PRODUCTS)


def _is_share(factor: Candidate, values: Floats, of: Floats) -> bool:
    """Whether a factor says which part counts: it is at most 1, and called a share or gives whole numbers."""
    values, of = values[~np.isnan(values)], of[~np.isnan(of)]
    if values.min(initial=0) < 0 or values.max(initial=0) > 1:
        return False
    return factor.meaning is Meaning.SHARE or bool((np.abs(of - np.round(of)) < _ROUNDING_OF_WHOLES).all())


def _price_and_quantity(a: Candidate, b: Candidate, profiles: tuple[ColumnProfile, ...]) -> tuple[int, int]:
    """Which of two factors is the price and which the quantity: by their names, otherwise whole numbers count."""
    if Meaning.PRICE in (a.meaning, b.meaning):
        first = a.meaning is Meaning.PRICE
    elif Meaning.QUANTITY in (a.meaning, b.meaning):
        first = b.meaning is Meaning.QUANTITY
    else:
        first = profiles[b.column].whole and not profiles[a.column].whole
    return (a.column, b.column) if first else (b.column, a.column)


def unnamed_last(columns: list[int], profiles: tuple[ColumnProfile, ...]) -> list[int]:
    """The columns that have a name; all of them when none has."""
    return [i for i in columns if not unnamed(profiles[i].name)] or columns
