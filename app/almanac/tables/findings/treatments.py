"""The ways to treat a finding, and which of them is in use."""

from __future__ import annotations

from typing import Any, NamedTuple

from almanac.core.problems import Choice, stop_with


class Ways(NamedTuple):
    """Choices and the place of the one in use."""

    choices: tuple[Choice, ...]
    chosen: int


def repairs(code: str, used: str, ways: dict[str, tuple[str, str]], column: str = "") -> Ways:
    """Ways that ``ReadingOptions.repairs`` chooses between: name to words and effect, the proposed one first.

    Raises ProblemError when the one asked for is none of them.
    """
    if used not in ways:
        raise stop_with(
            "no_such_treatment",
            f"“{used}” is no way to treat {code}.",
            f"The ways are {', '.join(ways)}.",
            "Choose one of these.",
        )
    key = f"{code}:{column}" if column else code
    choices = tuple(Choice(words, (("repairs", ((key, name),)),), effect) for name, (words, effect) in ways.items())
    return Ways(choices, list(ways).index(used))


def option(name: str, used: Any, ways: dict[Any, tuple[str, str]]) -> Ways:
    """Ways that an option of its own chooses between: value to words and effect, the proposed one first."""
    choices = tuple(Choice(words, ((name, value),), effect) for value, (words, effect) in ways.items())
    return Ways(choices, list(ways).index(used))


def repeated(used: str) -> Ways:
    """How several values of one date are put together; the one in use comes first."""
    ways = {
        "sum": ("Add together", "Values of the same date are added together."),
        "mean": ("Average", "Values of the same date are averaged."),
        "last": ("Keep the last", "Of each date, only the last row counts."),
    }
    return option("repeated", used, ways)
