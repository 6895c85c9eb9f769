"""A list of adjustments: series, from, to, change, amount and note."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from almanac.core.entered.adjustments import END_OF_DAY, Adjustment, AdjustmentKind
from almanac.core.entered.lists import EnteredList, ListFaults, RowFault
from almanac.tables.entered_lists.amounts import ListAmounts
from almanac.tables.entered_lists.days import ListDates
from almanac.tables.entered_lists.rows import Entry, ListKind, rows_by_heading
from almanac.tables.entered_lists.words import ListColumn, change_of
from almanac.tables.layout.excerpt import rows_of_file

_ADJUSTMENTS = ListKind(
    "adjustment",
    "adjustments",
    "adjustments",
    (
        ListColumn.SERIES,
        ListColumn.FROM,
        ListColumn.TO,
        ListColumn.CHANGE,
        ListColumn.AMOUNT,
        ListColumn.NOTE,
    ),
    (ListColumn.FROM, ListColumn.CHANGE, ListColumn.AMOUNT),
)
_YEAR_DIGITS = 4
_MAX_ROW_DIGITS = 5  # of a row number, which stands for a date where a file has none


def read_adjustments(path: Path) -> EnteredList[Adjustment]:
    """The adjustments in a spreadsheet. Raises ``ProblemError`` when it is not a list of adjustments."""
    return adjustments_of_rows(rows_of_file(path), path.name)


def adjustments_of_rows(rows: Sequence[Sequence[str]], file: str) -> EnteredList[Adjustment]:
    """The adjustments in rows of text, the first of which names the columns. Raises ``ProblemError``."""
    listed = rows_by_heading(rows, _ADJUSTMENTS, file)
    texts = [entry.get(column, "") for entry in listed.entries for column in (ListColumn.FROM, ListColumn.TO)]
    dates = ListDates(texts, listed.english)
    amounts = ListAmounts([entry.get(ListColumn.AMOUNT, "") for entry in listed.entries])
    found, faults = [], []
    for line, entry in zip(listed.lines, listed.entries, strict=True):
        try:
            found.append(_adjustment(line, entry, dates, amounts))
        except ValueError as why:
            faults.append(RowFault(line, str(why), entry.get(ListColumn.SERIES, "")))
    return EnteredList(tuple(found), ListFaults(file, tuple(faults)))


def _adjustment(line: int, entry: Entry, dates: ListDates, amounts: ListAmounts) -> Adjustment:
    """Raises ``ValueError`` with the reason for a row that cannot be used."""
    kind = change_of(entry[ListColumn.CHANGE])
    if kind is None:
        raise ValueError(f"“{entry[ListColumn.CHANGE]}” is not one of {', '.join(AdjustmentKind)}")
    amount = amounts.read(entry[ListColumn.AMOUNT], kind)
    if kind is AdjustmentKind.SCALE and amount < 0:
        raise ValueError("a forecast is not multiplied by less than 0")
    first, _ = _ends(entry[ListColumn.FROM], dates)
    _, last = _ends(entry.get(ListColumn.TO) or entry[ListColumn.FROM], dates)
    note = entry.get(ListColumn.NOTE, "")
    return Adjustment(entry.get(ListColumn.SERIES, ""), first, last, kind, amount, note, row=line)


def _ends(text: str, dates: ListDates) -> tuple[str, str]:
    """The first and the last moment that a text names, in ISO 8601; a row number as it is."""
    if not text:
        raise ValueError("it has no date")
    if text.isdecimal() and len(text) <= _MAX_ROW_DIGITS and len(text) != _YEAR_DIGITS:
        return text, text
    found = dates.read(text)
    if found.is_time:
        return found.first.isoformat(), found.last.isoformat()
    return f"{found.first:%Y-%m-%d}", f"{found.last:%Y-%m-%d}{END_OF_DAY}"
