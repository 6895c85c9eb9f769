"""The words for what was noticed while reading. Each function makes one Problem, in a shop owner's language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from almanac.periods import Frequency
from almanac.problems import Problem
from almanac.tables.cells import listed
from almanac.tables.reading import Gaps, Repeated

Lines = NDArray[np.int64]
HOW = {"sum": "added together", "mean": "averaged", "last": "reduced to the last one"}


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 row", "1,200 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def some(names: Sequence[str], most: int = 3) -> str:
    """The first few names: "Milk, Bread, Eggs and 9 more"."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"


def header_not_first(line: int, title: str) -> Problem:
    return Problem(
        "header_not_first",
        f"The column names are in line {line}.",
        f"Above them {'is' if line == 2 else 'are'} {count(line - 1, 'line')} outside the table"
        + (f" (“{title[:60]}”)." if title else "."),
        "Nothing to do. The lines above were left out.",
        line - 1,
        tuple(range(1, min(line, 101))),
    )


def no_header() -> Problem:
    return Problem(
        "no_header",
        "The columns have no names.",
        "The first line already holds data.",
        "The columns are called Column A, Column B and so on. Add a first line with names if you like.",
    )


def duplicate_headers(names: Sequence[str]) -> Problem:
    return Problem(
        "duplicate_headers",
        f"Several columns have the same name: {some(names)}.",
        "Every column needs a name of its own to be chosen.",
        f"The later ones are called “{names[0]} (2)” and so on.",
        len(names),
    )


def totals_left_out(rows: Lines, columns: Sequence[str]) -> Problem:
    parts = []
    if len(rows):
        parts.append(count(len(rows), "row"))
    if columns:
        parts.append(f"the column{'s' if len(columns) > 1 else ''} {some(columns)}")
    return Problem(
        "totals_left_out",
        f"Totals were left out: {' and '.join(parts)}.",
        "They add up other numbers of the table and would be counted twice.",
        "Nothing to do. Choose the column yourself if you want to forecast the total.",
        len(rows) + len(columns),
        listed(rows),
    )


def notes_left_out(rows: Lines) -> Problem:
    return Problem(
        "notes_left_out",
        f"{count(len(rows), 'line')} without numbers left out.",
        "They look like notes or headings between or below the data.",
        "Nothing to do, unless these lines should have held data.",
        len(rows),
        listed(rows),
    )


def dates_not_understood(column: str, rows: Lines) -> Problem:
    return Problem(
        "dates_not_understood",
        f"{count(len(rows), 'row')} left out: no date could be read in “{column}”.",
        "The cell is blank, or it is written differently from the others.",
        "Write a date in these cells as in the other rows, save, and read the file again.",
        len(rows),
        listed(rows),
    )


def text_among_numbers(column: str, example: str, rows: Lines) -> Problem:
    return Problem(
        "text_among_numbers",
        f"“{column}” holds text in {count(len(rows), 'cell')}, such as “{example[:40]}”.",
        "Only numbers can be forecast.",
        "These cells count as missing. Replace them by numbers if you know them.",
        len(rows),
        listed(rows),
    )


def missing_values(column: str, rows: Lines) -> Problem:
    return Problem(
        "missing_values",
        f"“{column}” has no number in {count(len(rows), 'cell')}.",
        "The cells are blank or say that the value is missing.",
        "They stay missing; nothing was filled in.",
        len(rows),
        listed(rows),
    )


def gaps_found(number: int, series: Sequence[str], rhythm: Frequency, repair: Gaps, total: int) -> Problem:
    done = {
        "leave": "They stay missing. You can have them counted as zero or filled in between.",
        "zero": "They were counted as zero, as you chose.",
        "interpolate": "They were filled with values in between, as you chose.",
    }[repair]
    where = f" in {some(series)}" if total > 1 and series else ""
    return Problem(
        "gaps",
        f"{rhythm.words(number)} {'has' if number == 1 else 'have'} no row{where}.",
        f"The other dates come {rhythm.name}.",
        done,
        number,
    )


def repeated_dates(rows: Lines, rhythm: Frequency, how: Repeated, usual: bool, column: str) -> Problem:
    period = rhythm.unit.value
    if usual:
        what = f"Most {period}s have several rows; they were {HOW[how]}."
        why = "The file lists single events, such as sales or bookings."
    else:
        what = f"{count(len(rows), 'row')} repeat{'s' if len(rows) == 1 else ''} a {period} that was there already."
        why = f"The same date stands more than once in “{column}”; the values were {HOW[how]}."
    return Problem(
        "repeated_dates",
        what,
        why,
        "Choose between adding together, averaging and keeping the last.",
        len(rows),
        listed(rows),
    )


def duplicate_rows(rows: Lines) -> Problem:
    return Problem(
        "duplicate_rows",
        f"{count(len(rows), 'row')} stand{'s' if len(rows) == 1 else ''} twice in the file.",
        "Same date, same values: they look like copies and were counted once.",
        "Choose adding together if they are separate events.",
        len(rows),
        listed(rows),
    )


def irregular_dates(column: str, rhythm: Frequency, share: float, how: Repeated) -> Problem:
    return Problem(
        "irregular_dates",
        f"The dates in “{column}” keep no even rhythm.",
        f"{share:.0%} of the steps fit {rhythm.name}, the closest one.",
        f"They were put together {rhythm.name}; several in one {rhythm.unit.value} were {HOW[how]}. "
        "Choose another rhythm if you know better.",
    )


def put_together(found: Frequency, asked: Frequency, how: Repeated) -> Problem:
    return Problem(
        "put_together",
        f"The {found.name} values were {HOW[how]} to {asked.name} ones.",
        f"You chose {asked.name}; the file is {found.name}.",
        "Choose another rhythm, or averaging instead of adding, if that is not what you meant.",
    )


def partial_last_period(label: str, rhythm: Frequency) -> Problem:
    return Problem(
        "partial_last_period",
        f"The last {rhythm.unit.value} ({label}) is not over yet in the file.",
        "Its total would look like a sudden fall.",
        "It was left out. Add the missing days to the file to include it.",
    )


def future_dates(column: str, rows: Lines) -> Problem:
    return Problem(
        "future_dates",
        f"{count(len(rows), 'row')} {'lies' if len(rows) == 1 else 'lie'} in the future.",
        f"“{column}” holds dates later than today, with values.",
        "They were read as if they had happened. Remove them if they are plans.",
        len(rows),
        listed(rows),
    )


def sentinel_values(column: str, value: float, rows: Lines) -> Problem:
    return Problem(
        "sentinel_values",
        f"“{column}” holds {value:g} in {count(len(rows), 'cell')}.",
        "It lies far from all other values; many devices write such a number for “no reading”.",
        "It was kept as a number. If it means missing, clear these cells and read the file again.",
        len(rows),
        listed(rows),
    )


def named(code: str, names: Sequence[str]) -> Problem:
    """A finding about whole series: constant_series, too_short, empty_series."""
    what, why, fix = {
        "constant_series": (
            "never change",
            "Every value is the same.",
            "Nothing to do; the forecast will repeat that value.",
        ),
        "too_short": (
            "have fewer than 8 values",
            "There is too little past to learn a pattern from.",
            "Their forecast will be careful and wide. Add more past if you have it.",
        ),
        "empty_series": ("hold no number at all", "Every cell is blank or text.", "They were left out."),
    }[code]
    return Problem(code, f"{count(len(names), 'series', 'series')} {what}: {some(names)}.", why, fix, len(names))


def no_dates_row_order() -> Problem:
    return Problem(
        "no_dates_row_order",
        "The file has no dates; its rows are taken in order.",
        "No column looks like dates, so one row counts as one step in time.",
        "Add a column with dates to see real dates in the forecast.",
    )


def several_sheets(chosen: str, others: Sequence[str]) -> Problem:
    return Problem(
        "several_sheets",
        f"The sheet “{chosen}” was read.",
        f"The workbook also has {some(others)}.",
        "Choose another sheet if you meant that one.",
        len(others),
    )


def sheets_joined(names: Sequence[str]) -> Problem:
    return Problem(
        "sheets_joined",
        f"{len(names)} sheets were read as one table: {names[0]} to {names[-1]}.",
        "They are called after dates and have the same columns, so each continues the other.",
        "Choose a single sheet if you want only that one.",
        len(names),
    )


def table_elsewhere(columns: Sequence[str]) -> Problem:
    return Problem(
        "second_table",
        f"A second table lies beside the first, in column{'s' if len(columns) > 1 else ''} {some(columns)}.",
        "It has dates of its own, so it cannot be read together with the first.",
        "Copy it to a sheet of its own to forecast it.",
        len(columns),
    )


def nul_characters() -> Problem:
    return Problem(
        "nul_characters",
        "Some characters in the file have no meaning and were left out.",
        "They often come from a program that writes fixed blocks, or from a damaged copy.",
        "Look at the preview. If something is missing, export the file again.",
    )
