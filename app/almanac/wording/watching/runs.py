"""Earlier forecasts in words: what two of them have in common, and what is added up to compare them."""

from __future__ import annotations

from almanac.core.text import some
from almanac.wording.formatter import PLAIN, Formatter

MAX_NAMED = 6  # series that only one of two forecasts has


def added_up_words(first: str, last: str) -> str:
    """What the figures of each series are: the sum of the dates that both forecasts have."""
    if not first:
        return "No date is in both forecasts, so their figures cannot be compared."
    return f"For each series: its forecast from {first} to {last} added up, the dates that both forecasts have."


def data_words(corrected: int, added: int, formatter: Formatter = PLAIN) -> str:
    """How the past of the later forecast differs."""
    if not corrected and not added:
        return "Both were made from the same past values."
    values = formatter.plural(corrected, "past value differs", "past values differ")
    return f"{values}; the later one has {formatter.plural(added, 'value')} more."


def deleted_words(count: int, formatter: Formatter = PLAIN) -> str:
    """What was deleted, and until when it comes back."""
    was, its, it = ("was", "its", "it") if count == 1 else ("were", "their", "them")
    what = formatter.plural(count, "forecast")
    return f"{what} {was} deleted, with {its} scores. Undo brings {it} back while this is open."


def alone_words(only_before: tuple[str, ...], only_after: tuple[str, ...]) -> tuple[str, ...]:
    """The series that only one of them has, a sentence each."""
    parts = (("earlier", only_before), ("later", only_after))
    return tuple(f"Only in the {which} one: {some(names, MAX_NAMED)}." for which, names in parts if names)
