"""Counts and lists in words."""

from __future__ import annotations

from collections.abc import Sequence

HOW = {"sum": "added together", "mean": "averaged", "last": "reduced to the last one"}


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 row", "1,200 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def some(names: Sequence[str], most: int = 3) -> str:
    """The first few names: "Milk, Bread, Eggs and 9 more"."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"
