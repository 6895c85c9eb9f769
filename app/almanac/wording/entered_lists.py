"""What a person reads about rows of their lists of events and adjustments that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.entered.lists import ListFaults, RowFault
from almanac.core.problems import Problem
from almanac.core.text import agree, plural, some
from almanac.wording.phrases import sentence_start

MAX_ROWS_NAMED = 30  # in a sentence: more would not be read
CORRECT = "Correct or delete these rows."
MAX_NAMES = 5


def bad_rows(found: Sequence[tuple[str, ListFaults]], code: str, hint: str = "") -> Problem:
    """Rows that cannot be used, of one list or of two; each with what it is a list of: "adjustment"."""
    count = sum(len(faults.rows) for _, faults in found)
    several = len(found) > 1
    whats = [_count(faults, name) for name, faults in found]
    whys = [f"{faults.file}: {_rows(faults.rows)}" if several else _rows(faults.rows) for _, faults in found]
    rows = () if several else tuple(fault.row for fault in found[0][1].rows)
    fix = f"{CORRECT} {hint}".strip()
    return Problem(code, " ".join(whats), " ".join(whys), fix, count=count, rows=rows)


def held_back(names: Sequence[str], faults: ListFaults) -> Problem:
    """Products without an order, as an adjustment of their forecast cannot be used; perhaps none of the stock list."""
    without = f"{some(names, MAX_NAMES)} {agree(len(names), 'has', 'have')} no order. " if names else ""
    return Problem(
        "product_of_bad_adjustment",
        f"{without}{_count(faults, 'adjustment')}",
        _rows(faults.rows),
        f"{CORRECT} All other products are planned with the rest of the list.",
        count=len(names),
        rows=tuple(fault.row for fault in faults.rows),
    )


def _count(faults: ListFaults, name: str) -> str:
    article = "an" if name[0] in "aeio" else "a"
    if len(faults.rows) == 1:
        return f"A row of {faults.file} cannot be used as {article} {name}."
    return f"{plural(len(faults.rows), 'row')} of {faults.file} cannot be used as {name}s."


def _rows(faults: Sequence[RowFault]) -> str:
    shown = "; ".join(f"row {fault.row:,}: {fault.why.rstrip('.')}" for fault in faults[:MAX_ROWS_NAMED])
    more = f" And {len(faults) - MAX_ROWS_NAMED:,} more." if len(faults) > MAX_ROWS_NAMED else ""
    return f"{sentence_start(shown)}.{more}"
