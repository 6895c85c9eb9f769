"""Which triggers fire for which alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from almanac.core.alerts import Alert, AlertKind
from almanac.core.triggers import Firing, Reaction, Snooze, Trigger, TriggerSettings

# The first time a change is seen, and when it is still seen after that was done.
_FIRST: Mapping[AlertKind, Trigger] = {
    AlertKind.LEVEL: Trigger.FORECAST_AGAIN,
    AlertKind.TREND: Trigger.FORECAST_AGAIN,
    AlertKind.SEASON: Trigger.FORECAST_AGAIN,
    AlertKind.SPREAD: Trigger.RECALIBRATE,
}


def awake(alerts: Sequence[Alert], snoozes: Sequence[Snooze]) -> tuple[Alert, ...]:
    """The alerts that no snooze silences."""
    return tuple(alert for alert in alerts if not any(snooze.covers(alert) for snooze in snoozes))


def fired(
    alerts: Sequence[Alert], settings: TriggerSettings, earlier: Sequence[Firing] = (), newer_model: bool = False
) -> tuple[Firing, ...]:
    """What each alert triggers, given what fired ``earlier`` for this workbook.

    A change that is still seen after its first trigger fired asks for the other model; for the model before, when the
    model is newer than the last forecast without alerts (``newer_model``). A broken spreadsheet triggers nothing: it
    is to be mended first.
    """
    done = {(one.series, one.kind) for one in earlier}
    found = []
    for alert in alerts:
        if alert.is_certain or alert.kind not in _FIRST:
            continue
        again = Trigger.ROLLBACK if newer_model else Trigger.OTHER_MODEL
        trigger = again if (alert.series, alert.kind) in done else _FIRST[alert.kind]
        reaction = settings.reaction(trigger)
        if reaction is not Reaction.NEVER:
            found.append(Firing(trigger, reaction, alert.kind, alert.series, alert.since))
    return tuple(found)
