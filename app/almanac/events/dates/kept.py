"""Events that a person entered, kept for files of the same shape, with the country whose holidays count.

The caller knows what the shape of a file is. Like corrections of a reading, they are kept in the person's own folder.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from almanac.core import paths
from almanac.core.events import Event, EventKind, Span

MAX_SHAPES = 200  # kept; the oldest is forgotten first


@dataclass(frozen=True)
class KeptEvents:
    """``events``: those that the person entered; ``country``: as for ``public_holidays``, None for none."""

    events: tuple[Event, ...] = ()
    country: str | None = None


def keep_events(shape: str, kept: KeptEvents) -> None:
    """Keep the events of files of this shape, instead of those kept before; empty ones are forgotten."""
    store = _read()
    if store.pop(shape, None) is None and kept == KeptEvents():
        return
    if kept != KeptEvents():
        store[shape] = {"events": [_plain(event) for event in kept.events], "country": kept.country}
    _write(store)


def keeps_any() -> bool:
    """Whether any events are kept."""
    return bool(_read())


def kept_events(shape: str) -> KeptEvents:
    """The events kept for files of this shape; none when nothing is kept, or this version cannot read it."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        kept = _read()[shape]
        country = kept.get("country")
        return KeptEvents(tuple(_event(one) for one in kept["events"]), country if isinstance(country, str) else None)
    return KeptEvents()


def _plain(event: Event) -> dict[str, Any]:
    spans = [[span.first.isoformat(), span.last.isoformat() if span.last else None] for span in event.spans]
    return {
        "name": event.name,
        "kind": event.kind.value,
        "spans": spans,
        "series": list(event.series),
        "yearly": event.yearly,
    }


def _event(plain: dict[str, Any]) -> Event:
    spans = (
        Span(date.fromisoformat(first), date.fromisoformat(last) if last else None) for first, last in plain["spans"]
    )
    return Event(
        str(plain["name"]),
        EventKind(plain["kind"]),
        tuple(spans),
        tuple(map(str, plain["series"])),
        bool(plain["yearly"]),
    )


def _store() -> Path:
    return paths.state() / "events.json"


def _read() -> dict[str, Any]:
    try:
        kept = json.loads(_store().read_text(encoding="utf-8"))
        return kept if isinstance(kept, dict) else {}
    except (OSError, ValueError):  # never a reason not to forecast a file
        return {}


def _write(store: dict[str, Any]) -> None:
    """Replace the store as a whole; a settings folder that cannot be written to is no reason to stop."""
    latest = dict(list(store.items())[-MAX_SHAPES:])
    with suppress(OSError):
        _store().parent.mkdir(parents=True, exist_ok=True)
        new = _store().with_suffix(f".{os.getpid()}.tmp")
        new.write_text(json.dumps(latest, ensure_ascii=False), encoding="utf-8")
        new.replace(_store())
