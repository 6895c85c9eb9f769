"""Numbers as people write them: decimal comma or point, thousands, currency, brackets, and words for "missing".

What "2.146" means is decided for a whole column, with the other columns of the file as a hint: a sign followed by
anything but three digits is a decimal sign, one that occurs twice in a number groups thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Floats
from almanac.tables.values.cells import Cell, Column

NUMBER, EMPTY, MISSING, TEXT = 0, 1, 2, 3

MISSING_WORDS = frozenset(
    [
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "..",
        "...",
        "…",
        "*",
        "**",
        "***",
        "?",
        ":",
        "/",
        "n/a",
        "n.a.",
        "n.a",
        "#n/a",
        "#na",
        "na",
        "nan",
        "nil",
        "null",
        "none",
        "missing",
        "unknown",
        "nd",
        "n.d.",
        "(s)",
        "(na)",
        "(d)",
        "(x)",
        "(n/a)",
        "(z)",
        "s.o.",
        "k.a.",
        "n.v.",
        "#value!",
        "#div/0!",
        "#ref!",
        "#name?",
        "#num!",
        "#null!",
        "<na>",
        "\\n",
    ]
) | {"no data", "not available", "keine angabe"}

_CURRENCY = r"(?:R\$|US\$|[$€£¥₹₽₩₺₫]|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BRL|INR|AUD|CAD|JPY|kr\.?|zł|Kč|Fr\.)"
_SHAPE = re.compile(
    rf"(?:[~≈]\s?|ca\.?\s|c\.\s)?"
    rf"(?:{_CURRENCY}\s?(?=\())?(?P<open>\()?\s*(?P<sign>[-+−–])?\s*{_CURRENCY}?\s*(?P<sign2>[-+−])?\s*"
    r"(?P<core>\d[\d.,'’٬\s]*\d|\d|[.,]\d+|\d[.,])(?P<power>[eE][-+]?\d{1,3})?"
    r"(?:\s?(?P<scale>(?-i:[KMBk])|tsd\.?|mio\.?|mrd\.?|mn|bn))?"
    rf"(?P<inner>[-−])?\s*(?:%|‰|{_CURRENCY})?\s*(?P<close>\))?\s*(?P<after>[-−])?(?:(?<=\))\s?(?:%|‰|{_CURRENCY}))?"
    r"\s*(?:\((?:p|r|e|s|f|b|c|u)\)|\s(?-i:[prebsfcu])|[*†‡¹²³⁴⁵]{1,3})?",  # marks of estimates and footnotes
    re.IGNORECASE,
)
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "tsd": 1e3, "mio": 1e6, "mn": 1e6, "mrd": 1e9, "bn": 1e9}
_SPACES = re.compile(r"['’٬\s]")
_GROUPED = {
    sign: re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{2,3}})*{re.escape(sign)}\d{{3}}") for sign in (",", ".")
}


@dataclass(frozen=True)
class Votes:
    """How often the cells of a column point to each meaning of point and comma."""

    decimal_point: int = 0
    decimal_comma: int = 0
    groups_point: int = 0  # "2.146": three digits follow, so it could be either
    groups_comma: int = 0
    small: int = 0  # plain whole numbers below 1,000
    large: int = 0  # plain whole numbers of four digits and more

    def __add__(self, other: Votes) -> Votes:
        return Votes(*(a + b for a, b in zip(self._tuple(), other._tuple(), strict=True)))

    def _tuple(self) -> tuple[int, ...]:
        return (
            self.decimal_point,
            self.decimal_comma,
            self.groups_point,
            self.groups_comma,
            self.small,
            self.large,
        )


def looks_like_number(cell: Cell) -> bool:
    """Whether the cell is a number in any convention (dates in workbooks are not, True and False neither)."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, str):
        return _SHAPE.fullmatch(cell) is not None
    return isinstance(cell, int | float)


def is_missing_word(cell: Cell) -> bool:
    return isinstance(cell, str) and cell != "" and cell.lower() in MISSING_WORDS


def votes(cells: Iterable[Cell]) -> Votes:
    """What the cells say about point and comma."""
    point = comma = groups_point = groups_comma = small = large = 0
    for cell in cells:
        match = _SHAPE.fullmatch(cell) if isinstance(cell, str) else None
        if match is None:
            continue
        core = _SPACES.sub("", match["core"])
        points, commas = core.count("."), core.count(",")
        if points and commas:
            if core.rfind(".") > core.rfind(","):
                point += 1
            else:
                comma += 1
        elif points > 1:
            comma += 1
        elif commas > 1:
            point += 1
        elif points or commas:
            head, _, tail = core.partition("." if points else ",")
            either = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")
            if points:
                point, groups_point = point + (not either), groups_point + either
            else:
                comma, groups_comma = comma + (not either), groups_comma + either
        elif len(core) > 3:
            large += 1
        else:
            small += 1
    return Votes(point, comma, groups_point, groups_comma, small, large)


@dataclass(frozen=True)
class Convention:
    """``certain`` is false when nothing in the file tells whether "2.146" is about two or two thousand."""

    decimal: str
    certain: bool


def find_convention(own: Votes, whole_file: Votes) -> Convention:
    """Which sign is the decimal one: the column's own evidence first, then the rest of the file, then habit."""
    for evidence in (own, whole_file):
        if evidence.decimal_point != evidence.decimal_comma:
            return Convention("." if evidence.decimal_point > evidence.decimal_comma else ",", True)
    if own.groups_point and own.groups_comma:
        return Convention(".", False)
    if not own.groups_point and not own.groups_comma:
        return Convention(".", True)
    other = "," if own.groups_point else "."
    groups = own.groups_point + own.groups_comma
    if own.small and not own.large:
        # "985" beside "2.146": written with three fixed decimals it would be "985.000".
        return Convention(other, groups >= 3 or own.small >= 3)
    return Convention(".", False)


def decimal_sign(own: Votes, whole_file: Votes) -> str:
    """ "." or ",", where one must be chosen."""
    return find_convention(own, whole_file).decimal


def read_number(text: str, decimal: str) -> float | None:
    """The number in a text, or None when there is none in this convention."""
    match = _SHAPE.fullmatch(text)
    if match is None or (match["open"] is None) != (match["close"] is None) or (match["sign"] and match["sign2"]):
        return None
    core = _SPACES.sub("", match["core"])
    thousands = "," if decimal == "." else "."
    whole, sign, fraction = core.partition(decimal)
    if thousands in whole and not _GROUPED[thousands].fullmatch(whole):
        return None
    if thousands in fraction or decimal in fraction:
        return None
    value = float(f"{whole.replace(thousands, '') or '0'}{'.' if sign else ''}{fraction}{match['power'] or ''}")
    value *= _SCALES[match["scale"].lower().rstrip(".")] if match["scale"] else 1
    negative = match["open"] or match["inner"] or match["after"] or (match["sign"] or match["sign2"] or "+") != "+"
    return -value if negative else value


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column as numbers: ``values`` float64 [N], NaN unless ``kinds`` (int8 [N]) says NUMBER.

    ``raw``: float64 [N], the values before some of them counted as missing.
    """

    values: Floats
    kinds: NDArray[np.int8]
    raw: Floats | None = None


def read_numbers(column: Column, decimal: str) -> Numbers:
    """Every row of the column as a number."""
    if column.floats is not None:
        kinds = np.where(np.isnan(column.floats), EMPTY, NUMBER).astype(np.int8)
        for row, _ in column.odd:
            kinds[row] = TEXT
        return Numbers(column.floats, kinds)
    values, kinds = read_cells(column.cells, decimal)
    return Numbers(values[column.codes], kinds[column.codes])


def read_cells(cells: Sequence[Cell], decimal: str) -> tuple[Floats, NDArray[np.int8]]:
    """Values and kinds of different cells: float64 [n], int8 [n]."""
    values = np.full(len(cells), np.nan)
    kinds = np.full(len(cells), TEXT, dtype=np.int8)
    for i, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell == "":
                kinds[i] = EMPTY
            elif cell.lower() in MISSING_WORDS:
                kinds[i] = MISSING
            elif (value := read_number(cell, decimal)) is not None:
                values[i], kinds[i] = value, NUMBER
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            values[i], kinds[i] = float(cell), NUMBER
    infinite = np.isinf(values)
    values[infinite], kinds[infinite] = np.nan, TEXT
    return values, kinds
