"""Why nothing in a table can be forecast, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.problems import ProblemError, stop_with
from almanac.tables.timeline.date_kinds import DateSource
from almanac.tables.values.cells import Table
from almanac.tables.values.number_pairs import about_pairs


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
