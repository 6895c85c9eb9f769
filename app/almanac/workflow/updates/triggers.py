"""Use cases about the triggers of a project: how they act, and a record of each time that one fired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from almanac.core.alerts import Alert, AlertAction
from almanac.core.jobs import Job, Progress
from almanac.core.triggers import Firing, Reaction, Trigger, TriggerSettings
from almanac.workflow.history.access import open_history, there_is_a_history

if TYPE_CHECKING:
    from almanac.history import Store, Writer

TRIGGERS_CHOSEN = "triggers"  # the kind of the decision that is kept
_BY_ITSELF = (Trigger.RECALIBRATE, Reaction.ALWAYS)


def trigger_settings(project: str) -> Job[TriggerSettings]:
    """How the triggers of a project act; as proposed where a person chose nothing."""
    yield Progress(0, 0, "Looking up your settings")
    if not there_is_a_history():
        return TriggerSettings()
    with open_history() as store:
        return settings_of(store, project)


def choose_triggers(project: str, settings: TriggerSettings) -> Job[TriggerSettings]:
    """Let the triggers of a project act like this. Raises ``ProblemError`` when the project is not there."""
    from almanac import history

    yield Progress(0, 0, "Saving your settings")
    with open_history() as store:
        store.one(history.Project, project)
        with store.writing() as writer:
            writer.remove(history.TriggerChoice, project=project)
            writer.add(history.TriggerChoice(project, settings.to_dict()))
            decision = history.Decision(TRIGGERS_CHOSEN, settings.to_dict(), project=project)
            writer.add(decision)
            writer.note("decision", decision.id, about=TRIGGERS_CHOSEN)
    return settings


def settings_of(store: Store, project: str) -> TriggerSettings:
    """How the triggers of a project act."""
    from almanac import history

    kept = store.all(history.TriggerChoice, project=project)
    return TriggerSettings.of_dict(kept[0].body) if kept else TriggerSettings()


def fired_for(store: Store, project: str, alerts: Sequence[Alert]) -> tuple[Firing, ...]:
    """What the alerts of new data trigger, given what fired before, and whether the model has changed since."""
    from almanac import drift, history

    earlier = [Firing.of_dict(one.body) for one in store.all(history.Firing, project=project)]
    models = [run.model for run in store.all(history.Run, project=project, deleted="")[:2]]
    return drift.fired(alerts, settings_of(store, project), earlier, _is_newer(models))


def corrected_since(store: Store, project: str) -> dict[str, int]:
    """Series (empty: all) whose ranges are to follow what happened since a change, each with the period in which the
    latest began: where the trigger acted, or the person said so about an alert.
    """
    from almanac import history

    acted = [Firing.of_dict(one.body) for one in store.all(history.Firing, project=project)]
    found = [(one.series, one.since) for one in acted if (one.trigger, one.reaction) == _BY_ITSELF]
    for decision in store.all(history.Decision, project=project):
        if decision.alert is not None and decision.body.get("action") == AlertAction.RECALIBRATE.value:
            body = store.one(history.Alert, decision.alert).body
            found.append((str(body["series"]), body["since"]))
    since: dict[str, int] = {}
    for name, period in found:
        if period is not None:
            since[name] = max(since.get(name, period), period)
    return since


def _is_newer(models: Sequence[str]) -> bool:
    """Whether the last forecast was made by another version of the model than the one before; the latest first."""
    if len(models) < 2 or models[0] == models[1]:
        return False
    return models[0].partition("@")[0] == models[1].partition("@")[0]


def keep_firings(writer: Writer, project: str, firings: Sequence[Firing], ids: Mapping[tuple[str, str], str]) -> None:
    """Keep what fired; ``ids``: of the alerts, by series and kind."""
    from almanac import history

    for one in firings:
        kept = history.Firing(project, one.to_dict(), ids.get((one.series, one.kind.value)))
        writer.add(kept)
        writer.note("firing", kept.id, about=one.trigger.value, reaction=one.reaction.value)
