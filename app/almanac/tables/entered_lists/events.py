"""A list of events: event, kind, from, to, series and yearly, in a spreadsheet or a JSON file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.entered.lists import EnteredList, ListFaults, RowFault
from almanac.core.problems import stop_with
from almanac.tables.entered_lists.days import ListDate, ListDates
from almanac.tables.entered_lists.rows import Entry, ListKind, ListRows, nothing_listed, rows_by_heading
from almanac.tables.entered_lists.words import ListColumn, is_yes, kind_of
from almanac.tables.layout.excerpt import rows_of_file
from almanac.tables.memory.records import text_of

_EVENTS = ListKind(
    "event",
    "events",
    "events",
    (
        ListColumn.EVENT,
        ListColumn.KIND,
        ListColumn.FROM,
        ListColumn.TO,
        ListColumn.SERIES,
        ListColumn.YEARLY,
    ),
    (ListColumn.EVENT, ListColumn.KIND, ListColumn.FROM),
)
_Key = tuple[str, EventKind, tuple[str, ...], bool]


def read_events(path: Path) -> EnteredList[Event]:
    """The events in a spreadsheet or JSON file. Raises ``ProblemError`` when it is not a list of events."""
    if path.suffix.lower() == ".json":
        return events_of_json(text_of(path), path.name)
    return events_of_rows(rows_of_file(path), path.name)


def events_of_rows(rows: Sequence[Sequence[str]], file: str) -> EnteredList[Event]:
    """The events in rows of text, the first of which names the columns. Raises ``ProblemError``."""
    return _events(rows_by_heading(rows, _EVENTS, file), file)


def events_of_json(text: str, file: str) -> EnteredList[Event]:
    """The events in a JSON list of objects with the same names. Raises ``ProblemError`` for anything else."""
    try:
        listed = [{column: _text(one.get(column.value)) for column in _EVENTS.columns} for one in json.loads(text)]
    except (ValueError, AttributeError, TypeError) as cause:
        raise stop_with(
            "events_not_a_list",
            f"{file} is not a list of events.",
            f"A JSON file of events is a list of objects with {_EVENTS.column_names}.",
            "Write it so, or use a spreadsheet with these columns.",
        ) from cause
    if not listed:
        raise nothing_listed(_EVENTS, file)
    return _events(ListRows(tuple(range(1, len(listed) + 1)), tuple(listed), english=True), file)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _events(rows: ListRows, file: str) -> EnteredList[Event]:
    """One event for each name, kind and set of series, with all its spans."""
    texts = [entry.get(column, "") for entry in rows.entries for column in (ListColumn.FROM, ListColumn.TO)]
    dates = ListDates(texts, rows.english)
    spans: dict[_Key, list[Span]] = {}
    lines: dict[_Key, list[int]] = {}
    faults = []
    for line, entry in zip(rows.lines, rows.entries, strict=True):
        try:
            key, span = _entry(entry, dates)
        except ValueError as why:
            faults.append(RowFault(line, str(why), entry.get(ListColumn.SERIES, "")))
            continue
        spans.setdefault(key, []).append(span)
        lines.setdefault(key, []).append(line)
    events = tuple(
        Event(name, kind, tuple(found), series, yearly, tuple(lines[name, kind, series, yearly]))
        for (name, kind, series, yearly), found in spans.items()
    )
    return EnteredList(events, ListFaults(file, tuple(faults)))


def _entry(entry: Entry, dates: ListDates) -> tuple[_Key, Span]:
    """Raises ``ValueError`` with the reason for a row that cannot be used."""
    name = entry.get(ListColumn.EVENT, "")
    if not name:
        raise ValueError("the event has no name")
    kind = kind_of(entry.get(ListColumn.KIND, ""))
    if kind is None:
        kinds = ", ".join(EventKind)
        raise ValueError(f"“{entry.get(ListColumn.KIND, '')}” is not a kind of event ({kinds})")
    first = _date(entry.get(ListColumn.FROM, ""), dates)
    end = entry.get(ListColumn.TO, "")
    last: date | None = (_date(end, dates) if end else first).last.date()
    if kind is EventKind.PRICE_CHANGE and not end:
        last = None
    if last is not None and last < first.first.date():
        raise ValueError("it ends before it begins")
    series = tuple(part.strip() for part in entry.get(ListColumn.SERIES, "").split(";") if part.strip())
    return (name, kind, series, is_yes(entry.get(ListColumn.YEARLY, ""))), Span(first.first.date(), last)


def _date(text: str, dates: ListDates) -> ListDate:
    if not text:
        raise ValueError("it has no date")
    return dates.read(text)
