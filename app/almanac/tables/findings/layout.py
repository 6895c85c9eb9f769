"""What was noticed about the file and where its table lies."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.problems import MAX_ROWS_LISTED, Finding
from almanac.core.text import plural, some


def header_not_first(line: int, title: str) -> Finding:
    return Finding(
        "header_not_first",
        f"The column names are in line {line}.",
        f"Above them {'is' if line == 2 else 'are'} {plural(line - 1, 'line')} outside the table"
        + (f" (“{title[:60]}”)." if title else "."),
        "Nothing to do. The lines above were left out.",
        line - 1,
        tuple(range(1, min(line, 101))),
    )


def no_header() -> Finding:
    return Finding(
        "no_header",
        "The columns have no names.",
        "The first line already holds data.",
        "The columns are called Column A, Column B and so on. Add a first line with names if you like.",
    )


def duplicate_headers(names: Sequence[str]) -> Finding:
    return Finding(
        "duplicate_headers",
        f"Several columns have the same name: {some(names)}.",
        "Every column needs a name of its own to be chosen.",
        f"The later ones are called “{names[0]} (2)” and so on.",
        len(names),
    )


def several_sheets(chosen: str, others: Sequence[str]) -> Finding:
    return Finding(
        "several_sheets",
        f"The sheet “{chosen}” was read.",
        f"The workbook also has {some(others)}.",
        "Choose another sheet if you meant that one.",
        len(others),
    )


def sheets_joined(names: Sequence[str]) -> Finding:
    return Finding(
        "sheets_joined",
        f"{len(names)} sheets were read as one table: {names[0]} to {names[-1]}.",
        "They are called after dates and have the same columns, so each continues the other.",
        "Choose a single sheet if you want only that one.",
        len(names),
    )


def table_elsewhere(columns: Sequence[str]) -> Finding:
    return Finding(
        "second_table",
        f"A second table lies beside the first, in column{'s' if len(columns) > 1 else ''} {some(columns)}.",
        "It has dates of its own, so it cannot be read together with the first.",
        "Copy it to a sheet of its own to forecast it.",
        len(columns),
    )


def tables_beside(count: int) -> Finding:
    """Tables with the same dates, read as one."""
    return Finding(
        "tables_beside",
        f"{count} tables stand beside one another; they were read together.",
        "They have the same dates. Columns are named after the text above their table where there is one.",
        "Nothing to do. Choose the columns to forecast if you want only some.",
        count,
    )


def nul_characters() -> Finding:
    return Finding(
        "nul_characters",
        "Some characters in the file have no meaning and were left out.",
        "They often come from a program that writes fixed blocks, or from a damaged copy.",
        "Look at the preview. If something is missing, export the file again.",
    )


def carried_down(columns: Sequence[str]) -> Finding:
    return Finding(
        "carried_down",
        f"Blank cells in {some([f'“{column}”' for column in columns])} mean the same as the cell above them.",
        "Only the first row of each block names it, as with merged cells.",
        "Nothing to do. Fill the cells in your file if they mean something else.",
        len(columns),
        column=columns[0],
    )


def hidden(rows: tuple[int, ...], columns: Sequence[str], sheet: str) -> Finding:
    """Hidden rows and columns of a sheet, which were read all the same."""
    parts = [plural(len(rows), "hidden row")] if rows else []
    parts += [f"{plural(len(columns), 'hidden column')} ({some(columns)})"] if columns else []
    return Finding(
        "hidden",
        f"The sheet “{sheet}” has {' and '.join(parts)}.",
        "What is hidden in Excel is still in the file, so it was read.",
        "Delete what should not count, save, and read the file again.",
        len(rows) + len(columns),
        rows[:MAX_ROWS_LISTED],
        sheet=sheet,
    )


def months_without_year(column: str) -> Finding:
    return Finding(
        "months_without_year",
        f"The dates in “{column}” have no year.",
        "They follow one another, so the years were counted: the first is called 1.",
        "Nothing to do; with a column of years, the dates would be real ones.",
        column=column,
    )


def clocks_changed(column: str, forward: Sequence[str], back: Sequence[str]) -> Finding:
    """Local times over a change of the clocks; the days as 2024-03-31."""
    parts = [f"forward on {some(forward)}"] if forward else []
    parts += [f"back on {some(back)}"] if back else []
    return Finding(
        "clocks_changed",
        f"The clocks go {' and '.join(parts)} in “{column}”.",
        "An hour of that night is missing or there twice. All times were read as the clock shows them before "
        "the first change, so that no hour is a gap and none is counted twice.",
        "Nothing to do. After a change, times here differ by one hour from those in your file.",
        len(forward) + len(back),
        column=column,
    )


def thirteen_periods(column: str) -> Finding:
    return Finding(
        "thirteen_periods",
        f"A year in “{column}” has thirteen periods; each was read as four weeks.",
        "They run on from 1 January of the first year, as nothing says on which day each begins.",
        "Nothing to do; with a column of dates, the dates would be your own.",
        column=column,
    )


def dates_from_numbers(column: str, kind: str) -> Finding:
    meaning = {
        "excel days": "days as Excel counts them from 1900",
        "unix seconds": "seconds since 1970",
        "unix milliseconds": "milliseconds since 1970",
    }[kind]
    return Finding(
        "dates_from_numbers",
        f"The numbers in “{column}” were read as dates.",
        f"They look like {meaning}.",
        "Nothing to do, unless they are ordinary numbers: then choose another column for the date.",
        column=column,
    )
