"""What a report is about: everything, one series, or one group of series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from almanac.core.series import SeriesSet

MAX_GROUPS = 60  # that are offered, so that a list of them can still be read; chosen by judgement


@dataclass(frozen=True)
class ReportScope:
    """``series``: the position in the forecast of one series; ``group``: a column and its value; else everything."""

    series: int | None = None
    group: tuple[str, str] | None = None


EVERYTHING = ReportScope()


def groups_of(series: SeriesSet) -> list[tuple[str, str]]:
    """The groups of two or more series that a report can be about, as a column and its value: column by column."""
    from almanac.workflow.totalling.overview import group_columns

    found: list[tuple[str, str]] = []
    for column in group_columns(series):
        at = series.key_columns.index(column)
        found += [(column, value) for value in sorted({key[at] for key in series.keys})]
    return found[:MAX_GROUPS]
