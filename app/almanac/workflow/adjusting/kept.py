"""Adjustments that a person entered: in a list, or kept for files of the same shape."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from almanac.core.entered.adjustments import Adjustment
from almanac.core.entered.kept import KeptStore
from almanac.core.entered.lists import EnteredList
from almanac.core.jobs import Job

_STORE = KeptStore("adjustments.json")


def read_adjustments(path: Path) -> EnteredList[Adjustment]:
    """The adjustments in a spreadsheet. Raises ``ProblemError`` when it is not a list of adjustments."""
    from almanac import tables

    return tables.read_adjustments(path)


def remember_adjustments(path: Path, adjustments: tuple[Adjustment, ...]) -> Job[None]:
    """Keep the adjustments of a file for files of the same shape; none: forget those kept before."""
    from almanac import tables

    yield from ()
    _STORE.keep(tables.shape_of(path), [one.to_dict() for one in adjustments] or None)


def remembered_adjustments(path: Path) -> Job[tuple[Adjustment, ...]]:
    """The adjustments kept for files of this shape; none when nothing is kept, or this version cannot read it."""
    from almanac import tables

    yield from ()
    with suppress(KeyError, TypeError, ValueError):
        if not _STORE.is_empty:  # what shape a file has takes time to find out
            return tuple(Adjustment.of_dict(one) for one in _STORE.entry(tables.shape_of(path)))
    return ()
