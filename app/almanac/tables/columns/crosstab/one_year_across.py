"""Headings that are months or days without a year, which stands elsewhere or nowhere: Jan … Dec below "Budget 2024"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.tables.columns.crosstab.fiscal_across import NamedYears
from almanac.tables.columns.crosstab.years_across import NamedYear, named_alike, year_in_name
from almanac.tables.values.dates.calendar_names import month_number
from almanac.tables.values.dates.days_without_year import days_of_names

_MIN_MONTHS = 4  # that follow one another, for three could be names by chance (chosen by judgement)
_NUMBERED = NamedYears(two_years=True, fiscal=False, cell="", year=1)  # where no year is known, the first is called 1


@dataclass(frozen=True)
class OneYear:
    """What each heading adds to the date of its row; ``years``: the year that goes before it, None for whole dates.

    ``without_year``: nothing in the table says which year it is.
    """

    parts: tuple[str, ...]
    years: NamedYears | None
    without_year: bool


def months_of_one_year(names: Sequence[str], others: Sequence[str]) -> OneYear | None:
    """Months that follow one another; ``others``: texts that may say the year, such as the title."""
    months = [month_number(name) or 0 for name in names]
    follow = set((np.diff(months) % 12).tolist()) == {1} and 0 not in months
    if not follow or not _MIN_MONTHS <= len(months) <= 12:
        return None
    parts = tuple(f"-{month:02d}" for month in months)
    named = _only_year(others)
    return OneYear(parts, _NUMBERED if named is None else named_alike([named]), named is None)


def days_of_one_year(names: Sequence[str], others: Sequence[str]) -> OneYear | None:
    """Days that follow one another."""
    when = days_of_names(names)
    if when is None:
        return None
    days = when.astype("datetime64[D]")
    named = _only_year(others)
    if named is not None and not named.two_years:
        missing = named.year - int(str(days.min())[:4])
        dates = [f"{int(str(day)[:4]) + missing:04d}{str(day)[4:]}" for day in days]
        return OneYear(tuple(dates), None, without_year=False)
    return OneYear(tuple(str(day) for day in days), None, without_year=True)


def _only_year(texts: Sequence[str]) -> NamedYear | None:
    """The year in these texts, if they name a single one."""
    found = [named for text in texts if (named := year_in_name(text)) is not None]
    return found[0] if len({named.year for named in found}) == 1 else None
