"""Events from rows of text: the columns event, kind, from, to and series, as a spreadsheet or a JSON file has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.problems import ProblemError, stop_with
from almanac.core.text import normalise, some

COLUMNS = ("event", "kind", "from", "to", "series", "yearly")
REQUIRED = ("event", "kind", "from")
MAX_ROWS_NAMED = 5  # in a sentence about rows that cannot be used
_YES = frozenset(["1", "yes", "true", "y", "ja", "oui", "si", "sí", "x"])
_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")


def events_of_rows(rows: Sequence[Sequence[str]], file: str) -> tuple[Event, ...]:
    """The events in rows of text, the first of which names the columns. Raises ``ProblemError`` naming the bad rows."""
    if not rows:
        raise _no_events(file)
    names = [normalise(cell) for cell in rows[0]]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise stop_with(
            "events_without_columns",
            f"{file} has no column {some([f'“{name}”' for name in missing])}.",
            f"A list of events has the columns {', '.join(COLUMNS)}; to, series and yearly may be left out.",
            "Name the columns so in the first row.",
        )
    at = {name: names.index(name) for name in COLUMNS if name in names}
    entries = [
        (line, {name: row[i].strip() if i < len(row) else "" for name, i in at.items()})
        for line, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    return _events(entries, file)


def events_of_json(text: str, file: str) -> tuple[Event, ...]:
    """The events in a JSON list of objects with the same names. Raises ``ProblemError`` for anything else."""
    try:
        listed = json.loads(text)
        entries = [(i, {name: _text(one.get(name)) for name in COLUMNS}) for i, one in enumerate(listed, 1)]
    except (ValueError, AttributeError, TypeError) as cause:
        raise stop_with(
            "events_not_a_list",
            f"{file} is not a list of events.",
            f"A JSON file of events is a list of objects with {', '.join(COLUMNS)}.",
            "Write it so, or use a spreadsheet with these columns.",
        ) from cause
    return _events(entries, file)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _events(entries: Sequence[tuple[int, Mapping[str, str]]], file: str) -> tuple[Event, ...]:
    """One event for each name, kind and set of series, with all its spans."""
    spans: dict[tuple[str, EventKind, tuple[str, ...], bool], list[Span]] = {}
    bad: list[tuple[int, str]] = []
    for line, entry in entries:
        try:
            key, span = _entry(entry)
        except ValueError as why:
            bad.append((line, str(why)))
            continue
        spans.setdefault(key, []).append(span)
    if bad:
        raise _bad_rows(bad, file)
    if not spans:
        raise _no_events(file)
    return tuple(
        Event(name, kind, tuple(found), series, yearly) for (name, kind, series, yearly), found in spans.items()
    )


def _entry(entry: Mapping[str, str]) -> tuple[tuple[str, EventKind, tuple[str, ...], bool], Span]:
    """Raises ``ValueError`` with the reason for a row that cannot be used."""
    name = entry.get("event", "")
    if not name:
        raise ValueError("the event has no name")
    kind = _kind(entry.get("kind", ""))
    first = _day(entry.get("from", ""))
    end = entry.get("to", "")
    open_ended = kind is EventKind.PRICE_CHANGE and not end
    last = None if open_ended else (_day(end) if end else first)
    if last is not None and last < first:
        raise ValueError("it ends before it begins")
    series = tuple(part.strip() for part in entry.get("series", "").split(";") if part.strip())
    return (name, kind, series, normalise(entry.get("yearly", "")) in _YES), Span(first, last)


def _kind(text: str) -> EventKind:
    wanted = normalise(text).replace(" ", "_").replace("-", "_")
    wanted = {"promotion": "sale", "promo": "sale", "closed": "closure", "stockout": "stock_out"}.get(wanted, wanted)
    try:
        return EventKind(wanted)
    except ValueError:
        raise ValueError(f"“{text}” is not a kind of event ({', '.join(EventKind)})") from None


def _day(text: str) -> date:
    for form in _FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ValueError(f"“{text}” is not a date such as 2025-12-24")


def _bad_rows(bad: Sequence[tuple[int, str]], file: str) -> ProblemError:
    shown = "; ".join(f"row {line}: {why}" for line, why in bad[:MAX_ROWS_NAMED])
    more = f" And {len(bad) - MAX_ROWS_NAMED:,} more." if len(bad) > MAX_ROWS_NAMED else ""
    return stop_with(
        "events_not_understood",
        f"{len(bad):,} rows of {file} cannot be used as events."
        if len(bad) > 1
        else f"A row of {file} cannot be used as an event.",
        f"{shown}.{more}",
        "Correct or delete these rows.",
    )


def _no_events(file: str) -> ProblemError:
    return stop_with(
        "no_events",
        f"{file} lists no events.",
        "It has no row below the names of the columns.",
        f"Add rows with {', '.join(COLUMNS)}.",
    )
