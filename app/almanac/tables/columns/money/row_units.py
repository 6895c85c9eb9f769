"""Columns that say in which currency or unit each number is: numbers in different ones are never one series."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from almanac.core.number_signs import CURRENCY, CURRENCY_CODES
from almanac.tables.columns.column_words import FLOWS, Meaning, is_money_name, meaning_of, words_of
from almanac.tables.values.cells import Column, Table

# With codes that may be words elsewhere, and those of coins that are traded like money.
MONEY_CODES = CURRENCY_CODES | {"PEN", "TRY", "BTC", "ETH", "USDT", "USDC"}
_SIGN = re.compile(CURRENCY, re.IGNORECASE)
_APART = re.compile(r"[\s()\[\],_]+")
# Names of columns of units, in lower case without accents and points.
_UNIT_NAMES = frozenset(
    """
    unit, units, uom, unit of measure, units of measure, measure unit, einheit, einheiten, mengeneinheit, me, unite,
    unites, unite de mesure, unidad, unidades, unidad de medida, unita, unita di misura, um, unidade, eenheid, eenheden,
    jednostka, jednostka miary, jm, enhet
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
_SHORT = re.compile(r"[^\W\d_][^\d_]{0,9}[23²³]?")
_CODE = re.compile(r"[A-Z]{3}")
_MIN_CODES = 0.5  # share of names of three capitals that are codes of today's currencies; chosen by judgement
_MAX_UNITS = 24  # different cells of such a column; chosen by judgement


@dataclass(frozen=True)
class RowUnits:
    """The column that says in which currency or unit each number is; ``noun``: which of the two, and its plural."""

    column: int
    noun: tuple[str, str]


def find_row_units(table: Table, values: Collection[int], taken: Collection[int]) -> RowUnits | None:
    """The column of currencies of amounts of money, or of units, if it has several; None where there is none.

    ``values``: the columns of numbers; ``taken``: columns that are something else.
    """
    used = {*taken, *values}
    free = [i for i in range(len(table.names)) if i not in used]
    few = [(i, texts) for i in free if len(texts := _few_texts(table.columns[i])) > 1]
    if not few:
        return None
    names = [table.names[i] for i in values if not _has_currency(table, i)]
    if any(is_money_name(name) or meaning_of(name) is None for name in names):
        for i, texts in few:
            if _are_currencies(texts):
                return RowUnits(i, ("currency", "currencies"))
    added = [name for name in names if not is_money_name(name) and meaning_of(name) in (None, *FLOWS, Meaning.WEIGHT)]
    for i, texts in few if added else ():
        if words_of(table.names[i]) in _UNIT_NAMES and all(map(_SHORT.fullmatch, texts)):
            return RowUnits(i, ("unit", "units"))
    return None


def holds_currencies(column: Column) -> bool:
    """Whether a column says in which of several currencies each row is."""
    texts = _few_texts(column)
    return len(texts) > 1 and _are_currencies(texts)


def are_currencies(names: Collection[str]) -> bool:
    """Whether columns of these names are each of one currency: USD, JPY, CZK, and CYP of former years."""
    known = sum(name in MONEY_CODES for name in names)
    return bool(names) and known >= _MIN_CODES * len(names) and all(map(_CODE.fullmatch, names))


def _are_currencies(texts: Collection[str]) -> bool:
    return all(text.upper() in MONEY_CODES or _SIGN.fullmatch(text) for text in texts)


def _has_currency(table: Table, i: int) -> bool:
    """Whether a column's heading gives the currency of all its numbers: "Amount (EUR)", "Sales in €"."""
    words = [*_APART.split(table.names[i]), table.units[i] if table.units else ""]
    return any(word in MONEY_CODES or _SIGN.fullmatch(word) for word in words)


def _few_texts(column: Column) -> set[str]:
    """The different texts of a column; none where it holds other cells or too many."""
    if column.has_numbers or not 1 < len(column.cells) <= _MAX_UNITS:
        return set()
    used = [cell for cell, count in zip(column.cells, column.counts.tolist(), strict=True) if count and cell != ""]
    return {cell.strip() for cell in used if isinstance(cell, str)} if all(isinstance(c, str) for c in used) else set()
