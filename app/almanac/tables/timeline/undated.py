"""What is said of a table whose rows have no dates: what there is instead, and what is missing."""

from __future__ import annotations

from collections.abc import Callable

from almanac.core.problems import ProblemError, stop_with
from almanac.core.text import some
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import called_date, is_weekday
from almanac.tables.values.dates.date_text import day_and_month
from almanac.tables.values.dates.days_without_year import days_without_year
from almanac.tables.values.dates.read_dates import is_compact_date, looks_like_date
from almanac.tables.values.numbers import is_missing_word

# All chosen by judgement.
_MIN_SHARE = 0.8  # of the filled cells of a column that are one thing
_MIN_SOME_DATES = 3  # cells of a column that are dates, to speak of them
_MAX_KINDS, _MIN_PER_KIND = 8, 2  # codes in the first column that say of which kind a row is, and their rows on average
_CELLS_LOOKED_AT = 500
_A_DATE = "such as 2025-03-14 or March 2025"


def without_dates(table: Table, profiles: tuple[ColumnProfile, ...], file: str) -> ProblemError:
    """The Problem that no column says when each row happened."""
    problem = _dates_in_some_rows(table, file) or _parts_of_dates(table, profiles, file)
    return problem or stop_with(
        "no_dates",
        f"No dates were found in {file}.",
        "No column looks like dates, so it is not clear which value comes after which.",
        f"Add a column with a date in every row, {_A_DATE}.",
    )


def _dates_in_some_rows(table: Table, file: str) -> ProblemError | None:
    """Dates that only some rows have, as where the rows are of several kinds."""
    for i, column in enumerate(table.columns):
        if column.has_numbers:
            continue
        dates = [text for cell in column.cells[:_CELLS_LOOKED_AT] if _is_date(text := cell_text(cell))]
        if len(dates) < _MIN_SOME_DATES:
            continue
        kinds = [] if table.columns[0].has_numbers else list(dict.fromkeys(table.columns[0].texts()))
        several = i > 0 and 1 < len(kinds) <= _MAX_KINDS and len(table) >= _MIN_PER_KIND * len(kinds)
        found = f"“{table.names[i]}” of {file} has dates, such as {dates[0]}, in some rows only."
        if several:
            return stop_with(
                "no_dates",
                found,
                f"The rows seem to be of several kinds: they begin with {some([k or 'a blank' for k in kinds], 4)}. "
                "Almanac reads tables in which all rows have the same columns.",
                "Keep only the rows that hold the values, or ask for a plain table with a date, a time and a value.",
            )
        return stop_with(
            "no_dates",
            found,
            "Almanac found no date in the other rows, so it is not clear when they happened.",
            f"Write a date into every row, {_A_DATE}, or leave out the rows without one.",
        )
    return None


def _is_date(text: str) -> bool:
    return looks_like_date(text) or (is_compact_date(text) and len(text) >= len("20250314"))


def _is_day_without_year(text: str) -> bool:
    """Whether the text is a day and a month; 3/7 alone may be anything."""
    found = day_and_month(text)
    return found is not None and (not found.swaps or bool(found.weekdays))


# What the cells of a column may be instead of dates, in words, and what is missing.
_PARTS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("days of the week, but no dates", "Write the date instead", is_weekday),
    ("days and months without a year, which do not follow one another", "Write the year as well",
     _is_day_without_year),
)  # fmt: skip


def _parts_of_dates(table: Table, profiles: tuple[ColumnProfile, ...], file: str) -> ProblemError | None:
    """Columns of parts of dates: weekdays, times of day, months, days without a year."""
    for i, column in enumerate(table.columns):
        words = _part(profiles[i], column)
        if words is not None:
            return stop_with(
                "no_dates",
                f"“{table.names[i]}” of {file} holds {words[0]}.",
                "So it is not clear when each row happened, and which value comes after which.",
                f"{words[1]}, {_A_DATE}, or add a column with a date in every row.",
            )
    return None


def _part(profile: ColumnProfile, column: Column) -> tuple[str, str] | None:
    """What the cells of a column are, and what to do; None when they are no part of a date."""
    if called_date(profile.name) and days_without_year(as_cells(column), _MIN_SHARE, in_digits=True):
        return "days and months without a year", "Write the year as well"
    if column.has_numbers or not profile.filled:
        return None
    if profile.clock_share >= _MIN_SHARE:
        return "times of day, but nothing holds the days", "Write the day before the time"
    if profile.holds_month_names:
        return "months without a year, which do not follow one another", "Write the year as well"
    filled = [cell_text(cell) for cell in column.cells[:_CELLS_LOOKED_AT] if cell != "" and not is_missing_word(cell)]
    for words, fix, is_part in _PARTS:
        if filled and sum(map(is_part, filled)) >= _MIN_SHARE * len(filled):
            return words, fix
    return None
