"""Why nothing in a table can be forecast, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.problems import ProblemError, stop_with
from almanac.tables.columns.crosstab.find import is_date_name
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.timeline.date_kinds import DateSource
from almanac.tables.timeline.serial_dates import counts_up
from almanac.tables.timeline.undated import without_dates
from almanac.tables.values.cells import Table
from almanac.tables.values.unread_numbers import about_pairs

_MIN_DATED_NAMES = 3  # columns called after dates, below which they are dates by chance (chosen by judgement)


def too_few(file: str, rows: int) -> ProblemError:
    """Fewer than two rows of data."""
    return stop_with(
        "one_row" if rows else "no_rows",
        f"{file} has {'only one row' if rows else 'no rows'} of data.",
        "A forecast needs history: values at several dates.",
        "Add more rows, one for each month, week or day, and open the file again.",
    )


def no_numbers(table: Table, file: str, source: DateSource | None) -> ProblemError:
    """No column of numbers, next to dates or at all."""
    where = f" next to the dates in “{source.label(table.names)}”" if source else ""
    pairs = about_pairs(table, source.columns if source else ())
    return stop_with(
        "no_numbers",
        f"There is nothing to forecast in {file}.",
        f"No column holds numbers{where}.{pairs}",
        "Add a column with the numbers you want to forecast, such as sales or visits.",
    )


def only_codes(file: str, names: Sequence[str]) -> ProblemError:
    """Numbers that only tell things apart; ``names``: their columns."""
    columns = "”, “".join(names)
    return stop_with(
        "only_codes",
        f"There is nothing to add up in {file}.",
        f"Each row is an event, and its only numbers, in “{columns}”, tell people, places or things apart. "
        "Added together they say nothing.",
        "Add a column with an amount, or with a 1 in each row to count the rows. "
        "If the numbers do measure something, choose their column, such as with --value.",
    )


def require_order(table: Table, profiles: tuple[ColumnProfile, ...], file: str) -> None:
    """Raises ProblemError unless the table holds only numbers: with text in it, taking rows in order is a guess."""
    if any(f.filled and not f.numeric and not counts_up(c) for f, c in zip(profiles, table.columns, strict=True)):
        if sum(is_date_name(name, compact=False) for name in table.names) >= _MIN_DATED_NAMES:
            raise stop_with(
                "no_numbers",
                f"There is nothing to forecast in {file}.",
                "The columns are called after dates, but most cells below these names hold no numbers.",
                "Write numbers instead, such as how many there were on each date.",
            )
        raise without_dates(table, profiles, file)
