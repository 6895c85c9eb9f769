"""What a person's answer to an alert does: an event that explains it, and which alerts still count."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.alerts import Alert, AlertAction
from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.events import Event
from almanac.core.jobs import Job
from almanac.core.triggers import Snooze


def explain_alert(alert: Alert, action: AlertAction, name: str, frequency: Frequency) -> Job[Event | None]:
    """The event by which a person explains an alert, as a one-off or as sold out, to be kept with the file's others.

    None when the alert has no time, or the action explains nothing.
    """
    from almanac import drift

    yield from ()
    return drift.as_event(alert, action, name, frequency)


def open_alerts(alerts: Sequence[Alert], snoozes: Sequence[Snooze]) -> Job[tuple[Alert, ...]]:
    """The alerts that no snooze silences."""
    from almanac import drift

    yield from ()
    return drift.awake(alerts, snoozes)
