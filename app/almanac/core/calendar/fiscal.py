"""What the periods of a fiscal year are called, in the words of the person's file: "2022/23 Q4", "FY23 P01"."""

from __future__ import annotations

from dataclasses import dataclass

MONTHS = 12


@dataclass(frozen=True)
class FiscalYear:
    """``start``: months from January of the (first) year in its name until a fiscal year begins: 3 for 2022/23 from
    April 2022, -3 for FY2024 from October 2023. ``pattern``: how a period is written, with {y} and {y2} for the year in
    four and two digits, {n} and {n2} for the year after it, {q} for the quarter, {p} and {p2} for the month of the
    fiscal year.
    """

    start: int
    pattern: str

    def label(self, month: int) -> str:
        """The period that begins in a month, counted from January of year 0."""
        year, place = divmod(month - self.start, MONTHS)
        return self.pattern.format(
            y=f"{year:04d}",
            y2=f"{year % 100:02d}",
            n=f"{year + 1:04d}",
            n2=f"{(year + 1) % 100:02d}",
            q=place // 3 + 1,
            p=place + 1,
            p2=f"{place + 1:02d}",
        )
