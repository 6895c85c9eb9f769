"""What was noticed about the numbers of a column."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.arrays import Integers
from almanac.core.problems import Finding
from almanac.core.text import plural, some
from almanac.tables.findings import treatments
from almanac.tables.reading import Sign
from almanac.tables.values.cells import listed


def text_among_numbers(column: str, example: str, rows: Integers, used: str) -> Finding:
    both = {
        "missing": ("Count as missing", "The forecast does without these cells."),
        "zero": ("Count as zero", "“Closed” often means that nothing was sold."),
    }
    return Finding(
        "text_among_numbers",
        f"“{column}” holds text in {plural(len(rows), 'cell')}, such as “{example[:40]}”.",
        "Only numbers can be forecast.",
        "These cells count as zero, as you chose."
        if used == "zero"
        else "These cells count as missing. Replace them by numbers if you know them.",
        len(rows),
        listed(rows),
        column,
        None,
        *treatments.repairs("text_among_numbers", used, both, column),
        len(rows),
    )


def missing_values(column: str, rows: Integers) -> Finding:
    return Finding(
        "missing_values",
        f"“{column}” has no number in {plural(len(rows), 'cell')}.",
        "The cells are blank or say that the value is missing.",
        "They stay missing; nothing was filled in.",
        len(rows),
        listed(rows),
        column,
    )


def sentinel_values(
    columns: Sequence[str], value: float, rows: Integers, number: int, missing: tuple[float, ...]
) -> Finding:
    """A number that probably means "no value", in ``number`` cells; ``missing``: those that are known to mean it."""
    used = value in missing
    others = tuple(m for m in missing if m != value)
    both = {
        others: ("Keep it", f"{value:g} is a number like any other."),
        (*others, value): ("It means missing", f"Every {value:g} counts as missing."),
    }
    return Finding(
        "sentinel_values",
        f"{some([f'“{column}”' for column in columns])} hold{'s' if len(columns) == 1 else ''} {value:g} "
        f"in {plural(number, 'cell')}.",
        "It lies far from all other values; many devices and programs write such a number for “no reading”.",
        "It counts as missing, as you chose." if used else "It was kept as a number. Say so if it means missing.",
        number,
        listed(rows),
        columns[0] if len(columns) == 1 else "",
        None,
        *treatments.option("missing", missing if used else others, both),
        number if used else 0,
    )


def signs_mixed(column: str, rows: Integers, number: int, negative: int, used: Sign, proposed: Sign) -> Finding:
    """A ledger: ``negative`` of ``number`` amounts are money out, the others money in; ``rows``: those not counted."""
    three: dict[Sign, tuple[str, str]] = {
        "out": ("Only money out", "Only what was spent counts, as positive numbers."),
        "in": ("Only money in", "Only what came in counts."),
        "all": ("Both together", "What came in and what went out are set off against each other."),
    }
    ordered = {proposed: three[proposed], **three}
    done = {
        "out": "Only money out was counted, as positive numbers.",
        "in": "Only money in was counted.",
        "all": "Both were counted together.",
    }[used]
    return Finding(
        "signs_mixed",
        f"“{column}” holds {plural(negative, 'amount')} of money out and {number - negative:,} of money in.",
        "Amounts with a minus or in brackets look like spending, the others like income.",
        f"{done} Choose what you want to forecast.",
        number,
        listed(rows),
        column,
        None,
        *treatments.option("sign", used, ordered),
        len(rows),
    )
