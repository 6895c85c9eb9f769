"""Use cases about the alerts of a project: those that need a look, and the answer to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.jobs import Job, Progress
from almanac.workflow.history.access import open_history, there_is_a_history

ANSWER = "alert"  # the kind of the decision that is kept


@dataclass(frozen=True)
class OpenAlert:
    """An alert that needs a look, with the id under which it is kept."""

    id: str
    alert: Alert


def project_alerts(project: str) -> Job[tuple[OpenAlert, ...]]:
    """The alerts of a project that nobody has answered, the latest first."""
    from almanac import history

    yield Progress(0, 0, "Looking for what changed")
    if not there_is_a_history():
        return ()
    with open_history() as store:
        kept = store.all(history.Alert, project=project, state="open")
    return tuple(OpenAlert(one.id, alert_of_dict(one.body)) for one in kept)


def answer_alert(alert: str, action: AlertAction) -> Job[None]:
    """Keep what a person did about an alert, which then no longer needs a look.

    Raises ``ProblemError`` when it is not there.
    """
    from almanac import history

    yield Progress(0, 0, "Saving your answer")
    with open_history() as store:
        project = store.one(history.Alert, alert).project
        with store.writing() as writer:
            writer.change(history.Alert, alert, state="done")
            decision = history.Decision(ANSWER, {"action": action.value}, project=project, alert=alert)
            writer.add(decision)
            writer.note("decision", decision.id, about=action.value)


def alert_of_dict(body: Mapping[str, Any]) -> Alert:
    """An alert as it was before it was kept; see ``plain.alert_to_dict``."""
    size = body["size"]
    return Alert(
        **{
            **body,
            "kind": AlertKind(body["kind"]),
            "actions": tuple(AlertAction(action) for action in body["actions"]),
            "size": nan if size is None else size,
        }
    )
