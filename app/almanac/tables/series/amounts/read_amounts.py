"""The value columns as numbers: their decimal sign, numbers that mean "missing", and money in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.sparse import sparsely
from almanac.tables.columns.column_words import Meaning, is_money_name, meaning_of
from almanac.tables.columns.money.signed_amounts import taken_back
from almanac.tables.findings import registry as findings
from almanac.tables.reading import ReadingOptions, Sign
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.amounts.sentinels import sentinels_of, sure
from almanac.tables.values.cells import CellKind, Column
from almanac.tables.values.numbers import (
    MONEY_MARK,
    ColumnValues,
    Convention,
    Numbers,
    Votes,
    column_votes,
    find_convention,
    read_numbers,
    votes_of_all,
)

CELLS_LOOKED_AT = 5000  # different cells of a column that show its decimal sign
MONEY_LOOKED_AT = 200  # different cells of a column searched for amounts in brackets, or with a mark of a currency
# Amounts of the smaller side from which on a column is a ledger, and not a column with a few corrections. By judgement.
MIN_SIDE, MIN_SIDE_SHARE = 2, 0.005
_MIN_GOODS_SHARE = 0.15  # the same for goods, of which some are always returned; by judgement
_MAX_TAKEN_BACK = 0.5  # share of the amounts on the rarer side that cancel another, without being refunds


@dataclass(frozen=True, eq=False)
class Amounts:
    """``numbers`` of each value column, by its position; ``conventions``: how each writes them."""

    numbers: Mapping[int, Numbers]
    conventions: Mapping[int, Convention]


@dataclass(frozen=True, eq=False)
class Ledger:
    """A column of money in and out: ``out`` bool [N], the rows that are money out; ``sign``: what is counted.

    ``goods``: they are goods, not money.
    """

    column: int
    out: Flags
    sign: Sign
    goods: bool


def read_amounts(plan: ReadingPlan, delimiter: str | None = None) -> Amounts:
    """Every value column as numbers, each with the convention that its own cells and the whole file point to.

    ``delimiter``: what separates the cells of a text file.
    """
    conventions = _find_conventions(plan, delimiter)
    numbers = {i: read_numbers(plan.table.columns[i], c.decimal) for i, c in conventions.items()}
    if plan.options.missing:
        numbers = {i: _without(n, plan.options.missing) for i, n in numbers.items()}
    for i, own in sure_sentinels(plan, numbers).items():
        if findings.sentinels_left_out.treatment(plan.options, plan.table.names[i]) != "keep":
            numbers[i] = _without(numbers[i], own)
    return Amounts(numbers, conventions)


def sure_sentinels(plan: ReadingPlan, numbers: Mapping[int, Numbers]) -> dict[int, tuple[float, ...]]:
    """The numbers of each column that count as missing unless the person keeps them; none in lists of events.

    An amount may be -999, and a measurement is not. ``numbers`` may have them as missing already.
    """
    if plan.roles.events or plan.roles.transactions:
        return {}
    before = ColumnValues(numbers, before=True)
    found = {
        i: tuple(value for value in own if value not in plan.options.missing and sure(before[i], value))
        for i, own in sentinels_of(before).items()
    }
    return {i: own for i, own in found.items() if own}


def _find_conventions(plan: ReadingPlan, delimiter: str | None) -> dict[int, Convention]:
    """How each value column writes its numbers."""
    columns, cells = plan.roles.values, plan.table.columns
    if plan.options.decimal is not None:
        return dict.fromkeys(columns, Convention(plan.options.decimal, True, "it was chosen"))
    dates = plan.dates.source.columns if plan.dates.source else ()
    own = {i: column_votes(cells[i], CELLS_LOOKED_AT) for i in columns}
    others = [column_votes(c, CELLS_LOOKED_AT) for i, c in enumerate(cells) if i not in dates and i not in own]
    whole = votes_of_all([*own.values(), *others])
    conventions = {i: find_convention(own[i], whole) for i in columns}
    conventions = {i: _by_custom(c, cells[i], own[i], delimiter) for i, c in conventions.items()}
    grouped = [c.decimal for i, c in conventions.items() if c.certain and own[i].groups_point + own[i].groups_comma]
    if grouped:  # one file is written in one way
        same = Convention(grouped[0], True, "as in the other columns of the file")
        conventions = {i: c if c.certain else same for i, c in conventions.items()}
    return {i: Convention(c.decimal, c.certain, c.rule, own[i]) for i, c in conventions.items()}


def _by_custom(convention: Convention, column: Column, own: Votes, delimiter: str | None) -> Convention:
    """The convention of a column of which no number says what a sign before three digits means.

    Who writes a decimal comma puts semicolons between the cells. Prices with three decimals, such as those of petrol,
    are rare next to amounts of thousands.
    """
    if convention.certain or (own.groups_point and own.groups_comma):
        return convention
    if delimiter == "," and not own.groups_point:
        return Convention(".", True, "commas separate the cells, so they are not decimal signs")
    if delimiter == ";":
        return Convention(",", False, "semicolons separate the cells, as where the comma is the decimal sign")
    if any(isinstance(cell, str) and MONEY_MARK.search(cell) for cell in column.cells[:MONEY_LOOKED_AT]):
        return Convention("," if own.groups_point else ".", False, "amounts of money have two decimals or none")
    return convention


def _without(numbers: Numbers, missing: tuple[float, ...]) -> Numbers:
    """The numbers with some of them as missing; ``raw`` keeps what they were."""
    values = numbers.values
    hit = np.isin(values, missing)
    if not hit.any():
        return numbers
    kinds = np.where(hit, CellKind.MISSING, numbers.kinds).astype(np.int8)
    return Numbers(
        sparsely(np.where(hit, np.nan, values), np.nan),
        sparsely(kinds, CellKind.EMPTY),
        numbers.kept_values if numbers.kept_raw is None else numbers.kept_raw,
    )


def find_ledger(plan: ReadingPlan, options: ReadingOptions, numbers: Mapping[int, Numbers]) -> Ledger | None:
    """The ledger in the file, if its only value column lists single amounts of money, or goods, in and out.

    Its ``sign`` is the side that ``options`` name; otherwise the side with more rows is proposed, and asked about.
    """
    column = plan.roles.values[0]
    values = numbers[column].values
    out = values < 0
    name = plan.table.names[column]
    money = _money(name, plan.table.columns[column])
    goods = not money and meaning_of(name) is Meaning.QUANTITY
    if options.sign is not None:
        return Ledger(column, out, options.sign, goods)
    known = int((numbers[column].kinds == CellKind.NUMBER).sum())
    negative, positive = int(out.sum()), int((values > 0).sum())
    if not plan.roles.events or len(plan.roles.values) > 1:
        return None
    if not (money or goods):
        return None
    if min(negative, positive) < max(MIN_SIDE, (_MIN_GOODS_SHARE if goods else MIN_SIDE_SHARE) * known):
        return None
    if not plan.roles.transactions and taken_back(values).sum() > _MAX_TAKEN_BACK * min(negative, positive):
        return None  # refunds of single sales
    return Ledger(column, out, "out" if negative >= positive else "in", goods)


def _money(name: str, column: Column) -> bool:
    """Whether the column is money: by its name, or by amounts in brackets."""
    return is_money_name(name) or any(
        isinstance(cell, str) and cell.startswith("(") for cell in column.cells[:MONEY_LOOKED_AT]
    )


def one_side(ledger: Ledger, numbers: Numbers) -> Numbers:
    """Only the side that is counted, as positive numbers; the others become NaN."""
    if ledger.sign == "all":
        return numbers
    values = np.where(ledger.out, -numbers.values, np.nan) if ledger.sign == "out" else numbers.values
    return Numbers(np.where(values > 0, values, np.nan), numbers.kinds)
