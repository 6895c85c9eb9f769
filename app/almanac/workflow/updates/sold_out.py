"""Times when it was sold out: sales then say how much there was, and not how much was wanted.

Who orders by the forecast sells no more than was forecast, and a model that takes those sales for what was wanted
forecasts less each time. So they are neither learned from, nor is a forecast scored, corrected or doubted by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from almanac.core.arrays import Flags
from almanac.core.entered.events import Event, EventKind

if TYPE_CHECKING:
    from almanac.history import Store
    from almanac.tables import ReadFile


def sold_out(file: ReadFile, dated: Sequence[Event]) -> Flags:
    """The values of a file from such times, by events and by columns of the file: bool [points]."""
    from almanac import events

    return events.points_during(file.series, dated, file.event_columns, (EventKind.STOCK_OUT,))


def project_events(store: Store, project: str) -> tuple[Event, ...]:
    """The events that counted for the latest forecast of a project, but for those that cannot be read."""
    from almanac import history

    found = []
    for one in reversed(store.all(history.Event, project=project)):
        with suppress(KeyError, TypeError, ValueError):  # kept by a newer version
            found.append(Event.of_dict(one.body))
    return tuple(found)
