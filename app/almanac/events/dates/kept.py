"""Events that a person entered, kept for files of the same shape, with the country whose holidays count.

The caller knows what the shape of a file is. Like corrections of a reading, they are kept in the person's own folder.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from almanac.core.entered.events import Event
from almanac.core.entered.kept import KeptStore

_STORE = KeptStore("events.json")


@dataclass(frozen=True)
class KeptEvents:
    """``events``: those that the person entered; ``country``: as for ``public_holidays``, None for none;
    ``weekdays``: those (0 for Monday) on which it is open, None for those of the file."""

    events: tuple[Event, ...] = ()
    country: str | None = None
    weekdays: tuple[int, ...] | None = None


def keep_events(shape: str, kept: KeptEvents) -> None:
    """Keep the events of files of this shape, instead of those kept before; empty ones are forgotten."""
    plain = {"events": [event.to_dict() for event in kept.events], "country": kept.country, "weekdays": kept.weekdays}
    _STORE.keep(shape, None if kept == KeptEvents() else plain)


def keeps_any() -> bool:
    """Whether any events are kept."""
    return not _STORE.is_empty


def kept_events(shape: str) -> KeptEvents:
    """The events kept for files of this shape; none when nothing is kept, or this version cannot read it."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        kept = _STORE.entry(shape)
        country = kept.get("country")
        days = kept.get("weekdays")
        weekdays = None if days is None else tuple(map(int, days))
        events = tuple(Event.of_dict(one) for one in kept["events"])
        return KeptEvents(events, country if isinstance(country, str) else None, weekdays)
    return KeptEvents()
