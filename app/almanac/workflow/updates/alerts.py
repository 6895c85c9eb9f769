"""Use cases about the alerts of a project: those that need a look, and the answer to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import TYPE_CHECKING, Any

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.calendar.frequency import Frequency
from almanac.core.calendar.years import year_in_periods
from almanac.core.jobs import Job, Progress
from almanac.core.triggers import Snooze
from almanac.workflow.history.access import file_of, open_history, there_is_a_history
from almanac.workflow.updates.past_runs import latest_reading, renamings

if TYPE_CHECKING:
    from almanac import history
    from almanac.history import Store

ANSWER = "alert"  # the kind of the decision that is kept
OPEN, SNOOZED, DONE = "open", "snoozed", "done"
SNOOZED_PERIODS = 3  # where a year is no whole number of periods
SNOOZES_A_YEAR = 4


@dataclass(frozen=True)
class OpenAlert:
    """An alert that needs a look, with the id under which it is kept."""

    id: str
    alert: Alert


def project_alerts(project: str) -> Job[tuple[OpenAlert, ...]]:
    """The alerts of a project that nobody has answered, the latest first, and those whose rest is over."""
    from almanac import history

    yield Progress(0, 0, "Looking for what changed")
    if not there_is_a_history():
        return ()
    with open_history() as store:
        kept = store.all(history.Alert, project=project, state=OPEN)
        asleep = store.all(history.Alert, project=project, state=SNOOZED)
        if asleep:
            now = int(file_of(store, latest_reading(store, project).id).series.last.max())
            kept = tuple(sorted((*kept, *(one for one in asleep if int(one.until) < now)), key=_age, reverse=True))
    return tuple(OpenAlert(one.id, alert_of_dict(one.body)) for one in kept)


def _age(alert: history.Alert) -> Any:
    return alert.created_at


def answer_alert(alert: str, action: AlertAction) -> Job[None]:
    """Keep what a person did about an alert, which then no longer needs a look; a snoozed one for a quarter of a year.

    Raises ``ProblemError`` when it is not there.
    """
    from almanac import history

    yield Progress(0, 0, "Saving your answer")
    with open_history() as store:
        kept = store.one(history.Alert, alert)
        asleep = action is AlertAction.SNOOZE
        until = str(_snoozed_until(store, kept)) if asleep else ""
        with store.writing() as writer:
            writer.change(history.Alert, alert, state=SNOOZED if asleep else DONE, until=until)
            decision = history.Decision(ANSWER, {"action": action.value}, project=kept.project, alert=alert)
            writer.add(decision)
            writer.note("decision", decision.id, about=action.value)


def _snoozed_until(store: Store, alert: history.Alert) -> int:
    """The last period in which a snoozed alert is silent."""
    series = file_of(store, latest_reading(store, alert.project).id).series
    return int(series.last.max()) + quarter_of_year(series.frequency)


def quarter_of_year(frequency: Frequency) -> int:
    """How many periods a snooze lasts: a quarter of a year, at least one."""
    year = year_in_periods(frequency)
    return SNOOZED_PERIODS if year is None else max(round(year / SNOOZES_A_YEAR), 1)


def snoozes_of(store: Store, project: str) -> Sequence[Snooze]:
    """What is silent in a project now, and up to which period."""
    from almanac import history

    kept = store.all(history.Alert, project=project, state=SNOOZED)
    return [Snooze(AlertKind(one.body["kind"]), one.body["series"], int(one.until)) for one in kept]


def said_of(store: Store, project: str) -> list[Alert]:
    """The changes that were already said of a project, by the names that its series have now.

    Without those that a person explained as a one-off or as sold out: that such a one goes on is news.
    """
    from almanac import history

    explained = {
        decision.alert
        for decision in store.all(history.Decision, project=project)
        if decision.body.get("action") in (AlertAction.MARK_ONE_OFF.value, AlertAction.ASK_STOCK.value)
    }
    names = renamings(store, project)
    kept = [alert_of_dict(one.body) for one in store.all(history.Alert, project=project) if one.id not in explained]
    return [replace(alert, series=names.get(alert.series, alert.series)) for alert in kept]


def alert_of_dict(body: Mapping[str, Any]) -> Alert:
    """An alert as it was before it was kept; see ``plain.alert_to_dict``."""
    typed: dict[str, Any] = {
        "kind": AlertKind(body["kind"]),
        "actions": tuple(AlertAction(action) for action in body["actions"]),
        **{name: nan if body.get(name) is None else body[name] for name in ("size", "amount")},
    }
    return Alert(**{**body, **typed})
