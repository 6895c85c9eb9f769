"""Series from the blocks of all value columns, named after keys and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from almanac.core.arrays import Flags, Floats, end_to_end
from almanac.core.calendar.frequency import Frequency
from almanac.core.measure import FLOW, VALUE_COLUMN, Measure
from almanac.core.problems import stop_with
from almanac.core.series import SeriesSet
from almanac.core.text import some
from almanac.tables.layout.column_names import without_leaders
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.grid.regular_grid import Block, ColumnBlocks
from almanac.tables.series.measuring.measures import measures_of
from almanac.tables.values.numbers import holds_too_large

_COUNTER = re.compile(r"\(?(\d{1,4})[.)]\s+(?=\D)")


def _without_numbers(plan: ReadingPlan, columns: Sequence[str]) -> str:
    """Why no number is left in the value columns."""
    if any(holds_too_large(plan.table.columns[i]) for i in plan.roles.values):
        return f"The numbers in {some(columns)} are too large to be used: they have more than 100 digits."
    return f"Every cell in {some(columns)} is blank or text."


def join_blocks(plan: ReadingPlan, grids: ColumnBlocks, frequency: Frequency) -> SeriesSet:
    """The blocks of all value columns as one set, named after keys and columns.

    Raises ProblemError when all are empty.
    """
    columns = grids.names
    if not any(len(block.groups) for block in grids.blocks):
        raise stop_with(
            "no_numbers",
            "No numbers are left to forecast.",
            _without_numbers(plan, columns),
            "Choose another column to forecast.",
        )
    several = len(columns) > 1
    labels = _labels(plan, grids.keys)
    names: list[str] = []
    keys: list[tuple[str, ...]] = []
    measured: list[int] = []  # the value column of each series
    for i, column, block in zip(grids.columns, columns, grids.blocks, strict=True):
        own = (column,) if several else ()
        for group in block.groups.tolist():
            measured.append(i)
            label = labels[group] if plan.roles.series else ""
            names.append(column if not label else f"{label} · {column}" if several and column else label)
            keys.append((*grids.keys[group], *own))
    key_columns = (*(plan.table.names[i] for i in plan.roles.series), *((VALUE_COLUMN,) if several else ()))
    blocks = grids.blocks
    steps = np.diff(np.concatenate([block.offsets for block in blocks]))
    sizes = np.delete(steps, np.cumsum([len(block.offsets) for block in blocks])[:-1] - 1)  # those to the next block
    values = end_to_end([block.values for block in blocks])
    return SeriesSet(
        names=_unique(names),
        values=values,
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        first=np.concatenate([block.first for block in grids.blocks]),
        frequency=frequency,
        key_columns=key_columns,
        keys=tuple(keys) if key_columns else (),
        measures=_with_running_totals(measures_of(plan, measured, keys), grids),
        raw_values=_without_estimates(values, blocks),
    )


def _without_estimates(values: Floats, blocks: Sequence[Block]) -> Floats | None:
    """The values without those that depend on later ones; None where there are none."""
    if all(block.estimated is None for block in blocks):
        return None
    estimated = [np.zeros(len(b.values), dtype=bool) if b.estimated is None else b.estimated for b in blocks]
    return np.where(np.concatenate(estimated), np.nan, values)


def _with_running_totals(measures: tuple[Measure, ...], grids: ColumnBlocks) -> tuple[Measure, ...]:
    """What the series measure; running totals that are forecast as they are read are levels, their differences flows.

    A total of such readings would add up what the earlier ones hold already.
    """
    blocks = grids.blocks
    if all(block.readings is None for block in blocks) and (
        not measures or all(block.differenced is None for block in blocks)
    ):
        return measures
    differenced = _of_all(blocks, [block.differenced for block in blocks])
    readings = _of_all(blocks, [block.readings for block in blocks])
    every = measures or (FLOW,) * len(differenced)
    return tuple(
        replace(measure, kind="flow") if flow else replace(measure, kind="level") if level else measure
        for measure, flow, level in zip(every, differenced, readings, strict=True)
    )


def _of_all(blocks: Sequence[Block], flags: Sequence[Flags | None]) -> list[bool]:
    """The flags of the series of all blocks, False where a block has none."""
    pairs = zip(blocks, flags, strict=True)
    return [bool(flag) for block, own in pairs for flag in (np.zeros(len(block.groups)) if own is None else own)]


def _labels(plan: ReadingPlan, keys: list[tuple[str, ...]]) -> list[str]:
    """One text for each key: "Milk · North", and "Store 1" where the key itself is only a number."""
    names = [plan.table.names[i] for i in plan.roles.series]
    bare = [all(key[n].isdecimal() for key in keys) for n in range(len(names))]
    shown = list(zip(*(_plain_parts(column) for column in zip(*keys, strict=True)), strict=True)) if names else keys
    return [
        " · ".join(f"{n} {part}" if number else part for n, part, number in zip(names, key, bare, strict=True) if part)
        or "(blank)"
        for key in shown
    ]


def _plain_parts(parts: Sequence[str]) -> list[str]:
    """Parts of names without the dots that lead to figures, and without counters "1. ", "2. " where all have one."""
    plain = {part: without_leaders(part) for part in set(parts)}
    counted = {part: match for part in plain if (match := _COUNTER.match(part)) is not None}
    numbers = sorted(int(match[1]) for match in counted.values())
    if len(counted) == len(plain) > 1 and numbers == list(range(1, len(numbers) + 1)):
        bare = {part: without_leaders(part[match.end() :]) for part, match in counted.items()}
        plain = bare if len(set(bare.values())) == len(bare) else plain
    return [plain[part] for part in parts]


def _unique(names: list[str]) -> tuple[str, ...]:
    """The names; one that occurred before gets a number: "Milk (2)"."""
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
