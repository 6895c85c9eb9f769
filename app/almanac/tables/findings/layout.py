"""What findings about the file and the layout of its table say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from almanac.core.arrays import Integers
from almanac.core.problems import MAX_ROWS_LISTED, Choice
from almanac.core.text import agree, plural, some
from almanac.tables.findings.finding_type import Report
from almanac.tables.values.cells import listed
from almanac.tables.values.dates.calendar_names import FIRST_YEAR

_TITLE_SHOWN = 60  # characters
_NUMBERS_MEAN = {
    "excel days": "days since 1900, as Excel stores dates",
    "unix seconds": "seconds since 1970",
    "unix milliseconds": "milliseconds since 1970",
    "days in six digits, the year first": "days in six digits, such as 240131 for 31 January 2024",
    "days in six digits, the day first": "days in six digits, such as 310124 for 31 January 2024",
    "days in six digits, the month first": "days in six digits, such as 013124 for 31 January 2024",
}


def header_not_first(line: int, title: str) -> Report:
    """Lines above the column names, which are in ``line``; ``title``: text in those lines, if there is any."""
    above = line - 1
    return Report(
        what=f"The column names are in line {line}.",
        why=f"The {agree(above, 'line', f'{above:,} lines')} above {agree(above, 'is', 'are')} not part of the table"
        + (f" (“{title[:_TITLE_SHOWN]}”)." if title else "."),
        fix="Nothing to do. The lines above were left out.",
        count=above,
        rows=tuple(range(1, min(line, 101))),
    )


def no_header(above: Sequence[int]) -> Report:
    """A table without column names; ``above``: filled lines above it, such as a title."""
    lines = f"{agree(len(above), 'line', f'{len(above):,} lines')} above the data {agree(len(above), 'is', 'are')}"
    return Report(
        what="The columns have no names.",
        why=f"The {lines} no line of names, and not part of the table."
        if above
        else "The first line already holds data.",
        fix="The columns are called Column A, Column B and so on. Add a first line with names if you like.",
        count=max(len(above), 1),
        rows=tuple(above[:MAX_ROWS_LISTED]),
    )


def marked_dates(names: Sequence[str]) -> Report:
    """Names of columns that are dates with the mark of a footnote, or of preliminary or revised figures."""
    marks = agree(len(names), "The mark", "The marks")
    return Report(
        what=f"{marks} on {some([f'“{name}”' for name in names])} {agree(len(names), 'is', 'are')} ignored.",
        why="Such a mark refers to a note, or says that figures are preliminary or revised. The date is the same.",
        fix="Nothing to do. Remove columns whose figures are not final if the forecast should not rest on them.",
        count=len(names),
    )


def days_counted(column: str, first: str) -> Report:
    """Days that are numbered from 0000 on, where the lines above the table say when the first one was."""
    return Report(
        what=f"“{column}” counts days, of which the first is {first}.",
        why="The lines above the table say when its days begin and end, and it has as many.",
        fix="Nothing to do. The numbers were read as dates.",
        column=column,
    )


def year_above(column: str, first: str, last: str) -> Report:
    """Days without a year that are in a span which the lines above the table name."""
    return Report(
        what=f"The dates in “{column}” have no year. It was taken from the lines above the table.",
        why=f"They name {first} to {last}, and every date is in that span.",
        fix="Nothing to do if that is right. Otherwise write the year into the dates.",
        column=column,
    )


def units_line(line: int, units: Mapping[str, str]) -> Report:
    """A line below the column names that holds their units; ``units``: by column."""
    return Report(
        what=f"Line {line} holds the units: {some([f'{name} in {unit}' for name, unit in units.items()])}."
        if units
        else f"Line {line} describes the columns.",
        why="It is below the column names and holds no numbers.",
        fix="Nothing to do. The units are kept with the columns.",
        rows=(line,),
    )


def lines_below_names(rows: Sequence[int]) -> Report:
    """Lines between the column names and the data that hold no data."""
    count = len(rows)
    return Report(
        what=f"{plural(count, 'line')} between the column names and the data {agree(count, 'was', 'were')} left out.",
        why=f"{agree(count, 'It has', 'They have')} no number or date where the rows below have theirs.",
        fix="Nothing to do if they only describe the columns.",
        count=count,
        rows=tuple(rows[:MAX_ROWS_LISTED]),
    )


def duplicate_headers(names: Sequence[str]) -> Report:
    """Column names that occur more than once."""
    return Report(
        what=f"Several columns have the same name: {some(names)}.",
        why="Each column needs its own name, so that you can choose it.",
        fix=f"The later ones are called “{names[0]} (2)” and so on.",
        count=len(names),
    )


def several_sheets(chosen: str, others: Sequence[str]) -> Report:
    """A workbook with other sheets that hold a table too."""
    return Report(
        what=f"Almanac read the sheet “{chosen}”.",
        why=f"The workbook also has {some(others)}.",
        fix="Choose another sheet if you meant that one.",
        count=len(others),
    )


def sheets_joined(names: Sequence[str], others: Sequence[str], dated: bool) -> Report:
    """Sheets that continue one another, in order, and the ``others`` of the workbook.

    ``dated``: whether the names of the sheets say when their rows were.
    """
    return Report(
        what=f"Almanac read {len(names)} sheets as one table: {names[0]} to {names[-1]}.",
        why="They are named in order and have the same columns, so each one continues the one before."
        + (" Their names say when their rows were." if dated else "")
        + (f" The workbook also has {some(others)}." if others else ""),
        fix="Choose a single sheet if you want only that one.",
        count=len(names),
    )


def second_table(columns: Sequence[str]) -> Report:
    """Another table to the right of the first, in columns with these letters."""
    return Report(
        what=f"There is a second table next to the first, in {agree(len(columns), 'column', 'columns')} "
        f"{some(columns)}.",
        why="It has its own dates, or none, so it cannot be read together with the first.",
        fix="To forecast it, copy it to its own sheet.",
        count=len(columns),
    )


def tables_beside(count: int) -> Report:
    """Tables side by side with the same dates, read as one."""
    return Report(
        what=f"{count} tables are side by side, and Almanac read them together.",
        why="They have the same dates. Each column is named after the text above its table, where there is any.",
        fix="Nothing to do. Choose the columns to forecast if you want only some of them.",
        count=count,
    )


def tables_below(count: int, rows: Sequence[int]) -> Report:
    """Tables below one another, put side by side by their dates; ``rows``: their titles and headings."""
    return Report(
        what=f"{count} tables are below one another, and Almanac put them side by side by their dates.",
        why="They have other headings, or the same dates once more, so they are other series and not added up.",
        fix="Nothing to do. Choose the columns to forecast if you want only some of them.",
        count=count,
        rows=tuple(rows[:MAX_ROWS_LISTED]),
    )


def headings_repeated(rows: Sequence[int]) -> Report:
    """Rows in which the heading of the table comes once more."""
    again = "once more" if len(rows) == 1 else f"{len(rows):,} more times"
    return Report(
        what=f"The column names come {again} further down, and these lines were left out.",
        why="Programs that print pages write the names at the top of each page. They hold no data.",
        fix="Nothing to do.",
        count=len(rows),
        rows=tuple(rows[:MAX_ROWS_LISTED]),
    )


def sections(names: Sequence[str], rows: Integers) -> Report:
    """Lines that name the rows below them, whose dates begin again each time; ``names``: of all blocks."""
    return Report(
        what=f"The table has {plural(len(names), 'section')}: {some(names)}.",
        why="Each is below a line with its name, and its dates begin again. So it is another series, and not added up.",
        fix="Nothing to do.",
        count=len(rows),
        rows=listed(rows),
    )


def dates_above_rows(example: str, rows: Integers) -> Report:
    """Lines that hold the date of the rows below them; ``example``: one of them as it is written."""
    return Report(
        what=f"{plural(len(rows), 'line')} {agree(len(rows), 'holds', 'hold')} the date of the rows below, such as "
        f"“{example[:_TITLE_SHOWN]}”.",
        why="The rows below do not say when they were.",
        fix="Nothing to do.",
        count=len(rows),
        rows=listed(rows),
    )


def durations_as_hours(names: Sequence[str]) -> Report:
    """Columns of durations that were read as hours."""
    return Report(
        what=f"The durations in {some([f'“{name}”' for name in names])} were read as hours: 1:30 is 1.5.",
        why="Only numbers can be forecast, and times of day are no durations.",
        fix="Nothing to do. If 1:30 means minutes and seconds, write the minutes as a number.",
        count=len(names),
    )


def tables_left_out(names: Sequence[str], rows: Sequence[int]) -> Report:
    """Tables below the first that cannot stand next to it; ``names``: their columns."""
    return Report(
        what=f"Below the first table is another one, with {some(names)}, which was left out.",
        why="It has another heading and other dates, so it cannot be read together with the first.",
        fix="To forecast it, copy it to its own file or sheet.",
        count=len(rows),
        rows=tuple(rows[:MAX_ROWS_LISTED]),
    )


def nul_characters() -> Report:
    """NUL characters in a text file."""
    return Report(
        what="Some characters in the file have no meaning and were left out.",
        why="They often come from a program that writes fixed-size blocks, or from a damaged copy.",
        fix="Look at the preview. If something is missing, export the file again.",
    )


def stray_quotes(rows: Sequence[int]) -> Report:
    """Rows with a quotation mark that is opened and never closed."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'has', 'have')} a quotation mark that is not closed.",
        why="Strictly, all lines up to the next quotation mark would be one cell, but they are rows like the others. "
        "Almanac read them as rows, and the mark as text.",
        fix="Look at these rows. Delete the stray mark in your file if it is a mistake.",
        count=len(rows),
        rows=tuple(rows[:MAX_ROWS_LISTED]),
    )


def lines_in_one_cell(rows: Sequence[int]) -> Report:
    """Rows with a cell in quotation marks that goes on over many lines."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'has', 'have')} a cell of many lines.",
        why="The cell begins with a quotation mark, so the lines up to the next one belong to it.",
        fix="Nothing to do if this is a long comment. If rows are missing, look for a stray quotation mark there.",
        count=len(rows),
        rows=tuple(rows[:MAX_ROWS_LISTED]),
    )


def cells_joined(example: str, rows: Sequence[int]) -> Report:
    """Rows in which a cell without quotation marks holds the delimiter."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'has', 'have')} more cells than there are names: "
        f"“{example[:_TITLE_SHOWN]}” was in parts.",
        why="It has no quotation marks. Its parts were put together in the only way in which each column holds the "
        "same as in the other rows.",
        fix="Look at these rows. With quotation marks around such cells, every program reads them.",
        count=len(rows),
        rows=tuple(rows[:MAX_ROWS_LISTED]),
        changed=len(rows),
    )


def longer_rows(rows: Sequence[int]) -> Report:
    """Rows with more numbers than there are names."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'has', 'have')} more cells than there are names.",
        why="A comma or another delimiter within a cell may have moved the cells behind it into other columns.",
        fix="They were read as they are. Look at these rows, and put cells that hold the delimiter in quotation marks.",
        count=len(rows),
        rows=tuple(rows[:MAX_ROWS_LISTED]),
    )


def carried_down(columns: Sequence[str]) -> Report:
    """Columns whose blank cells repeat the cell above."""
    return Report(
        what=f"Blank cells in {some([f'“{column}”' for column in columns])} mean the same as the cell above.",
        why="Only the first row of each block is filled in, as with merged cells.",
        fix="Nothing to do. If they mean something else, fill them in in your file.",
        count=len(columns),
        column=columns[0],
    )


def hidden(rows: tuple[int, ...], columns: Sequence[str], sheet: str) -> Report:
    """Hidden rows and columns of a sheet, which were read like the others."""
    parts = [plural(len(rows), "hidden row")] if rows else []
    parts += [f"{plural(len(columns), 'hidden column')} ({some(columns)})"] if columns else []
    return Report(
        what=f"The sheet “{sheet}” has {' and '.join(parts)}.",
        why="What is hidden in Excel is still in the file, so Almanac read it.",
        fix="Delete what should not count, save, and open the file again.",
        count=len(rows) + len(columns),
        rows=rows[:MAX_ROWS_LISTED],
        sheet=sheet,
    )


def months_without_year(column: str, year: int, years: Sequence[int] = ()) -> Report:
    """Months or days that name no year; ``year``: the first one, as their weekdays show it, or a mere number;
    ``years``: those that may be the first, the one in use before all others.
    """
    if year < FIRST_YEAR:
        first = years[0] if years else year  # not 1 where that of a 29 February is a leap year
        why = f"They follow one another, so Almanac numbered the years. The first is year {first}."
        fix = "Add a column with the year, or choose the year that they begin in, if you want real dates."
        fix = fix if len(years) > 1 else "Nothing to do. Add a column with the year if you want real dates."
    else:
        why = f"Almanac took years up to today that fit: from {year} on."
        fix = "Nothing to do if that is right. Otherwise choose the year they begin in, or write it into the dates."
    offered = [(one, f"{one}" if one >= FIRST_YEAR else "Without a year") for one in years]
    choices = tuple(Choice(label, (("first_year", one),), f"The first date is in {one}.") for one, label in offered)
    return Report(what=f"The dates in “{column}” have no year.", why=why, fix=fix, column=column, choices=choices)


def rolling_periods(column: str) -> Report:
    """Periods of three months that begin a month after one another."""
    return Report(
        what=f"Each period in “{column}” is three months long, and begins a month after the one before.",
        why="Almanac reads one value for each month, and calls it after the first of the three. Neighbours share two "
        "months, so they are alike.",
        fix="Nothing to do. If you have the figure of each month, forecast that instead.",
        column=column,
    )


def clocks_changed(column: str, forward: Sequence[str], back: Sequence[str]) -> Report:
    """Local times across a change of the clocks; the days as 2024-03-31."""
    parts = [f"forward on {some(forward)}"] if forward else []
    parts += [f"back on {some(back)}"] if back else []
    return Report(
        what=f"The clocks go {' and '.join(parts)} in “{column}”.",
        why="One hour of that night is missing or occurs twice. Almanac counts the hours as they pass, so no hour is a "
        "gap and none counts twice.",
        fix="Nothing to do. Times are shown as in your file; the hour that occurs twice is shown twice.",
        count=len(forward) + len(back),
        column=column,
    )


def buddhist_years(column: str, example: str, year: int) -> Report:
    """Dates whose years are of the Buddhist calendar, such as ``example`` in ``year``."""
    return Report(
        what=f"The years of “{column}” are of the Buddhist calendar.",
        why=f"All of them are 543 years ahead of the common one, as in “{example}”.",
        fix=f"That was read as {year}. Write other years if this is wrong.",
        column=column,
    )


def thirteen_periods(column: str) -> Report:
    """Years of thirteen periods, each read as four weeks."""
    return Report(
        what=f"A year in “{column}” has thirteen periods; each was read as four weeks.",
        why="They are counted from 1 January of the first year, because the file does not say when each one starts.",
        fix="Nothing to do. Add a column with dates if you want the real ones.",
        column=column,
    )


def counted_weeks(column: str) -> Report:
    """Weeks of fiscal years, of which some have 53."""
    return Report(
        what=f"The weeks in “{column}” are counted one after another.",
        why="A year has a week 53 that the calendar puts on week 1 of the next. The file does not say when its years "
        "begin, so the first one begins as the calendar does.",
        fix="Nothing to do. Add a column with dates if you want the real ones.",
        column=column,
    )


def dates_from_numbers(column: str, kind: str) -> Report:
    """Numbers that were read as dates; ``kind``: what they count."""
    return Report(
        what=f"The numbers in “{column}” were read as dates.",
        why=f"They look like {_NUMBERS_MEAN[kind]}.",
        fix="Nothing to do. If they are ordinary numbers, choose another column for the date.",
        column=column,
    )
