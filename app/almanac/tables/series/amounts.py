"""The value columns as numbers: which sign is the decimal one, which numbers mean "missing", what is in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.roles import money_word
from almanac.tables.plan import Plan
from almanac.tables.reading import ReadingOptions, Sign
from almanac.tables.values.cells import Column
from almanac.tables.values.numbers import (
    MISSING,
    NUMBER,
    Convention,
    Numbers,
    Votes,
    find_convention,
    read_numbers,
    votes,
)

_VOTED = 5000  # different cells looked at to find the decimal sign


@dataclass(frozen=True, eq=False)
class Amounts:
    """``numbers``: each value column's; ``conventions``: how each writes them."""

    numbers: Mapping[int, Numbers]
    conventions: Mapping[int, Convention]


@dataclass(frozen=True, eq=False)
class Ledger:
    """A column of money in and out: ``out`` bool [N], the rows that are money out; ``sign``: what is counted."""

    column: int
    out: Flags
    sign: Sign


def read_amounts(plan: Plan, options: ReadingOptions, delimiter: str | None = None) -> Amounts:
    """Every value column as numbers, each with the convention its own cells and the whole file point to.

    ``delimiter``: what stands between the cells of a text file.
    """
    dated = plan.source.columns if plan.source else ()
    own = {i: votes(plan.table.columns[i].cells[:_VOTED]) for i in plan.values}
    others = (votes(c.cells[:_VOTED]) for i, c in enumerate(plan.table.columns) if i not in dated and i not in own)
    whole = sum(others, start=sum(own.values(), start=Votes()))
    conventions = {i: find_convention(own[i], whole) for i in plan.values}
    if delimiter == ",":  # who writes a decimal comma puts semicolons between the cells
        conventions = {
            i: c if c.certain or own[i].groups_point else Convention(".", True) for i, c in conventions.items()
        }
    grouped = [c.decimal for i, c in conventions.items() if c.certain and own[i].groups_point + own[i].groups_comma]
    if grouped:  # one file is written in one way
        conventions = {i: c if c.certain else Convention(grouped[0], True) for i, c in conventions.items()}
    if options.decimal is not None:
        conventions = dict.fromkeys(plan.values, Convention(options.decimal, True))
    numbers = {i: read_numbers(plan.table.columns[i], conventions[i].decimal) for i in plan.values}
    if options.missing:
        numbers = {i: _without(n, options.missing) for i, n in numbers.items()}
    return Amounts(numbers, conventions)


def _without(numbers: Numbers, missing: tuple[float, ...]) -> Numbers:
    hit = np.isin(numbers.values, missing)
    if not hit.any():
        return numbers
    return Numbers(
        np.where(hit, np.nan, numbers.values), np.where(hit, MISSING, numbers.kinds).astype(np.int8), numbers.values
    )


def find_ledger(plan: Plan, options: ReadingOptions, numbers: Mapping[int, Numbers]) -> Ledger | None:
    """The ledger in the file, if it lists single amounts of money in and out; only the first value column can be one.

    Who keeps a ledger wants to know what they will spend or earn: the side with more rows is proposed, and asked about.
    """
    column = plan.values[0]
    values = numbers[column].values
    out = values < 0
    if options.sign is not None:
        return Ledger(column, out, options.sign)
    known = int((numbers[column].kinds == NUMBER).sum())
    negative, positive = int(out.sum()), int((values > 0).sum())
    if not plan.transactions or len(plan.values) > 1 or min(negative, positive) < max(2, 0.005 * known):
        return None
    if not _money(plan.table.names[column], plan.table.columns[column]):
        return None
    return Ledger(column, out, "out" if negative >= positive else "in")


def _money(name: str, column: Column) -> bool:
    """Whether the column is money: by its name, or by amounts in brackets."""
    return money_word(name) or any(isinstance(cell, str) and cell.startswith("(") for cell in column.cells[:200])


def one_side(ledger: Ledger, numbers: Numbers) -> Numbers:
    """Only the side that is counted, as positive numbers; the others become NaN."""
    if ledger.sign == "all":
        return numbers
    values = np.where(ledger.out, -numbers.values, np.nan) if ledger.sign == "out" else numbers.values
    return Numbers(np.where(values > 0, values, np.nan), numbers.kinds)
