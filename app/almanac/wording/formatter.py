"""How numbers and periods are written in a sentence: in English here; the window has one for the person's locale."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

from almanac.core.calendar.frequency import Frequency
from almanac.core.number_signs import MINUS
from almanac.core.text import agree

_EXACT = Context(prec=400)  # the largest float64 has 309 digits before the point


def rounded(value: float, decimals: int) -> float:
    """The one rule by which figures are rounded: half away from zero, as people and Excel do; no minus on zero.

    Of the number as it is written: 80.5 becomes 81, and 1.005 becomes 1.01.
    """
    if not isfinite(value):
        return value
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    return float(exact) + 0.0


def rounded_share(share: float, decimals: int) -> float:
    """A share of 1 in percent, rounded: 0.805 becomes 81."""
    return rounded(float(Decimal(repr(float(share))) * 100) if isfinite(share) else share, decimals)


def with_minus(number: str) -> str:
    """A number for people, with the minus sign before a negative one: programs write a hyphen."""
    return number.replace("-", MINUS)


class Formatter:
    """Writes for files and the command line: "1,234.50", "78%", "2025-07-02"."""

    def number(self, value: float, decimals: int) -> str:
        """Write 1234.5 as "1,234", "1,234.50" or, with -2 decimals, "1,200", without a minus sign on zero."""
        return with_minus(f"{rounded(value, decimals):,.{max(decimals, 0)}f}")

    def count(self, value: int) -> str:
        """Write 1200 as "1,200"."""
        return f"{value:,}"

    def percent(self, share: float, decimals: int = 0) -> str:
        """Write 0.784 as "78%"."""
        return with_minus(f"{rounded_share(share, decimals):.{decimals}f}%")

    def period(self, frequency: Frequency, number: int) -> str:
        """Write a period as files do: "2025-07", "2025-Q3"."""
        return frequency.label(number)

    def plural(self, value: int, one: str, many: str = "") -> str:
        """Write a count with its noun: "1 check", "1,200 checks"."""
        return f"{self.count(value)} {agree(value, one, many or one + 's')}"

    def between(self, low: float, high: float, decimals: int = 0) -> str:
        """Write two shares: "74% to 86%"."""
        return f"{self.percent(low, decimals)} to {self.percent(high, decimals)}"


PLAIN = Formatter()
