"""Numbers as people write them: decimal comma or point, thousands, currency, brackets, and words for "missing".

What "2.146" means is decided for a whole column, with the other columns of the file as a hint: a sign that is not
followed by exactly three digits is a decimal sign, one that occurs twice in a number groups thousands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache

import numpy as np

from almanac.core.arrays import Flags, Floats, pieces
from almanac.core.number_signs import CURRENCY, GROUP_SIGNS, MINUS_SIGNS
from almanac.core.sparse import Sparse, dense, sparsely
from almanac.tables.values.cells import Cell, CellKind, Column, Kinds
from almanac.tables.values.footnote_marks import MARK_WORDS
from almanac.tables.values.texts import Texts

# Words, marks and error values that mean "no value", in lower case.
_MISSING_WORDS = r"""
- -- --- – — . .. ... … * ** *** ? : / n/a n.a. n.a #n/a #na na nan nil null none missing unknown nd
n.d. (s) (na) (d) (x) (n/a) (z) s.o. k.a. n.v. #value! #div/0! #ref! #name? #num! #null! <na> \n
"""
NUMBER, EMPTY = np.int8(CellKind.NUMBER), np.int8(CellKind.EMPTY)
MISSING_WORDS = frozenset(_MISSING_WORDS.split()) | {"no data", "not available", "keine angabe"}

MONEY_MARK = re.compile(CURRENCY, re.IGNORECASE)
UNIT_MARK = re.compile(rf"%|‰|{CURRENCY}", re.IGNORECASE)
# Blanks are taken by "\s*+", which gives none back: several "\s*" in a row would try every way to share them out.
_NUMBER = re.compile(
    rf"(?:[~≈]\s?|ca\.?\s|c\.\s)?"
    rf"(?:{CURRENCY}\s?(?=\())?(?P<open>\()?\s*+(?P<sign>[{MINUS_SIGNS}–+])?\s*+"
    rf"{CURRENCY}?\s*+(?P<sign2>[{MINUS_SIGNS}+])?\s*+"
    rf"(?P<core>\d[\d.,{GROUP_SIGNS}\s]*\d|\d|[.,]\d+|\d[.,])(?P<power>[eE][-+]?\d{{1,3}})?"
    r"(?:\s?(?P<scale>(?-i:[KMBk])|tsd\.?|mio\.?|mrd\.?|mn|bn))?"
    rf"(?P<inner>[{MINUS_SIGNS}])?\s*+(?:%|‰|{CURRENCY})?\s*+(?P<close>\))?"
    rf"(?:(?<=\))\s?(?:%|‰|{CURRENCY})|\s*+(?P<after>[{MINUS_SIGNS}])?)"
    r"\s*+(?:\((?:p|r|e|s|f|b|c|u)\)|(?<=\s)(?-i:[prebsfcu])|\[\d{1,2}\]|[*#†‡¹²³⁴⁵]{1,3})?"
    rf"(?:(?:\s++|(?<=\s)){MARK_WORDS})?",  # marks of estimates and footnotes
    re.IGNORECASE,
)
_NO_CENTS = re.compile(r"(?<=\d)([.,])[-–—]{1,2}(?!\d)")
# Most numbers: read without the pattern above, at a third of the time.
_PLAIN_NUMBER = re.compile(r"(-?)(\d+)(?:([.,])(\d+))?", re.ASCII)
_MAX_DIGITS = 18
_MAX_REMEMBERED = 48  # characters of a cell whose vote is remembered; chosen by judgement
_MAX_COUNTS = 16  # of rows, of which each column of a table has the same
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "tsd": 1e3, "mio": 1e6, "mn": 1e6, "mrd": 1e9, "bn": 1e9}
_GROUP_MARKS = re.compile(rf"[{GROUP_SIGNS}\s]")
# Digits that blanks or quotation marks part: "1 234 567" and "12,34,567" are one number, "1 2 3" are three.
_PARTED = re.compile(rf"\d{{1,3}}(?:[{GROUP_SIGNS}\s]{{1,2}}\d{{2,3}})*[{GROUP_SIGNS}\s]{{1,2}}\d{{3}}")
MAX_MAGNITUDE = 1e100  # no amount of anything is larger, and squares of larger ones are infinite; chosen by judgement
_MIN_GROUPED = 3  # cells that make it certain that a sign groups thousands; chosen by judgement
_GROUPED = {
    sign: re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{2,3}})*{re.escape(sign)}\d{{3}}") for sign in (",", ".")
}


@dataclass(frozen=True)
class Votes:
    """How many cells of a column are evidence for each meaning of point and comma."""

    decimal_point: int = 0
    decimal_comma: int = 0
    groups_point: int = 0  # "2.146": three digits follow, so it could be either
    groups_comma: int = 0
    small: int = 0  # plain whole numbers below 1,000
    large: int = 0  # plain whole numbers of four digits and more

    def __add__(self, other: Votes) -> Votes:
        return Votes(
            self.decimal_point + other.decimal_point,
            self.decimal_comma + other.decimal_comma,
            self.groups_point + other.groups_point,
            self.groups_comma + other.groups_comma,
            self.small + other.small,
            self.large + other.large,
        )


@dataclass(frozen=True)
class Convention:
    """``decimal``: "." or ",". ``certain`` is false when nothing in the file says whether "2.146" is about 2 or 2,000.

    ``rule`` says which rule decided; ``votes``: what the cells of the column say.
    """

    decimal: str
    certain: bool
    rule: str = field(default="", compare=False)
    votes: Votes = field(default=Votes(), compare=False)


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column as numbers: ``values`` float64 [N], NaN unless ``kinds`` (int8 [N], of ``CellKind``) says NUMBER.

    ``raw``: float64 [N], the values before some of them counted as missing; None where none did. What is kept sparse is
    made again whenever it is asked for.
    """

    kept_values: Floats | Sparse[np.float64]
    kept_kinds: Kinds | Sparse[np.int8]
    kept_raw: Floats | Sparse[np.float64] | None = None

    @property
    def values(self) -> Floats:
        """The numbers."""
        return dense(self.kept_values)

    @property
    def kinds(self) -> Kinds:
        """What the cells are."""
        return dense(self.kept_kinds)

    @property
    def raw(self) -> Floats | None:
        """The numbers before."""
        return None if self.kept_raw is None else dense(self.kept_raw)


class ColumnValues(Mapping[int, Floats]):
    """The values of columns, float64 [N] each, by their positions: of sparse ones made when they are asked for, so that
    not all of them are in memory at once. ``before``: as they were before some of them counted as missing."""

    def __init__(self, columns: Mapping[int, Numbers], before: bool = False) -> None:
        self._columns, self._before = columns, before

    def __getitem__(self, column: int) -> Floats:
        one = self._columns[column]
        raw = one.raw if self._before else None
        return one.values if raw is None else raw

    def __iter__(self) -> Iterator[int]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def whole_number(text: str) -> int | None:
    """The whole number that a text of digits alone is; None for any other text, and for more than 18 digits.

    Python refuses to convert thousands of digits, and int64 holds 18 of any kind.
    """
    return int(text) if len(text) <= _MAX_DIGITS and text.isdecimal() else None


def looks_like_number(cell: Cell) -> bool:
    """Whether the cell is a number in any convention (dates in workbooks are not, True and False neither)."""
    if isinstance(cell, bool):
        return False
    return bool(_vote(cell)) if isinstance(cell, str) else isinstance(cell, int | float)


def is_missing_word(cell: Cell) -> bool:
    """Whether the cell is a word or mark for "no value"."""
    return isinstance(cell, str) and cell != "" and cell.lower() in MISSING_WORDS


def votes(cells: Iterable[Cell]) -> Votes:
    """What the cells say about point and comma: each cell votes once, by ``_vote``."""
    cast = Counter([_vote(cell) for cell in cells if isinstance(cell, str)])
    del cast[""]
    return Votes(**cast)


def column_votes(column: Column, most: int) -> Votes:
    """What the first cells of a column, at ``most`` so many, say about point and comma."""
    plain = column.plain
    if plain is None or plain.fractions or len(column.cells) > most:
        return votes(column.cells[:most])
    return Votes(small=plain.count - plain.long, large=plain.long)


def votes_of_all(votes: Sequence[Votes]) -> Votes:
    """The sum of the votes of many columns."""
    return Votes(**{one.name: sum(getattr(own, one.name) for own in votes) for one in fields(Votes)})


def _vote(cell: str) -> str:
    """The field of ``Votes`` that a cell counts for; an empty text when it is not a number."""
    return _short_vote(cell) if len(cell) <= _MAX_REMEMBERED else _find_vote(cell)


def _with_cents(text: str) -> str:
    """The text with two digits where a dash says that there are no cents: 500,- is 500,00."""
    return _NO_CENTS.sub(r"\g<1>00", text)


def _find_vote(cell: str) -> str:
    plain = _PLAIN_NUMBER.fullmatch(cell)
    match = _NUMBER.fullmatch(_with_cents(cell)) if plain is None else None
    if match is None and plain is None:
        return ""
    if match is not None and not _is_one_number(match["core"]):
        return ""
    core = _GROUP_MARKS.sub("", match["core"]) if match is not None else cell.removeprefix("-")
    points, commas = core.count("."), core.count(",")
    if points and commas:  # the sign further right is the decimal one
        return "decimal_point" if core.rfind(".") > core.rfind(",") else "decimal_comma"
    if points > 1 or commas > 1:  # a sign that occurs twice groups thousands
        return "decimal_comma" if points else "decimal_point"
    if points or commas:
        head, _, tail = core.partition("." if points else ",")
        either = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")
        return ("groups_" if either else "decimal_") + ("point" if points else "comma")
    return "large" if len(core) > 3 else "small"


def _is_one_number(core: str) -> bool:
    """Whether blanks and quotation marks between digits part thousands."""
    if _GROUP_MARKS.search(core) is None:
        return True
    whole = re.split(r"[.,]", core, maxsplit=1)[0]
    return _GROUP_MARKS.search(whole) is None or _PARTED.fullmatch(whole) is not None


_short_vote = lru_cache(maxsize=1 << 14)(_find_vote)  # a cell is looked at for the heading, its column and its values


def find_convention(own: Votes, whole_file: Votes) -> Convention:
    """Which sign is the decimal one: by the column's own evidence, then the rest of the file, then what is usual."""
    for evidence, rule in ((own, "numbers in this column"), (whole_file, "numbers in other columns")):
        if evidence.decimal_point != evidence.decimal_comma:
            return Convention("." if evidence.decimal_point > evidence.decimal_comma else ",", True, rule)
    if own.groups_point and own.groups_comma:
        return Convention(".", False, "point and comma are both followed by three digits")
    if not own.groups_point and not own.groups_comma:
        return Convention(".", True, "no number has a point or comma")
    other = "," if own.groups_point else "."
    groups = own.groups_point + own.groups_comma
    if own.small and not own.large:
        # "985" next to "2.146": written with three fixed decimals it would be "985.000".
        certain = groups >= _MIN_GROUPED or own.small >= _MIN_GROUPED
        return Convention(other, certain, "whole numbers below 1,000 have no decimals, so the sign groups thousands")
    return Convention(".", False, "three digits follow every point or comma")


def decimal_sign(own: Votes, whole_file: Votes) -> str:
    """ "." or ",", where one must be chosen."""
    return find_convention(own, whole_file).decimal


def read_number(text: str, decimal: str) -> float | None:
    """The number in a text, or None when there is none in this convention."""
    plain = _PLAIN_NUMBER.fullmatch(text)
    if plain is not None and plain[3] in (None, decimal):
        return float(text if decimal == "." else text.replace(",", "."))
    match = _NUMBER.fullmatch(_with_cents(text))
    if match is None:
        return None
    opened, closed, sign, second_sign, inner, after = match.group("open", "close", "sign", "sign2", "inner", "after")
    core, power, scale = match.group("core", "power", "scale")
    if (opened is None) != (closed is None) or (sign and second_sign) or not _is_one_number(core):
        return None
    thousands = "," if decimal == "." else "."
    whole, point, fraction = _GROUP_MARKS.sub("", core).partition(decimal)
    if thousands in whole and not _GROUPED[thousands].fullmatch(whole):
        return None
    if thousands in fraction or decimal in fraction:
        return None
    value = float(f"{whole.replace(thousands, '') or '0'}{'.' if point else ''}{fraction}{power or ''}")
    value *= _SCALES[scale.lower().rstrip(".")] if scale else 1
    negative = opened or inner or after or (sign or second_sign or "+") != "+"
    return -value if negative else value


def read_numbers(column: Column, decimal: str) -> Numbers:
    """Every row of the column as a number."""
    if column.has_numbers:
        return _plain_numbers(column)
    plain = column.plain
    if plain is not None and (decimal == "." or not plain.fractions):
        if not plain.empty:
            return Numbers(column.spread(plain.values), _all_of_kind(NUMBER, len(column)))
        values, kinds = plain.values, np.where(np.isnan(plain.values), EMPTY, NUMBER)
    else:
        values, kinds = read_cells(column.cells, decimal)
    if (kinds == NUMBER).all():
        return Numbers(column.spread(values), _all_of_kind(NUMBER, len(column)))
    return Numbers(sparsely(column.spread(values), np.nan), sparsely(column.spread(kinds), CellKind.EMPTY))


def _plain_numbers(column: Column) -> Numbers:
    """As ``read_numbers``, of a column of plain numbers."""
    assert column.numbers is not None
    floats = column.floats
    if any(_impossible(floats[part]).any() for part in pieces(len(floats))):
        return _without_impossible(column)
    if isinstance(column.numbers, Sparse) and not column.stray_texts:  # no array of as many
        all_numbers = _all_of_kind(NUMBER, len(column.known))
        return Numbers(column.numbers, Sparse(column.numbers.places, all_numbers, CellKind.EMPTY, len(column)))
    empty = np.isnan(floats)
    if not empty.any():
        return Numbers(floats, _all_of_kind(NUMBER, len(empty)))
    kinds = np.where(empty, CellKind.EMPTY, CellKind.NUMBER).astype(np.int8)
    for row, text in column.stray_texts:
        kinds[row] = CellKind.TOO_LARGE if looks_like_number(text) else CellKind.TEXT
    return Numbers(column.numbers, sparsely(kinds, CellKind.EMPTY))


@lru_cache(maxsize=_MAX_COUNTS)
def _all_of_kind(kind: np.int8, count: int) -> Kinds:
    """One kind for each row, int8 [count], which takes no memory and cannot be written to."""
    return np.broadcast_to(kind, count)


def read_cells(cells: Sequence[Cell], decimal: str) -> tuple[Floats, Kinds]:
    """Values and kinds of distinct cells: float64 [n], int8 [n] of ``CellKind``."""
    values = np.full(len(cells), np.nan)
    kinds = np.full(len(cells), CellKind.TEXT, dtype=np.int8)
    others: Iterable[int] = range(len(cells))
    if isinstance(cells, Texts):
        values, plain = cells.numbers(decimal)
        kinds[plain] = np.where(np.isnan(values[plain]), CellKind.EMPTY, CellKind.NUMBER)
        others = np.flatnonzero(~plain).tolist()
    for i in others:
        cell = cells[i]
        if isinstance(cell, str):
            if cell == "":
                kinds[i] = CellKind.EMPTY
            elif cell.lower() in MISSING_WORDS:
                kinds[i] = CellKind.MISSING
            elif (value := read_number(cell, decimal)) is not None:
                values[i], kinds[i] = value, CellKind.NUMBER
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            values[i], kinds[i] = float(cell), CellKind.NUMBER
    impossible = _impossible(values)
    values[impossible], kinds[impossible] = np.nan, CellKind.TOO_LARGE
    return values, kinds


def _impossible(values: Floats) -> Flags:
    """Which values are too large to be amounts of anything, or infinite: bool."""
    return (values >= MAX_MAGNITUDE) | (values <= -MAX_MAGNITUDE)


def holds_too_large(column: Column) -> bool:
    """Whether a column has a number that is too large to be used."""
    return bool((read_numbers(column, ".").kinds == CellKind.TOO_LARGE).any())


def _without_impossible(column: Column) -> Numbers:
    """The numbers of a column whose cells are all numbers, some of which are too large."""
    floats = column.floats
    impossible = _impossible(floats)
    kept = read_numbers(replace(column, numbers=sparsely(np.where(impossible, np.nan, floats), np.nan)), ".")
    kinds = kept.kinds.copy()
    kinds[impossible] = CellKind.TOO_LARGE
    return Numbers(kept.kept_values, sparsely(kinds, CellKind.EMPTY))
