"""What each series measures: a flow or a level, and the unit that the file gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from almanac.core.measure import FLOW, Measure
from almanac.tables.columns.column_words import (
    Meaning,
    is_money_name,
    is_time_of_each,
    level_word,
    meaning_of,
    words_of,
)
from almanac.tables.columns.money.row_units import find_row_units
from almanac.tables.columns.words.measure_words import comes_in, figure_of, is_taken_off, measured_in, says_only_that
from almanac.tables.layout.units import is_units_label
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.measuring.column_measures import column_measure, names_product, unit_of
from almanac.tables.series.measuring.ratios import is_ratio_name
from almanac.tables.series.measuring.series_measures import series_measures

# Words that are money alone, and next to money: "Total sales"; not so in "Total opens" and "Open rate".
_NO_MONEY_WORDS = """
    total totals totale totali totaal totaux totales totalt gesamt insgesamt razem rate rates
"""
_NO_MONEY = frozenset(_NO_MONEY_WORDS.split())


def measures_of(plan: ReadingPlan, columns: Sequence[int], keys: Sequence[tuple[str, ...]]) -> tuple[Measure, ...]:
    """What the series measure; ``columns``, ``keys``: the value column and the group values of each."""
    known = {column: column_measure(plan, column).measure for column in set(columns)}
    own = {column: series_measures(plan, column) for column in known}
    pairs = list(zip(columns, keys, strict=True))
    if any(own.values()):
        found = ((own[column], column, key) for column, key in pairs)
        return tuple(
            by.by_text[key[by.position]].measure if by is not None else known[column] for by, column, key in found
        )
    row_units = find_row_units(plan.table, plan.roles.values, ()) if plan.roles.series else None
    of_rows = None if row_units is None else row_units.column
    accounts = _accounts(plan)
    labels = [n for n, i in enumerate(plan.roles.series) if i == of_rows or is_units_label(plan.table.names[i])]
    units = [next((key[n] for n in labels if key[n]), known[column].unit) for column, key in pairs]
    counted = _counted(plan, known) | _taken_off(plan, known) | _figures(plan, known)
    measures = tuple(
        Measure(known[column].kind, unit, " · ".join(key[n] for n in accounts) or counted[column])
        for (column, key), unit in zip(pairs, units, strict=True)
    )
    return measures if any(measure != FLOW for measure in measures) else ()


def _accounts(plan: ReadingPlan) -> list[int]:
    """The places, among the columns that split the rows, of the accounts of books, which no sum may join."""
    books = plan.roles.books
    return [] if books is None else [n for n, i in enumerate(plan.roles.series) if i in books.accounts]


def _figures(plan: ReadingPlan, columns: Mapping[int, Measure]) -> dict[int, str]:
    """What levels without a unit are by their names, where they are several things, which have no mean together.

    ADR and RevPAR, or a bounce rate and pages per visit; several temperatures have one.
    """
    names = {column: plan.table.names[column] for column, measure in columns.items() if measure.kind == "level"}
    found = {column: kind for column, name in names.items() if (kind := figure_of(name) or _level_of(plan, column))}
    return found if len(set(found.values())) > 1 else {}


def _level_of(plan: ReadingPlan, column: int) -> str:
    """The word of a name for a level, or a name of a ratio; empty where something else shows what it is."""
    name = plan.table.names[column]
    if unit_of(plan, column) or names_product(plan, column):
        return ""
    return name if is_ratio_name(name) or is_time_of_each(name) else level_word(name) or measured_in(name)


def _taken_off(plan: ReadingPlan, columns: Mapping[int, Measure]) -> dict[int, str]:
    """The flows that are taken off other money that comes in, or passed on, each by its name: Discounts, Tips, Tax."""
    if plan.options.repair("computed_series", "") == "together":  # Gross, Discounts and Net: the person wants their sum
        return {}
    names = {column: plan.table.names[column] for column, measure in columns.items() if measure.kind == "flow"}
    money = {column: name for column, name in names.items() if is_taken_off(name) and not names_product(plan, column)}
    return money if money and any(map(comes_in, names.values())) else {}


def _counted(plan: ReadingPlan, columns: Mapping[int, Measure]) -> dict[int, str]:
    """What each value column counts by its name: money, a number of something, or minutes, steps …

    Only where the file has columns of both of the first, or of several of the others: no sum may join these. Where some
    names say nothing, others must say nothing else: "Hours", and not the shop "Mile End". One unit that the file gives
    for all says more.
    """
    names = {column: plan.table.names[column] for column in columns}
    units = {unit_of(plan, column) for column in columns}
    if len(units) == 1 and "" not in units:
        return dict.fromkeys(columns, "")
    found = {column: "" if names_product(plan, column) else _thing(name) for column, name in names.items()}
    crossed = _crossed({column: name for column, name in names.items() if columns[column].kind == "flow"})
    if crossed:
        things = {column: "money" if found[column] == "money" else word for column, word in crossed.items()}
        return dict.fromkeys(columns, "") | things
    if {"money", "number"} <= set(found.values()):
        things = {i: thing if thing == "money" else measured_in(names[i]) or thing for i, thing in found.items()}
        return _apart(things, names, columns)
    measured = {column: measured_in(name) for column, name in names.items()}
    if any(not kind for column, kind in measured.items() if columns[column].kind == "flow"):
        measured = {column: kind if says_only_that(names[column]) else "" for column, kind in measured.items()}
    return _apart(measured, names, columns) if len(set(measured.values())) > 1 else dict.fromkeys(columns, "")


def _apart(things: Mapping[int, str], names: Mapping[int, str], columns: Mapping[int, Measure]) -> dict[int, str]:
    """What is counted; where names say of several things, a column whose name says nothing counts what it is called.

    Next to steps and a distance, floors and active calories are no more alike than these. Bread and milk are, next to
    the temperature and the humidity, which are levels.
    """
    known = {(columns[column].kind, thing) for column, thing in things.items() if thing}
    several = {kind for kind in ("flow", "level") if sum(own == kind for own, _ in known) > 1}
    return {c: thing or (names[c] if columns[c].kind in several else "") for c, thing in things.items()}


def _crossed(names: Mapping[int, str]) -> dict[int, str]:
    """The word of each name that says what is counted, where all parts have the same: Group Nights, Group Revenue, ….

    The word is the last one or the first one. Empty where names are not made in that way, or where all or none of these
    words are for money.
    """
    for last in (True, False):
        split = [name.rpartition(" ") if last else name.partition(" ") for name in names.values()]
        parts = Counter(first if last else rest for first, _, rest in split)
        words = [rest if last else first for first, _, rest in split]
        if "" in parts or "" in words or len(set(split)) < len(split):
            continue
        complete = len(parts) > 1 and set(parts.values()) == {len(set(words))}
        if complete and len(set(map(is_money_name, words))) > 1:
            return dict(zip(names, words, strict=True))
    return {}


def _thing(name: str) -> str:
    rest = " ".join(word for word in words_of(name).split() if word not in _NO_MONEY)
    if is_money_name(name) and (not rest or is_money_name(rest)):
        return "money"
    return "number" if meaning_of(name) in (Meaning.COUNT, Meaning.QUANTITY) or measured_in(name) else ""
