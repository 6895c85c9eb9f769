"""What a person can have done about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from almanac.tables import ReadFile, ReadingOptions


@dataclass(frozen=True)
class Answer:
    """One way to treat it: the words on its button, the value it sets, and what then happens."""

    words: str
    value: Any
    effect: str


@dataclass(frozen=True)
class Repair:
    """The option that decides, and the ways to choose from."""

    option: str
    answers: tuple[Answer, ...]

    def in_use(self, file: ReadFile, options: ReadingOptions) -> Any:
        """The value that the file was read with."""
        chosen = getattr(options, self.option)
        if chosen is not None or any(answer.value is None for answer in self.answers):
            return chosen
        return {"repeated": file.reading.repeated, "gaps": "leave"}[self.option]


REPAIRS: dict[str, Repair] = {
    "repeated_dates": Repair(
        "repeated",
        (
            Answer("Add together", "sum", "Values of the same date are added together."),
            Answer("Average", "mean", "Values of the same date are averaged."),
            Answer("Keep the last", "last", "Of each date, only the last row counts."),
        ),
    ),
    "duplicate_rows": Repair(
        "repeated",
        (
            Answer("Count once", None, "Each of them counts once."),
            Answer("Add together", "sum", "They count as separate events: values of the same date are added together."),
        ),
    ),
    "gaps": Repair(
        "gaps",
        (
            Answer("Leave missing", "leave", "They stay missing; nothing is filled in."),
            Answer("Count as zero", "zero", "They count as zero: nothing was sold, visited or used."),
            Answer("Fill in between", "interpolate", "They are filled with values between their neighbours."),
        ),
    ),
}
# What leaves data out: nothing can be chosen here, but a person should have seen it.
SERIOUS = frozenset({"dates_not_understood", "text_among_numbers", "sentinel_values", "future_dates"})
