"""A table as text with the series that are truly in it, and the steps between dates."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NAN = math.nan
Series = dict[str, tuple[datetime, list[float]]]


@dataclass
class Mixed:
    """A table as text, and the series in it: for each name its first date and values.

    ``others``: other readings that are as right. ``loose``: dates whose values a choice may change.
    """

    troubles: tuple[str, ...]
    frequency: str
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    series: Series = field(default_factory=dict)
    delimiter: str = ","
    others: list[Series] = field(default_factory=list)
    names_matter: bool = True
    dates_matter: bool = True
    loose: set[datetime] = field(default_factory=set)
    text: str = ""

    @property
    def name(self) -> str:
        return " + ".join(self.troubles)


def months_on(start: datetime, months: int) -> datetime:
    month = start.month - 1 + months
    return start.replace(year=start.year + month // 12, month=month % 12 + 1)


STEPS: dict[str, Callable[[datetime, int], datetime]] = {
    "daily": lambda start, n: start + timedelta(days=n),
    "hourly": lambda start, n: start + timedelta(hours=n),
    "weekly": lambda start, n: start + timedelta(weeks=n),
    "monthly": months_on,
    "quarterly": lambda start, n: months_on(start, 3 * n),
}


def trimmed(dates: list[datetime], values: list[float]) -> tuple[datetime, list[float]]:
    """Values from the first known one to the last, and the date of the first."""
    known = [n for n, value in enumerate(values) if not math.isnan(value)]
    return dates[known[0]], values[known[0] : known[-1] + 1]
