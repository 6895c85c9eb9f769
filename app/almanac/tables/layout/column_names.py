"""Names of columns from one or two header lines: each different, with what tells equal ones apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from almanac.tables.columns.profile import unnamed
from almanac.tables.layout.marked_dates import unmarked_names
from almanac.tables.layout.units import is_unit_cell
from almanac.tables.values.cells import Cell, cell_text, clean_cell, column_letter
from almanac.tables.values.dates.calendar_names import is_fiscal_year, is_year, names_date, plain
from almanac.tables.values.dates.read_dates import looks_like_date

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
# What statistics offices write before the name of a series, in plain letters.
_TITLES = frozenset(["title", "titel", "titre", "titulo", "titolo", "libelle", "series title", "series name", "tytul"])
_SUBJECTS = frozenset(
    [
        "subject", "indicator", "variable", "topic", "thema", "indikator", "merkmal", "sujet", "indicateur", "tema",
        "indicador", "indicatore", "argomento", "assunto", "onderwerp", "temat", "wskaznik", "amne", "indikator",
    ]
)  # fmt: skip
_HASH = "#"
_MIN_LEADERS = 3  # dots and blanks behind a name that are no abbreviation; chosen by judgement
_MIN_DATED = 3  # names that are dates, from which on a single cell above them is a title; chosen by judgement


def column_names(
    rows: Sequence[Sequence[Cell]], header: tuple[int, ...], columns: tuple[int, ...], titles: Mapping[int, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """A different name for every column, the names that occurred more than once, and the dates that had a mark.

    ``header``: indices of no, one or two rows; ``titles``: for columns of joined tables, what their table is called.
    """
    if titles:  # the upper header line holds the titles
        header = header[-1:]
    lines, marked = [], []
    for h in header:
        line, with_mark = unmarked_names([cell_text_at(rows[h], i) for i in columns])
        lines.append(line)
        marked += with_mark
    if len(lines) == 2:
        parts = _from_two_lines(lines[0], lines[1])
    else:
        parts = [[_without_pivot(line[n]) for line in lines] for n in range(len(columns))]
    titles_suffice = len(set(titles.values())) == len(titles)
    names = []
    for i, texts in zip(columns, parts, strict=True):
        if i in titles:
            texts = [titles[i]] if titles_suffice else [titles[i], *texts]
        name = without_leaders(" ".join(text for text in texts if text))
        names.append(name or f"Column {column_letter(i)}")
    if names and names[0][:1] == _HASH:
        names = _without_hashes(names)
    return *made_different(names), tuple(marked)


def title_of(lines: Sequence[Sequence[str]]) -> str:
    """What the lines above a table say that it is of: the text next to a label such as "Subject", or the first one."""
    filled = [[text for text in line if text] for line in lines]
    labelled = (line[1] for line in filled if len(line) == 2 and plain(line[0]).strip(" :") in _TITLES | _SUBJECTS)
    return next(labelled, next((text for line in filled for text in line), ""))


def _without_hashes(names: list[str]) -> list[str]:
    """The names without a "#" in front, which marks the line or each of its cells: "#Data operacji", "# Date".

    Where only some have it, it means a number: "# Orders".
    """
    bare = [name.removeprefix(_HASH).strip() for name in names]
    marked = [name.startswith(_HASH) or unnamed(name) for name in names]
    if not bare[0] or bare[0].isdecimal():
        return names
    if all(marked) and len(names) > 1:
        return [text or name for text, name in zip(bare, names, strict=True)]
    return [bare[0], *names[1:]] if names_date(bare[0]) and not any(marked[1:]) else names


def titled(names: tuple[str, ...], columns: tuple[int, ...], above: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The names; a column without one is called as a line "Title", … above it says, where no other is called so."""
    lines = [row for row in above if plain(cell_text_at(row, 0)).strip(" :") in _TITLES]
    found = list(names)
    for n, i in enumerate(columns):
        title = next((text for row in lines if i > 0 and (text := cell_text_at(row, i))), "")
        if title and names[n] == f"Column {column_letter(i)}" and title not in found:
            found[n] = title
    return tuple(found)


def without_leaders(name: str) -> str:
    """The name without the dots that lead from it to its figures: "Bread . . . ." is "Bread"."""
    bare = name.rstrip(" .…")
    return bare if bare and len(name) - len(bare) >= _MIN_LEADERS else name


@lru_cache(maxsize=1 << 15)  # each name is looked at for the heading, for the columns and for their units
def _one_line(text: str) -> str:
    return " ".join(cell_text(clean_cell(text)).split())


def cell_text_at(row: Sequence[Cell], column: int) -> str:
    """The text of one cell with single blanks between its words; empty where the row is shorter."""
    if column >= len(row):
        return ""
    cell = row[column]
    return _one_line(cell) if isinstance(cell, str) else cell_text(clean_cell(cell))


def _from_two_lines(upper: list[str], lower: list[str]) -> list[list[str]]:
    """The parts of each column's name.

    A cell above that is blank belongs to the last filled one at its left, as in merged cells. That cell becomes part
    of the name when it is a year or month, or when it tells equal names below apart.
    """
    names_groups = not upper[0] and all(lower)
    repeated = {text for text, count in Counter(lower).items() if count > 1}
    dated = [n for n, text in enumerate(lower) if looks_like_date(text)]
    one_title = len(dated) >= _MIN_DATED and len({upper[n] for n in dated} - {""}) < 2
    first_dated = next((n for n, text in enumerate(upper) if is_year_or_month(text)), 0)
    merged = ""
    names = []
    for n, (above, below) in enumerate(zip(map(_without_pivot, upper), map(_without_pivot, lower), strict=True)):
        merged = above or merged
        if is_year_or_month(merged) and below:
            above = merged if n >= first_dated and not looks_like_date(below) else ""
        elif one_title and looks_like_date(below):
            above = ""
        if names_groups and not is_year_or_month(merged):
            above = merged if repeated else ""
        names.append(_without_unit(above, below, merged if below in repeated else ""))
    return names


def _without_unit(above: str, below: str, merged: str) -> list[str]:
    """The parts of a name: a unit below is left out; the ``merged`` cell above tells equal names apart."""
    if above and (not below or is_unit_cell(below)):
        return [above]
    return [above or merged, below]


def _without_pivot(text: str) -> str:
    return "" if plain(text) in _PIVOT else text


def is_year_or_month(text: str) -> bool:
    """Whether a header cell is a year, or a date that begins with the name of a month."""
    return is_year(text) or is_fiscal_year(text) or (looks_like_date(text) and text[:1].isalpha())


def made_different(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names with a number after those that occurred before, and the names that occurred more than once."""
    different: list[str] = []
    duplicated: list[str] = []
    last_number: dict[str, int] = {}  # of each name, the last number that was put after it
    for name in names:
        if name in last_number:
            duplicated.append(name)
            first = last_number[name] + 1
            number = next(n for n in range(first, len(names) + 3) if f"{name} ({n})" not in last_number)
            last_number[name] = number
            name = f"{name} ({number})"
        last_number[name] = 1
        different.append(name)
    return tuple(different), tuple(dict.fromkeys(duplicated))
