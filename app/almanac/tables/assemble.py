"""A Plan becomes a SeriesSet: rhythm, numbers, names, and everything worth telling."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from almanac.periods import BY_NAME, ROWS, Frequency, Unit
from almanac.problems import Problem, stop_with
from almanac.series import SeriesSet
from almanac.tables import findings as words
from almanac.tables.build import Block, build_block, repeated_rows, same_rows
from almanac.tables.cells import Floats
from almanac.tables.notice import notice_numbers, notice_rows, notice_series
from almanac.tables.numbers import Numbers, Votes, decimal_sign, read_numbers, votes
from almanac.tables.reading import Gaps, ReadingOptions, Repeated
from almanac.tables.rhythm import Moments, Rhythm, find_rhythm
from almanac.tables.roles import group_numbers
from almanac.tables.totals import total_columns
from almanac.tables.understand import Plan

Integers = NDArray[np.int64]
_ORDER = (Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.BUSINESS_DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
_EVEN = 0.9  # share of steps that must fit before dates count as irregular
_VOTED = 5000  # different cells looked at to find the decimal sign


@dataclass(frozen=True, eq=False)
class Assembled:
    """The series, the value columns they came from (totals taken out), the decimal sign of the first, and how several
    values of one date were put together.
    """

    series: SeriesSet
    values: tuple[int, ...]
    decimal: str
    repeated: Repeated


def assemble(plan: Plan, options: ReadingOptions, before: tuple[Problem, ...]) -> Assembled:
    """Build the series. Raises ProblemError when no number is left or the rhythm asked for does not fit."""
    found: list[Problem] = [*before, *notice_rows(plan)]
    numbers, decimal = _numbers(plan)
    values = plan.values
    if not options.values and len(values) > 2:
        totals = total_columns({i: numbers[i].values for i in values}, plan.table.names)
        if totals:
            found.append(words.totals_left_out(np.zeros(0, dtype=np.int64), [plan.table.names[i] for i in totals]))
            values = tuple(i for i in values if i not in totals)
    found += notice_numbers(plan.table, {i: numbers[i] for i in values})
    groups, keys = group_numbers(plan.table, plan.series)
    rhythm, frequency, how = _rhythm(plan, options, groups, found)
    periods = _periods(plan, frequency)
    gaps: Gaps = options.gaps or "leave"
    keep = _repeats(plan, options, groups, periods, [numbers[i].values for i in values], how, frequency, rhythm, found)
    keep &= _whole_periods(plan, rhythm.frequency, frequency, periods, how, found)
    if not keep.all():
        groups, periods = groups[keep], periods[keep]
    blocks = [
        build_block(groups, periods, v if keep.all() else v[keep], len(keys), how, gaps)
        for v in (numbers[i].values for i in values)
    ]
    series = _join(plan, values, blocks, keys, frequency)
    found += notice_series(plan, series, values, blocks, gaps, keys)
    return Assembled(replace(series, findings=tuple(found)), values, decimal, how)


def _numbers(plan: Plan) -> tuple[dict[int, Numbers], str]:
    """Every value column as numbers, each with the decimal sign its own cells and the whole file point to."""
    own = {i: votes(c.cells[:_VOTED]) for i, c in enumerate(plan.table.columns) if i in plan.values}
    others = (
        votes(c.cells[:_VOTED]) for i, c in enumerate(plan.table.columns) if i not in _dated(plan) and i not in own
    )
    whole = sum(others, start=sum(own.values(), start=Votes()))
    signs = {i: decimal_sign(own[i], whole) for i in plan.values}
    return {i: read_numbers(plan.table.columns[i], signs[i]) for i in plan.values}, signs[plan.values[0]]


def _dated(plan: Plan) -> tuple[int, ...]:
    return plan.source.columns if plan.source else ()


def _rhythm(
    plan: Plan, options: ReadingOptions, groups: Integers, found: list[Problem]
) -> tuple[Rhythm, Frequency, Repeated]:
    """The rhythm found, the one to use, and how to put several values of one period together."""
    if plan.source is None:
        found.append(words.no_dates_row_order())
        return Rhythm(ROWS, 1.0), ROWS, options.repeated or "sum"
    # Single events keep no rhythm within a group that says little; the days of the whole file do.
    together = np.zeros_like(groups) if plan.transactions else groups
    rhythm = find_rhythm(Moments(plan.moments, plan.index, together), plan.grain)
    clock = rhythm.frequency.unit in (Unit.HOUR, Unit.MINUTE)
    even = rhythm.regular >= _EVEN
    how: Repeated = options.repeated or ("sum" if (even and not clock) or plan.transactions else "mean")
    if options.frequency is None:
        if not even and not plan.transactions:
            found.append(words.irregular_dates(plan.date_words, rhythm.frequency, rhythm.regular, how))
        return rhythm, rhythm.frequency, how
    asked = BY_NAME[options.frequency]
    if (asked.unit, rhythm.frequency.unit) == (Unit.DAY, Unit.BUSINESS_DAY):
        return rhythm, asked, how  # weekends then count as days without a row
    if asked.unit is rhythm.frequency.unit and rhythm.frequency.multiple == 1:
        return rhythm, rhythm.frequency, how
    if _length(asked) < _length(rhythm.frequency) and even:
        raise stop_with(
            "rhythm_too_fine",
            f"The file is {rhythm.frequency.name}; it cannot be read {asked.name}.",
            f"There is one row for each {rhythm.frequency.unit.value}, and nothing says what happened in between.",
            f"Choose {rhythm.frequency.name} or a slower rhythm.",
        )
    how = options.repeated or "sum"
    found.append(words.put_together(rhythm.frequency, asked, how))
    return rhythm, asked, how


def _length(frequency: Frequency) -> float:
    """About how many days one period lasts."""
    days = dict(zip(_ORDER, (1 / 1440, 1 / 24, 1, 1.01, 7, 30.4, 91.3, 365.2), strict=True))
    return days[frequency.unit] * frequency.multiple


def _periods(plan: Plan, frequency: Frequency) -> Integers:
    if not frequency.dated:
        return plan.when.astype(np.int64)
    return frequency.numbers(plan.moments)[plan.index]


def _repeats(
    plan: Plan,
    options: ReadingOptions,
    groups: Integers,
    periods: Integers,
    values: list[Floats],
    how: Repeated,
    frequency: Frequency,
    rhythm: Rhythm,
    found: list[Problem],
) -> NDArray[np.bool_]:
    """Which rows to use: bool [N]. Copies of a row in an even table are left out, all else is put together."""
    keep = np.ones(len(periods), dtype=bool)
    coarser = frequency is not rhythm.frequency
    base = _periods(plan, rhythm.frequency) if coarser else periods
    again, pairs = repeated_rows(groups, base)
    if not again.any() or rhythm.regular < _EVEN:
        return keep
    lines = plan.table.lines
    if again.mean() <= 0.05 and options.repeated is None:
        copies = same_rows(pairs, again, values)
        if copies.any():
            found.append(words.duplicate_rows(lines[copies]))
            keep &= ~copies
            again &= ~copies
    if again.any():
        found.append(
            words.repeated_dates(lines[again], rhythm.frequency, how, bool(again.mean() > 0.05), plan.date_words)
        )
    return keep


def _whole_periods(
    plan: Plan,
    found_frequency: Frequency,
    frequency: Frequency,
    periods: Integers,
    how: Repeated,
    found: list[Problem],
) -> NDArray[np.bool_]:
    """Leave out the last period when the file ends in the middle of it and values are added together: bool [N]."""
    keep = np.ones(len(periods), dtype=bool)
    if frequency is found_frequency or how != "sum" or plan.source is None or len(np.unique(periods)) < 3:
        return keep
    last = int(periods.max())
    finer = found_frequency.numbers(np.array([plan.when.max()]))
    following = found_frequency.dates(finer + 1)
    if int(frequency.numbers(following)[0]) == last:
        found.append(words.partial_last_period(frequency.label(last), frequency))
        keep = periods != last
    return keep


def _join(
    plan: Plan,
    values: tuple[int, ...],
    blocks: list[Block],
    keys: list[tuple[str, ...]],
    frequency: Frequency,
) -> SeriesSet:
    """The blocks of all value columns as one set, named after keys and columns."""
    if not sum(len(block.groups) for block in blocks):
        raise stop_with(
            "no_numbers",
            "No numbers are left to forecast.",
            f"Every cell in {words.some([plan.table.names[i] for i in values])} is blank or text.",
            "Choose another column to forecast.",
        )
    columns = [plan.table.names[i] for i in values]
    labels = _labels(plan, keys)
    names: list[str] = []
    tuples: list[tuple[str, ...]] = []
    for column, block in zip(columns, blocks, strict=True):
        for group in block.groups:
            label = labels[group] if plan.series else ""
            names.append(" · ".join(part for part in (label, column if len(columns) > 1 or not label else "") if part))
            tuples.append((*keys[group], *((column,) if len(columns) > 1 else ())))
    key_columns = (*(plan.table.names[i] for i in plan.series), *(("Column",) if len(columns) > 1 else ()))
    sizes = np.concatenate([np.diff(block.offsets) for block in blocks])
    return SeriesSet(
        _unique(names),
        np.concatenate([block.values for block in blocks]),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.concatenate([block.first for block in blocks]),
        frequency,
        key_columns,
        tuple(tuples) if key_columns else (),
    )


def _labels(plan: Plan, keys: list[tuple[str, ...]]) -> list[str]:
    """One text for each key: "Milk · North", and "Store 1" where the key itself is only a number."""
    names = [plan.table.names[i] for i in plan.series]
    bare = [all(key[n].isdigit() for key in keys) for n in range(len(names))]
    return [
        " · ".join(f"{n} {part}" if number else part for n, part, number in zip(names, key, bare, strict=True) if part)
        or "(blank)"
        for key in keys
    ]


def _unique(names: list[str]) -> tuple[str, ...]:
    if len(set(names)) == len(names):
        return tuple(names)
    taken: set[str] = set()
    result = []
    for name in names:
        new, n = name, 2
        while new in taken:
            new, n = f"{name} ({n})", n + 1
        taken.add(new)
        result.append(new)
    return tuple(result)
