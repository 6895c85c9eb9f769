"""Alerts that a person explains: as a one-off, or as a stretch in which the shop was sold out."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from almanac.core.alerts import Alert, AlertAction
from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.events import Event, EventKind, Span

# What a model must not learn from. While a shop is sold out, sales say how much there was and not how much was wanted;
# who orders by the forecast would keep it too low forever. So these values count as unknown.
_KINDS = {AlertAction.MARK_ONE_OFF: EventKind.EXCEPTIONAL, AlertAction.ASK_STOCK: EventKind.STOCK_OUT}


def as_event(alert: Alert, action: AlertAction, name: str, frequency: Frequency) -> Event | None:
    """The event that explains an alert; None when it has no time, or the action explains nothing."""
    if action not in _KINDS or alert.since is None or alert.last is None or not frequency.dated:
        return None
    first, after = (_day(frequency, number) for number in (alert.since, alert.last + 1))
    span = Span(first, max(after - timedelta(days=1), first))
    return Event(name, _KINDS[action], (span,), (alert.series,) if alert.series else ())


def _day(frequency: Frequency, number: int) -> date:
    day: date = frequency.dates(np.array([number], np.int64))[0].astype("datetime64[D]").item()
    return day
