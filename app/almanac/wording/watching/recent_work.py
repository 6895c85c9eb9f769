"""What a person reads about the work that is kept: its state, what is in it, how much room it takes."""

from __future__ import annotations

from almanac.core.problems import Problem
from almanac.wording.formatter import PLAIN, Formatter

READY = "Ready for new data"
KEEPS_NOTHING = "Nothing is kept when Almanac closes."
KEEP = "&Keep my work on this computer"
NOTHING_KEPT_YET = "Nothing is kept yet."
_KILO = 1000  # as file managers count


def state_words(to_look_at: int, noun: str = "change", formatter: Formatter = PLAIN) -> str:
    """The state of a project: "3 products need a look", or that it is ready."""
    if not to_look_at:
        return READY
    return f"{formatter.plural(to_look_at, noun)} {'needs' if to_look_at == 1 else 'need'} a look"


def content_words(series: int, horizon: str, runs: int, formatter: Formatter = PLAIN) -> str:
    """What a project has: "12 series, 12 months ahead, 3 forecasts"."""
    return f"{formatter.count(series)} series, {horizon} ahead, {formatter.plural(runs, 'forecast')}"


def size_words(size: int, formatter: Formatter = PLAIN) -> str:
    """How much room it takes: "3.4 MB on this computer"."""
    if size <= 0:
        return NOTHING_KEPT_YET
    value, unit = size / _KILO, "KB"
    for larger in ("MB", "GB"):
        if value >= _KILO:
            value, unit = value / _KILO, larger
    return f"Your work takes {formatter.number(value, 0 if value >= 10 else 1)} {unit} on this computer."


def backed_up(name: str) -> Problem:
    """Say that all work is in one file."""
    return Problem(
        "backed_up",
        f"All of your work is saved in “{name}”.",
        "It has your data as it was read, every forecast, and what you changed.",
        "Keep it where only you can read it. Restore takes it back, also on another computer.",
    )


def taken_back(before: str) -> Problem:
    """Say that the work is that of a backup now; ``before``: the file that has what was there."""
    return Problem(
        "taken_back",
        "Your work is as in the backup now.",
        f"What was here before is kept as “{before}”, in the folder of your history.",
        "Restore that file to have it back.",
    )


def deleted(title: str) -> Problem:
    """Say what was deleted; what can be undone needs no question before."""
    return Problem(
        "deleted",
        f"“{title}” was deleted.",
        "Its forecasts and its data are no longer listed.",
        "Undo brings all of it back.",
    )
