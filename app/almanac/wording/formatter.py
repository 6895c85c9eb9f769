"""How numbers and periods are written in a sentence: in English here; the window has one for the person's locale."""

from __future__ import annotations

from almanac.core.frequency import Frequency
from almanac.core.text import agree


class Formatter:
    """Writes for files and the command line: "1,234.50", "78%", "2025-07-02"."""

    def number(self, value: float, decimals: int) -> str:
        """Write 1234.5 as "1,234" or "1,234.50", without a minus sign on zero."""
        return f"{round(value, decimals) + 0.0:,.{decimals}f}"

    def count(self, value: int) -> str:
        """Write 1200 as "1,200"."""
        return f"{value:,}"

    def percent(self, share: float, decimals: int = 0) -> str:
        """Write 0.784 as "78%"."""
        return f"{share:.{decimals}%}"

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
