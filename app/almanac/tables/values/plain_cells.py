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
    """``values``: float64 [n], NaN where a cell is empty; ``fractions``: whether some have a point, as decimal sign;
    ``long``: where none has, how many have four digits and more.
    """

    values: Floats
    fractions: bool
    long: int

    def known(self) -> Floats:
        """The numbers of the cells that are not empty."""
        empty = np.isnan(self.values)
        return self.values[~empty] if empty.any() else self.values


def lines_of(cells: Sequence[object]) -> str | None:
    """The cells one below the other, each with a line end; None unless each is a text of one line."""
    try:
        lines = "\n".join((*cast("Sequence[str]", cells), ""))
    except TypeError:
        return None
    return lines if lines.count("\n") == len(cells) else None


def plain_cells(cells: Sequence[object]) -> PlainCells | None:
    """The numbers of cells that are all plain or empty; None for any others."""
    lines = lines_of(cells)
    if lines is None or _PLAIN.fullmatch(lines) is None:
        return None
    numbers = [float(cell) if cell else np.nan for cell in lines.split("\n")[:-1]]
    return PlainCells(np.array(numbers), "." in lines, len(_LONG.findall(lines)))
