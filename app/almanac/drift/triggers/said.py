"""Changes that were already said to a person."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.alerts import Alert, AlertKind

LARGER = 2.0  # times as large as was said, from which a change is news; chosen by judgement
_MOVING = (AlertKind.LEVEL, AlertKind.TREND)  # one is often taken for the other


def unsaid(alerts: Sequence[Alert], said: Sequence[Alert], memory: int) -> tuple[Alert, ...]:
    """The alerts that do not only show again what was ``said``.

    A forecast from before a change goes on to miss it. So the same change, of the same series or of the whole workbook
    and in the same direction, is news again ``memory`` periods after it began, when forecasts know of it, or when it
    is twice as large. What is seen in the spreadsheet without statistics is said each time: it is to be mended.
    """
    return tuple(alert for alert in alerts if not any(_is_same(alert, one, memory) for one in said))


def _is_same(alert: Alert, before: Alert, memory: int) -> bool:
    """Whether both are of one change."""
    if alert.is_certain or before.is_certain or alert.since is None or before.since is None:
        return False
    moving = alert.kind in _MOVING
    kind = before.kind in _MOVING if moving else alert.kind is before.kind
    return (
        kind
        and before.series in ("", alert.series)
        and before.since <= alert.since <= before.since + memory
        and not (moving and _is_news(alert, before))
    )


def _is_news(alert: Alert, before: Alert) -> bool:
    """Whether it went on to another level: in the other direction, or much further."""
    now, then = (one.size if one.has_share else one.amount for one in (alert, before))
    return now * then < 0 or abs(now) >= LARGER * abs(then)
