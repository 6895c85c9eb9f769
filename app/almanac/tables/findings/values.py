"""What findings about the numbers of a column say."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.arrays import Flags, Integers
from almanac.core.text import agree, plural, some
from almanac.tables.findings.finding_type import Report, Treatment
from almanac.tables.reading import Sign
from almanac.tables.values.cells import listed
from almanac.tables.values.drawn_lines import draws_line

_EXAMPLE_SHOWN = 40  # characters
TEXT = (
    Treatment("missing", "Count as missing", "The forecast does without these cells."),
    Treatment("zero", "Count as zero", "“Closed” often means that nothing was sold."),
)
SENTINEL = (
    Treatment("keep", "Keep it", "It is a number like any other."),
    Treatment("missing", "It means missing", "It counts as missing wherever it occurs."),
)
SURE_SENTINEL = (
    Treatment("missing", "It means missing", "It counts as missing in this column."),
    Treatment("keep", "Keep it", "It is a number like any other."),
)
SIDES = (
    Treatment("out", "Only money out", "Only what was spent counts, as positive numbers."),
    Treatment("in", "Only money in", "Only what came in counts."),
    Treatment("all", "Both together", "What was spent is subtracted from what came in."),
)
MONEY = (SIDES[2], SIDES[0], SIDES[1])
BOOKS = (
    Treatment("all", "The difference", "One side is subtracted from the other."),
    Treatment("out", "Only debits", "Only one side counts: debits, or what has a minus."),
    Treatment("in", "Only credits", "Only one side counts: credits, or what has no minus."),
)
GOODS = (
    Treatment("out", "Only what went out", "Only these rows count."),
    Treatment("in", "Only what came in", "Only these rows count."),
    Treatment("all", "The difference", "What went out is subtracted from what came in."),
)
_MOVED: dict[Sign, str] = {
    "out": "Only what went out counts.",
    "in": "Only what came in counts.",
    "all": "What went out is subtracted from what came in.",
}
_COUNTED: dict[Sign, str] = {
    "out": "Only money out counts, as positive numbers.",
    "in": "Only money in counts.",
    "all": "Both count together: what went out is subtracted from what came in.",
}


def _shown(example: str) -> str:
    """A cell as an example: quoted, unless it only draws a line, which nobody would look for as text."""
    return "a line of dashes" if draws_line(example) else f"“{example[:_EXAMPLE_SHOWN]}”"


def text_among_numbers(column: str, example: str, rows: Integers, used: str) -> Report:
    """Cells with text in a column of numbers."""
    return Report(
        what=f"“{column}” holds text in {plural(len(rows), 'cell')}, such as {_shown(example)}.",
        why="Only numbers can be forecast.",
        fix="All text counts as zero, as you chose."
        if used == "zero"
        else "All text counts as missing. Write numbers instead if you know what belongs there.",
        count=len(rows),
        rows=listed(rows),
        column=column,
        changed=len(rows),
        used=used,
    )


def numbers_too_large(column: str, example: str, rows: Integers) -> Report:
    """Cells with numbers that cannot be calculated with."""
    return Report(
        what=f"“{column}” holds {plural(len(rows), 'number')} too large to be used, such as {_shown(example)}.",
        why="Numbers with more than 100 digits cannot be added up or compared reliably.",
        fix=f"{agree(len(rows), 'It counts', 'They count')} as missing. Write a smaller unit, such as millions.",
        count=len(rows),
        rows=listed(rows),
        column=column,
        changed=len(rows),
    )


def odd_units(column: str, example: str, rows: Integers) -> Report:
    """Numbers with another unit than nearly all of a column."""
    return Report(
        what=f"“{column}” has another unit in {plural(len(rows), 'cell')}, such as {_shown(example)}.",
        why="Nearly all others have the same unit, or none.",
        fix="They count as numbers of the same unit as the others. Look at them, and write what was meant.",
        count=len(rows),
        rows=listed(rows),
        column=column,
    )


def missing_values(column: str, rows: Integers, filled: bool) -> Report:
    """Cells that are blank or say that the value is missing; ``filled``: all of it gets a value in between."""
    return Report(
        what=f"“{column}” has no number in {plural(len(rows), 'cell')}.",
        why=agree(
            len(rows),
            "The cell is blank or says that the value is missing.",
            "The cells are blank or say that the value is missing.",
        ),
        fix="All that is missing was filled with values in between, as you chose."
        if filled
        else "Nothing was filled in.",
        count=len(rows),
        rows=listed(rows),
        column=column,
    )


def sentinel_values(
    columns: Sequence[str], value: float, rows: Integers, count: int, missing: tuple[float, ...]
) -> Report:
    """A number that probably means "no value", in ``count`` cells; ``missing``: the numbers that are known to."""
    used = value in missing
    others = tuple(m for m in missing if m != value)
    return Report(
        what=f"{some([f'“{column}”' for column in columns])} {agree(len(columns), 'holds', 'hold')} {value:g} "
        f"in {plural(count, 'cell')}.",
        why="It is far from all other values; many devices and programs write such a number for “no reading”.",
        fix="It counts as missing, as you chose."
        if used
        else "It was kept as a number. Change this if it means missing.",
        count=count,
        rows=listed(rows),
        column=columns[0] if len(columns) == 1 else "",
        changed=count if used else 0,
        used="missing" if used else "keep",
        values={"keep": others, "missing": (*others, value)},
    )


def sentinels_left_out(column: str, values: Sequence[float], rows: Integers, used: str) -> Report:
    """Numbers that mean "no value" beyond doubt, in ``rows``."""
    kept = used == "keep"
    return Report(
        what=f"“{column}” holds {some([f'{value:g}' for value in values])} in {plural(len(rows), 'cell')}.",
        why="It is far from all other values; many devices and programs write such a number for “no reading”.",
        fix="It was kept as a number, as you chose." if kept else "It counts as missing. Keep it if it was measured.",
        count=len(rows),
        rows=listed(rows),
        column=column,
        changed=0 if kept else len(rows),
        used=used,
    )


def money_in_and_out(what: str, why: str, counts: tuple[int, int], rows: Integers, used: Sign) -> Report:
    """Money in and out that columns or marks tell apart; ``counts``: amounts out and in; ``rows``: not counted."""
    return Report(
        what=f"{what} There are {plural(counts[0], 'amount')} out and {counts[1]:,} in.",
        why=why,
        fix=f"{_COUNTED[used]} Choose what you want to forecast.",
        count=sum(counts),
        rows=listed(rows),
        changed=len(rows),
        used=used,
    )


def double_entry(columns: Sequence[str], account: str, rows: Integers, signs: tuple[Sign, Sign]) -> Report:
    """Books whose sides are equal on every date. ``columns``: of the amounts, debits first; ``account``: the column
    whose accounts are the series, empty where none are; ``rows``: not counted; ``signs``: the one used and proposed.
    """
    used, proposed = signs
    quoted = some([f"“{name}”" for name in columns])
    net = f"“{columns[1]}” less “{columns[0]}”" if len(columns) > 1 else f"“{columns[0]}” with its signs"
    counted = {"all": net, "out": "its debits" if account else "what is debited", "in": "its credits"}
    if not account:
        counted |= {"in": "what is credited"}
    series = f"Each “{account}” is a series: {counted[used]}. No total adds them together."
    asked = f"What counts is {counted[used]}. To forecast accounts, split by a column that names them."
    return Report(
        what=f"{quoted} {agree(len(columns), 'holds', 'hold')} both sides of books kept by double entry.",
        why="On every date both sides are equal, so that all of it together is always 0.",
        fix=series if account else asked,
        rows=listed(rows),
        changed=len(rows),
        column=columns[0],
        used=used,
        proposed=proposed,
        asks=not account,
    )


def signs_mixed(column: str, amounts: Flags, rows: Integers, used: Sign, proposed: Sign) -> Report:
    """A ledger. ``amounts``: bool, one per known amount, True for money out; ``rows``: those that do not count."""
    out = int(amounts.sum())
    what = f"“{column}” holds {plural(out, 'amount')} of money out and {len(amounts) - out:,} of money in."
    why = "Amounts with a minus or in brackets look like spending, the others like income."
    return _by_sign(column, (what, why, _COUNTED[used]), len(amounts), rows, (used, proposed))


def goods_by_sign(column: str, amounts: Flags, rows: Integers, used: Sign, proposed: Sign) -> Report:
    """Goods in and out. ``amounts``: bool, one per known number, True for what went out; ``rows``: as above."""
    out = int(amounts.sum())
    what = f"“{column}” holds {plural(out, 'number')} of what went out and {len(amounts) - out:,} of what came in."
    why = "Numbers with a minus look like issues, the others like receipts. Their sum is neither."
    return _by_sign(column, (what, why, _MOVED[used]), len(amounts), rows, (used, proposed))


def _by_sign(column: str, words: tuple[str, str, str], count: int, rows: Integers, signs: tuple[Sign, Sign]) -> Report:
    """``words``: what, why and what counts; ``signs``: the one in use and the one proposed."""
    what, why, counted = words
    return Report(
        what=what,
        why=why,
        fix=f"{counted} Choose what you want to forecast.",
        count=count,
        rows=listed(rows),
        column=column,
        changed=len(rows),
        used=signs[0],
        proposed=signs[1],
    )


def goods_in_and_out(
    marks: str,
    sides: tuple[tuple[Sequence[str], int], tuple[Sequence[str], int]],
    others: Sequence[str],
    rows: Integers,
    used: tuple[Sign, Sign],
) -> Report:
    """Goods that came in or went out, as the column ``marks`` says.

    ``sides``: its cells for what went out, and how many rows have them; the same for what came in. ``others``: cells
    for neither; ``rows``: those that do not count; ``used``: what counts, and what was proposed.
    """
    out, into = (f"{some([f'“{cell}”' for cell in cells])} in {plural(count, 'row')}" for cells, count in sides)
    named = some([f"“{cell}”" for cell in others])
    neither = f" {named} {agree(len(others), 'counts', 'count')} on neither side." if others else ""
    return Report(
        what=f"“{marks}” tells what went out ({out}) from what came in ({into}).",
        why="Both added up would say nothing of how much is needed.",
        fix=f"{_MOVED[used[0]]}{neither} Choose what you want to forecast.",
        count=sides[0][1] + sides[1][1],
        rows=listed(rows),
        column=marks,
        changed=len(rows),
        used=used[0],
        proposed=used[1],
    )
