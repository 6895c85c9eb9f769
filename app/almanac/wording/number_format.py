"""How numbers are written in a sentence: plainly for files and the command line, in the person's locale in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from almanac.core.text import agree
from almanac.wording.phrases import number


@dataclass(frozen=True)
class NumberFormat:
    """``count``: 1200 as "1,200"; ``percent``: 0.78 as "78%"; ``decimal``: a number with so many decimals."""

    count: Callable[[int], str]
    percent: Callable[[float], str]
    decimal: Callable[[float, int], str]

    def plural(self, value: int, one: str, many: str = "") -> str:
        """A count with its noun: "1 check", "1,200 checks"."""
        return f"{self.count(value)} {agree(value, one, many or one + 's')}"

    def between(self, low: float, high: float) -> str:
        """Two shares: "74% to 86%"."""
        return f"{self.percent(low)} to {self.percent(high)}"


PLAIN = NumberFormat(count=lambda n: f"{n:,}", percent=lambda share: f"{share:.0%}", decimal=number)
