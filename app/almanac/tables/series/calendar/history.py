"""Lists that are no history: stock by its expiry date, due dates, price lists. What comes next is not in them."""

from __future__ import annotations

from datetime import date

import numpy as np

from almanac.core.problems import Finding
from almanac.tables.columns.column_words import (
    Meaning,
    is_birth_name,
    is_due_name,
    is_identifier_name,
    is_item_name,
    is_personal_name,
    meaning_of,
)
from almanac.tables.columns.targets import may_number_articles, sample
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.grid.resampling import Resampling
from almanac.tables.values.cells import Column
from almanac.tables.values.dates.calendar_names import names_date

# Chosen by judgement and checked on the files in tests/tables/calendars.
_MOST = 0.5  # rows after today
_MIN_UNIQUE, _CELLS_LOOKED_AT = 0.98, 50  # rows that are another item each, and cells that may hold a text
_MAX_RHYTHM = 0.9  # gaps of the commonest size, from which on dates have a rhythm: instalments, a plan by month
_OF_ITEMS = {Meaning.PRICE, Meaning.STOCK, Meaning.COST, Meaning.PART, Meaning.SHARE}  # in a price list
_LEVELS = {Meaning.PRICE, Meaning.STOCK, Meaning.BALANCE}


def find_no_history(plan: ReadingPlan, resampling: Resampling) -> list[Finding]:
    """The finding that the file is no history, if it is not."""
    reason = _reason(plan, resampling)
    return [findings.no_history(reason, findings.no_history.treatment(plan.options))] if reason else []


def _reason(plan: ReadingPlan, resampling: Resampling) -> str:
    """Why the file is no history, in a sentence; empty when it may be one."""
    if plan.crosstab is not None:
        return ""
    if plan.dates.source is None:
        items = _item_column(plan) or _numbered_items(plan)
        return f"It has no dates, and each row is another “{items}”." if items else ""
    if _has_rhythm(resampling) and not plan.table.counts_rows:  # how many are due on each day is no history either
        return ""
    if is_due_name(plan.date_name):
        return f"“{plan.date_name}” says when something ends or is due, not when it happened."
    if is_birth_name(plan.date_name):
        return f"“{plan.date_name}” says when people were born, not when the numbers were so."
    ahead = _share_after_today(plan)
    return f"{ahead:.0%} of the rows are dated after today, without a rhythm." if ahead >= _MOST else _snapshot(plan)


def _snapshot(plan: ReadingPlan) -> str:
    """Why each item has only one row, with its price or stock; empty when that is not so."""
    names = [plan.table.names[i] for i in plan.roles.values]
    levels = [name for name in names if meaning_of(name) in _LEVELS or is_personal_name(name)]
    people = any(map(is_personal_name, names))
    items = _item_column(plan) if levels and (people or len(levels) == len(names)) else ""
    return f"Each row is another “{items}” with its “{levels[0]}”, and none has a second date." if items else ""


def _has_rhythm(resampling: Resampling) -> bool:
    """Whether the dates follow one another evenly."""
    gaps = resampling.native.gaps
    total = sum(count for _, count in gaps)
    return total > 0 and max(count for _, count in gaps) >= _MAX_RHYTHM * total


def _share_after_today(plan: ReadingPlan) -> float:
    tomorrow = np.datetime64(date.today().isoformat(), "s") + np.timedelta64(1, "D")
    return float((plan.dates.moments > tomorrow)[plan.dates.index].mean()) if len(plan.dates.index) else 0.0


def _item_column(plan: ReadingPlan) -> str:
    """The column that names another item in each row; empty when there is none."""
    dates = plan.dates.source.columns if plan.dates.source else ()
    for i, column in enumerate(plan.table.columns):
        name = plan.table.names[i]
        if i in dates or i in plan.roles.values or meaning_of(name) not in (None, Meaning.IDENTIFIER):
            continue
        cells = () if column.has_numbers else column.cells[:_CELLS_LOOKED_AT]
        texts = any(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in cells)
        if (texts or is_identifier_name(name)) and _unique(column) >= _MIN_UNIQUE and not _counts(column):
            return name
    return ""


def _numbered_items(plan: ReadingPlan) -> str:
    """The first column, if it has another whole number in each row, next to prices or what is in stock; else empty.

    Numbers that count the rows are items only where the name says so. Without a name, the numbers themselves show it.
    """
    name = plan.table.names[0]
    if may_number_articles(plan.table, 0):
        return name
    beside = {meaning_of(plan.table.names[i]) for i in plan.roles.values if i > 0}
    if not beside & {Meaning.PRICE, Meaning.STOCK} or not beside <= _OF_ITEMS:
        return ""
    if meaning_of(name) is not None or names_date(name):
        return ""
    numbers = sample(plan.table.columns[0])
    if (numbers != np.floor(numbers)).any() or len(np.unique(numbers)) < len(numbers):
        return ""
    counts = len(numbers) < 2 or bool((np.diff(numbers) == 1).all())
    return "" if counts and not is_item_name(name) else name


def _unique(column: Column) -> float:
    distinct = len(np.unique(column.floats)) if column.has_numbers else int((column.counts > 0).sum())
    return distinct / max(len(column), 1)


def _counts(column: Column) -> bool:
    """Whether the column numbers the rows one after another."""
    return column.has_numbers and bool((np.diff(column.floats) == 1).all())
