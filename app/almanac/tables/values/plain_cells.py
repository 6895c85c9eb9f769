"""Cells that are all plain numbers such as 12 or -12.5, read together: in most columns of a sheet they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from almanac.core.arrays import Floats

# The cells one below the other. At most as many digits as are never too large for an amount.
_PLAIN = re.compile(r"(?:(?:-?\d{1,15}(?:\.\d{1,15})?)?\n)*+", re.ASCII)
_LONG = re.compile(r"\d{4,}", re.ASCII)


@dataclass(frozen=True, eq=False)
class PlainCells:
    """``values``: float64 [n], NaN where a cell is empty; ``empty``: how many are; ``lowest``, ``highest``: of the
    others, 0 where there are none. ``fractions``: whether some have a point, as decimal sign; ``long``: where none has,
    how many have four digits and more.
    """

    values: Floats
    empty: int
    lowest: float
    highest: float
    fractions: bool
    long: int

    @property
    def count(self) -> int:
        """How many cells are not empty."""
        return len(self.values) - self.empty

    def known(self) -> Floats:
        """The numbers of the cells that are not empty."""
        return self.values[~np.isnan(self.values)] if self.empty else self.values


def lines_of(cells: Sequence[object]) -> str | None:
    """The cells one below the other, each with a line end; None unless each is a text of one line."""
    try:
        lines = "\n".join(cast("Sequence[str]", cells)) + "\n" * bool(cells)
    except TypeError:
        return None
    return lines if lines.count("\n") == len(cells) else None


def plain_cells(cells: Sequence[object]) -> PlainCells | None:
    """The numbers of cells that are all plain or empty; None for any others."""
    lines = lines_of(cells)
    if lines is None or _PLAIN.fullmatch(lines) is None:
        return None
    texts = cast("Sequence[str]", cells)
    known = list(map(float, filter(None, texts)))
    numbers = known if len(known) == len(texts) else [float(cell) if cell else np.nan for cell in texts]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)  # quicker than of an array, for a few numbers
    low, high = low + 0.0, high + 0.0  # never -0
    return PlainCells(np.array(numbers), len(texts) - len(known), low, high, "." in lines, len(_LONG.findall(lines)))
