"""Which column is what: what is measured, and what splits the rows into series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.columns.counting import compact, different_pairs
from almanac.tables.columns.profile import Facts, unnamed
from almanac.tables.values.calendar_names import plain
from almanac.tables.values.cells import Column, Table, as_cells

_ID = re.compile(
    r"(?:.*[ _.-])?(?:id|nr|no|ref|code|zip|plz|postcode|phone|sku|ean|barcode|lat|lon|latitude|longitude)"
    r"|(?:receipt|invoice|order|ticket|beleg|rechnung|bon|factura|facture|transaction|voucher|document)"
    r"(?:[ _-]?(?:id|nr|no))?\.?"
    r"|[^\W\d_]{3,}(?:nr|nummer|konto)|id[ _-]?(?:bank|code)|(?:account|customer|invoice|order)[ _]?(?:reference|ref)"
    r"|konto|gegenkonto|coordinate|number|nummer|index|idx|key|#|row|unnamed.*|column a|lfd\.? ?nr\.?"
)
_CALENDAR = re.compile(
    r"year|month|day|week|quarter|weekday|day_?of_?week|day of week|week_?(?:nr|no|number)|jahr|monat|tag|kw|woche|"
    r"hour|period"
)
_MONEY = re.compile(
    r"amounts?|values?|betrag|montants?|importes?|importo|importi|valor|bedrag|sum|umsatz|transactions?|buchung|credit|"
    r"debit|eur|euro|usd|gbp|chf|money|cash|payment|zahlung|paid|cost|price|spent|subtotal|gross|net|brutto|netto"
)
_OWN = re.compile(r"#\s?\d+|(?=\S*[^\W\d_])(?=\S*\d)[\w#-]{4,40}")
_GLANCE = 200
_UNIQUE = 0.95  # share of rows that must be told apart by date and key
_DENSE = 0.3  # share of the dates within its span a series must have on average
_MAX_KEYS = 3


@dataclass(frozen=True)
class Roles:
    """Column indices. ``transactions``: several rows belong to one date (and key), and are put together."""

    values: tuple[int, ...]
    series: tuple[int, ...]
    transactions: bool


def find_roles(
    table: Table,
    facts: tuple[Facts, ...],
    dates: Integers,
    taken: tuple[int, ...],
    values: tuple[int, ...],
    series: tuple[int, ...],
) -> Roles:
    """Propose what is measured and what splits; ``values`` and ``series`` are what the person already said.

    ``dates``: int64 [N], the place of each row's date among all different dates; ``taken``: the columns that tell when.
    """
    free = [i for i, f in enumerate(facts) if i not in taken and f.filled]
    repeated = 1 - (int(dates.max(initial=-1)) + 1) / max(len(dates), 1)
    crowded = repeated > 0.05
    if not series and crowded:
        series = _find_keys(table, facts, dates, [i for i in free if i not in values])
    transactions = crowded and _told_apart(table, dates, series) < _UNIQUE
    if not values:
        measures = _measures(facts, [i for i in free if i not in series])
        values = tuple(measures[:1] if series or transactions else measures)
    return Roles(values, series, transactions)


def group_numbers(table: Table, series: tuple[int, ...]) -> tuple[Integers, list[tuple[str, ...]]]:
    """A number for each row's series, int64 [N], and the texts of each series' keys, in order of first appearance."""
    columns = [as_cells(table.columns[i]) for i in series]
    numbers, first = np.zeros(len(table), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for column in columns:
        numbers, first = compact(numbers * len(column.cells) + column.codes, len(first) * len(column.cells))
    return numbers, [tuple(column.text(int(row)) for column in columns) for row in first]


def _find_keys(table: Table, facts: tuple[Facts, ...], dates: Integers, free: list[int]) -> tuple[int, ...]:
    """The fewest columns that tell the rows of one date apart and make well-filled series."""
    rows = len(table)
    able = [i for i in free if _able(facts[i], rows)]
    texts_first = sorted(able, key=lambda i: (facts[i].numeric and not id_like(facts[i].name), i))
    for size in range(1, _MAX_KEYS + 1):
        for columns in combinations(texts_first[:8], size):
            if _told_apart(table, dates, columns) >= _UNIQUE and _density(table, dates, columns) >= _DENSE:
                return tuple(sorted(columns))
    for i in texts_first:
        # Receipts: many rows a day and shop, and nothing that tells them apart.
        if not facts[i].numeric and facts[i].different <= 200 and _density(table, dates, (i,)) >= 0.5:
            return (i,)
    return ()


def _able(facts: Facts, rows: int) -> bool:
    if facts.dated or facts.clocks > 0.5 or not 1 < facts.different <= max(rows / 2, 2):
        return False
    return not facts.numeric or (facts.whole and facts.low >= 0 and facts.different <= max(rows / 5, 2))


def _told_apart(table: Table, dates: Integers, columns: tuple[int, ...]) -> float:
    """The share of rows that are the only ones of their date and series: distinct pairs over rows."""
    groups, _ = group_numbers(table, columns)
    return len(different_pairs(groups, dates, int(dates.max(initial=0)) + 1)) / max(len(table), 1)


def _density(table: Table, dates: Integers, columns: tuple[int, ...]) -> float:
    """How many of the file's dates between its first and last a series has, on average over all series."""
    if not len(table):
        return 0.0
    groups, keys = group_numbers(table, columns)
    count = int(dates.max(initial=0)) + 1
    first = np.full(len(keys), count)
    last = np.full(len(keys), -1)
    np.minimum.at(first, groups, dates)
    np.maximum.at(last, groups, dates)
    if len(keys) > 1 and (last == first).mean() > 0.5:
        return 0.0
    return len(different_pairs(groups, dates, count)) / float((last - first + 1).sum())


def id_like(name: str) -> bool:
    """Whether a column of that name tells things apart instead of measuring them."""
    return _ID.fullmatch(plain(name)) is not None


def numbers_of_their_own(column: Column) -> bool:
    """Whether every row has a word with digits of its own, such as #1001 or ch_1a2b."""
    if column.floats is not None or len(column) < 10 or len(column.cells) < len(column):
        return False
    return all(isinstance(c, str) and _OWN.fullmatch(c) is not None for c in column.cells[:_GLANCE])


def money_word(name: str) -> bool:
    """Whether a column of that name holds amounts of money."""
    return any(_MONEY.fullmatch(word) for word in re.split(r"[\W_\d]+", plain(name)))


def _measures(facts: tuple[Facts, ...], free: list[int]) -> list[int]:
    """The columns that measure something; ids, row numbers, calendar columns and flags come last or not at all."""
    numeric = [i for i in free if facts[i].numeric]
    real = [
        i
        for i in numeric
        if not id_like(facts[i].name)
        and not _counts_rows(i, facts[i])
        and not (_CALENDAR.fullmatch(plain(facts[i].name)) and facts[i].whole)
        and not (facts[i].whole and facts[i].low >= 0 and facts[i].high <= 1)
        and not _decimal_years(facts[i], facts)
    ]
    if not real:
        real = [i for i in numeric if not _counts_rows(i, facts[i])] or numeric
    named = [i for i in real if not unnamed(facts[i].name)]
    return named or real


def _decimal_years(column: Facts, facts: tuple[Facts, ...]) -> bool:
    """Whether the column says the time once more, as 1749.042, beside a column of years."""
    if column.whole or not 1600 <= column.low <= column.high <= 2200 or column.different != column.filled:
        return False
    spans = [(f.low, f.high) for f in facts if f.years >= 0.8 and f.whole]
    return (np.floor(column.low), np.floor(column.high)) in spans


def _counts_rows(i: int, facts: Facts) -> bool:
    """Whether the column only numbers the rows: 0, 1, 2 …"""
    if not facts.whole or facts.different != facts.filled or facts.filled < 5:
        return False
    return facts.high == facts.low + facts.filled - 1 and ((i == 0 and facts.low in (0, 1)) or id_like(facts.name))
