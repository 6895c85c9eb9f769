"""Where the table lies in a grid: titles above it, header lines, first line of data, and the columns that belong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags
from almanac.tables.layout.side_by_side import find_beside
from almanac.tables.values.calendar_names import month_number, plain
from almanac.tables.values.cells import Cell, Grid, cell_text, letter, tidy
from almanac.tables.values.dates import is_compact_date, looks_like_date, read_clock
from almanac.tables.values.numbers import is_missing_word, looks_like_number

_SAMPLE = 3000  # rows looked at
_FACTS_ABOVE = 12  # lines that may lie between facts about the columns and their names
EMPTY, NUMBER, DATE, MISSING, TEXT = range(5)
_RULE = re.compile(r"[:+|]?[-=_]{3,}[:+|]?")
_UNIT = re.compile(
    r"\(.*\)|in\s*\(.*\)|\[.*\]|%|.*=\s*100|[€$£]|(?:eur|usd|kwh|°c|mm|kg|t|m3|m²|stk\.?)", re.IGNORECASE
)


_YEAR = re.compile(r"(?:FY ?)?(?:19|20)\d\d")
_QUARTER = re.compile(r"[QT] ?[1-4]|[1-4]\.? ?(?:Q|T|quartal|quarter|qtr)", re.IGNORECASE)
# What pivot tables write above their own names.
_PIVOT = frozenset(
    [
        "column labels",
        "row labels",
        "spaltenbeschriftungen",
        "zeilenbeschriftungen",
        "etiquettes de colonnes",
        "etiquettes de lignes",
        "etiquetas de columna",
        "etiquetas de fila",
    ]
)


@dataclass(frozen=True)
class Structure:
    """``header``: indices of the header rows in the grid (empty = none), ``body``: index of the first row of data,
    ``columns``: indices of the table's columns, ``names`` theirs; ``duplicated`` names were given a number.
    ``elsewhere``: columns of another table beside this one. ``title`` is the text above. ``tables``: how many tables
    beside one another, with the same dates, were joined.
    """

    header: tuple[int, ...]
    body: int
    columns: tuple[int, ...]
    names: tuple[str, ...]
    duplicated: tuple[str, ...]
    elsewhere: tuple[int, ...]
    title: str
    tables: int = 1


def cell_kind(cell: Cell) -> int:
    """EMPTY, NUMBER, DATE, MISSING or TEXT."""
    cell = tidy(cell)
    if cell == "":
        return EMPTY
    if is_missing_word(cell):
        return MISSING
    if looks_like_date(cell) or read_clock(cell) is not None:
        return DATE
    return NUMBER if looks_like_number(cell) else TEXT


def _ruled(row: Sequence[Cell]) -> bool:
    """Whether the row only draws a line: ---- | ----:"""
    cells = [cell for cell in row if cell not in ("", None)]
    return len(cells) > 1 and all(isinstance(c, str) and _RULE.fullmatch(c.strip()) is not None for c in cells)


def find_structure(grid: Grid) -> Structure | None:
    """The table in the grid, or None when nothing in it looks like one."""
    rows = grid.rows[:_SAMPLE]
    width = grid.width
    kinds = np.zeros((len(rows), width), dtype=np.int8)
    for i, row in enumerate(rows):
        if not _ruled(row):
            kinds[i, : len(row)] = [EMPTY if cell == "" else cell_kind(cell) for cell in row]
    measured = (kinds == NUMBER) | (kinds == DATE)
    filled = kinds != EMPTY
    share = measured.sum(0) / np.maximum((measured | (kinds == TEXT)).sum(0), 1)
    data_columns = (share >= 0.5) & (measured.sum(0) >= max(1, 0.2 * measured.sum(0).max(initial=0)))
    if not data_columns.any():
        return None
    body = _first_body_row(kinds[:, data_columns], filled)
    if body is None:
        return None
    named = _is_date_header(rows[body], data_columns) or _is_code_header(rows[body], kinds, body, data_columns)
    if named and body + 1 < len(rows):
        body += 1
        header = _header_rows(rows, kinds, filled, body, data_columns, forced=True)
    else:
        header = _header_rows(rows, kinds, filled, body, data_columns)
    while header and body - 1 > header[-1] and filled[body - 1].sum() == 1:
        body -= 1  # a heading between the names and the data belongs to the data
    used = filled[body:].any(0)
    for h in header:
        used |= filled[h] & data_columns
    found = find_beside(grid.rows, body, header, used, measured[body:], kinds[body:] == DATE)
    names, duplicated = _names(rows, header, found.columns, found.titles)
    top = min(header, default=body)
    title = next((cell_text(tidy(c)) for row in rows[:top] for c in row if tidy(c) != ""), "")
    return Structure(header, body, found.columns, names, duplicated, found.elsewhere, title, found.tables)


def _first_body_row(data: NDArray[np.int8], filled: Flags) -> int | None:
    """The first row from which on most rows hold numbers or dates where the table has them."""
    width = data.shape[1]
    good = ((data == NUMBER) | (data == DATE) | (data == MISSING)).sum(1) >= max(1, (width + 1) // 2)
    good &= ((data == NUMBER) | (data == DATE)).any(1) | (filled.sum(1) > 1)
    good &= (data == TEXT).sum(1) <= width / 3
    rows = np.flatnonzero(good)
    if len(rows) == 0:
        loose = np.flatnonzero(((data == NUMBER) | (data == DATE)).any(1))
        return int(loose[0]) if len(loose) else None
    dated = (data == DATE).sum(0) >= max(3, 0.5 * len(data))
    whole = np.flatnonzero((data == TEXT).all(1))
    for row in rows.tolist():
        if (data[row, dated] == TEXT).any() and ((whole > row) & (whole <= row + _FACTS_ABOVE)).any():
            continue  # "Series start", "Unit" …: facts about the columns, above the line of their names
        ahead = [r for r in range(row, min(row + 12, len(data))) if filled[r].any()][:6]
        if good[ahead].mean() >= 0.5:
            return int(row)
    return int(rows[0])


def _is_date_header(row: Sequence[Cell], data_columns: Flags) -> bool:
    """Whether a row is a header of periods: 2001, 2002, 2003 …, Jan 2020, Feb 2020 … or 00:00, 00:30, 01:00 …"""
    cells = [tidy(row[i]) for i in np.flatnonzero(data_columns).tolist() if i < len(row) and tidy(row[i]) != ""]
    dates = [c for c in cells if looks_like_date(c) or is_compact_date(cell_text(c))]
    if len(dates) >= 3 and len(dates) >= 0.7 * len(cells):
        return True
    if sum(read_clock(c) is not None for c in cells) >= max(12, 0.7 * len(cells)):
        return True
    years = [int(text) for c in cells if (text := cell_text(c)).isdecimal() and 1600 <= int(text) <= 2199]
    counted = [int(text) for c in cells if (text := cell_text(c)).isdecimal() and int(text) <= 31]
    if len(counted) in (12, 28, 29, 30, 31) and counted == list(range(1, len(counted) + 1)):
        return len(cells) - len(counted) <= 1
    steps = set(np.diff(years).tolist())
    return len(years) >= 3 and len(years) >= len(cells) - 1 and len(steps) == 1 and abs(steps.pop()) in (1, 2, 5, 10)


def _is_code_header(row: Sequence[Cell], kinds: NDArray[np.int8], body: int, data: Flags) -> bool:
    """Whether the row names its columns by numbers: "day", 1001, 1002 …, with a word where all below are dates."""
    below = kinds[body + 1 :]
    dates = data & ((below == DATE).sum(0) >= max(3, 0.9 * len(below)))
    if not (kinds[body][dates] == TEXT).any():
        return False
    codes = [cell_text(tidy(row[i])) for i in np.flatnonzero(data & ~dates).tolist() if i < len(row)]
    return len(codes) >= 2 and len(set(codes)) == len(codes) and all(code.isdecimal() for code in codes)


def _header_rows(
    rows: Sequence[Sequence[Cell]],
    kinds: NDArray[np.int8],
    filled: Flags,
    body: int,
    data: Flags,
    forced: bool = False,
) -> tuple[int, ...]:
    """The one or two rows above the body that name its columns."""
    above = [r for r in range(body - 1, max(body - 8, -1), -1) if filled[r].any()]
    while (
        above and not forced and filled[above[0]].sum() == 1 and data.sum() + (~data & filled[body:].any(0)).sum() > 2
    ):
        # A line such as "NOT ADJUSTED" between header and data.
        above = above[1:]
    if len(above) > 1 and not forced and _only_a_year(kinds[above[0]], filled[above[0]]) and filled[above[1]].sum() > 1:
        above = above[1:]
    if not above:
        return ()
    last = above[0]
    names = (kinds[last] == TEXT) | (kinds[last] == DATE) | (kinds[last] == MISSING)
    if not forced and not names[data].any() and not (names.any() and filled[last].sum() > 1):
        return ()
    if len(above) > 1:
        upper = above[1]
        adds = filled[upper] & ~filled[last]
        texts = (kinds[upper] == TEXT).sum() >= 2 and (kinds[upper] == NUMBER).sum() == 0
        if upper == last - 1 and _years_above(rows[upper], rows[last]):
            return (upper, last)
        if upper == last - 1 and _groups_names(kinds[upper], filled[upper], filled[last]):
            return (upper, last)
        if upper == last - 1 and texts and (adds.any() or filled[upper].sum() >= 0.5 * filled[last].sum()):
            return (upper, last)
    return (last,)


def _years_above(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether a line of years stands above one of months or quarters."""
    years = [text for cell in upper if (text := cell_text(tidy(cell)))]
    parts = [text for cell in lower if (text := cell_text(tidy(cell)))]
    named = sum(month_number(text) is not None or _QUARTER.fullmatch(text) is not None for text in parts)
    return bool(years) and all(_YEAR.fullmatch(text) for text in years[-2:]) and named >= max(2, 0.6 * len(parts))


def _only_a_year(kinds: NDArray[np.int8], filled: Flags) -> bool:
    """Whether a line holds one number alone: the year of the months below it."""
    return int(filled.sum()) == 1 and bool((kinds == NUMBER).any())


def _groups_names(kinds: NDArray[np.int8], upper: Flags, lower: Flags) -> bool:
    """Whether a line above the names holds names of groups: not over the first column, where a title would stand."""
    first = int(np.argmax(lower))
    words = ((kinds == TEXT) | (kinds == DATE)).any()
    return bool(not upper[: first + 1].any() and words and not (kinds == NUMBER).any())


def _names(
    rows: Sequence[Sequence[Cell]], header: tuple[int, ...], columns: tuple[int, ...], titles: Mapping[int, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A different name for every column, and which had to be told apart; ``titles``: of the tables they belong to."""
    if titles:  # they stand above the names, and count once
        header = header[-1:]
    alone = len(set(titles.values())) == len(titles)
    names: list[str] = []
    duplicated: list[str] = []
    taken: dict[str, int] = {}  # each name, and the last number that told one like it apart
    lines = [
        [" ".join(cell_text(tidy(rows[h][i])).split()) if i < len(rows[h]) else "" for i in columns] for h in header
    ]
    groups = len(lines) == 2 and not lines[0][0] and lines[1][0] and all(lines[1])
    alike = len(lines) == 2 and len(set(lines[1])) < len(lines[1])
    dated = [n for n, text in enumerate(lines[-1]) if looks_like_date(text)] if lines else []
    common = len(lines) == 2 and len(dated) > 2 and len({lines[0][n] for n in dated} - {""}) < 2
    first_dated = next((n for n, text in enumerate(lines[0]) if _year_or_month(text)), 0) if lines else 0
    carried = ""
    for n, i in enumerate(columns):
        texts = ["" if plain(line[n]) in _PIVOT else line[n] for line in lines]
        if len(texts) == 2:
            carried = texts[0] or carried
            if _year_or_month(carried) and texts[1]:
                texts = [carried if n >= first_dated and not looks_like_date(texts[1]) else "", texts[1]]
            elif common and looks_like_date(texts[1]):
                texts = ["", texts[1]]
            if groups and not _year_or_month(carried):
                texts = [carried if alike else "", texts[1]]
            texts = _two_lines(texts[0], texts[1], carried if lines[1].count(texts[1]) > 1 else "")
        if i in titles:
            texts = [titles[i]] if alone else [titles[i], *texts]
        name = " ".join(text for text in texts if text) or f"Column {letter(i)}"
        if name in taken:
            duplicated.append(name)
            name = next(new for n in range(taken[name] + 1, len(columns) + 3) if (new := f"{name} ({n})") not in taken)
            taken[duplicated[-1]] = int(name[len(duplicated[-1]) + 2 : -1])
        taken[name] = 1
        names.append(name)
    return tuple(names), tuple(dict.fromkeys(duplicated))


def _year_or_month(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None or (looks_like_date(text) and text[:1].isalpha())


def _two_lines(upper: str, lower: str, merged: str) -> list[str]:
    """One name from two header lines: a unit below is left away; a ``merged`` cell above tells equal names apart."""
    if upper and (not lower or _UNIT.fullmatch(lower)):
        return [upper]
    return [upper or merged, lower]
