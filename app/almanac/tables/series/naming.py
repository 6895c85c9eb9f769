"""Series from the blocks of all value columns, named after keys and columns."""

from __future__ import annotations

import numpy as np

from almanac.core.frequency import Frequency
from almanac.core.problems import stop_with
from almanac.core.series import SeriesSet
from almanac.core.text import some
from almanac.tables.plan import Plan
from almanac.tables.series.regular_grid import Block


def join_blocks(
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
            f"Every cell in {some([plan.table.names[i] for i in values])} is blank or text.",
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
    all_values = np.concatenate([block.values for block in blocks])
    between = np.concatenate([block.between for block in blocks])
    return SeriesSet(
        _unique(names),
        all_values,
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.concatenate([block.first for block in blocks]),
        frequency,
        key_columns,
        tuple(tuples) if key_columns else (),
        raw_values=np.where(between, np.nan, all_values) if between.any() else None,
    )


def _labels(plan: Plan, keys: list[tuple[str, ...]]) -> list[str]:
    """One text for each key: "Milk · North", and "Store 1" where the key itself is only a number."""
    names = [plan.table.names[i] for i in plan.series]
    bare = [all(key[n].isdecimal() for key in keys) for n in range(len(names))]
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
