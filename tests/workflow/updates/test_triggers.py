"""Triggers of a project: their settings, and a record of each time that one fired."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.history.builders import add_run

from almanac import history
from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.triggers import Firing, Reaction, Trigger, TriggerSettings
from almanac.wording.watching.triggers import done_sentences
from almanac.workflow.history.access import open_history
from almanac.workflow.updates.triggers import choose_triggers, fired_for, keep_firings, trigger_settings

LEVEL = Alert(AlertKind.LEVEL, "Bread", 640, 648, 0.18, 0.4, (AlertAction.KEEP_WATCHING,))
CHOSEN = TriggerSettings(0.25, Reaction.ALWAYS, Reaction.NEVER, Reaction.ASK, Reaction.NEVER)


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ALMANAC_HISTORY", "on")
    with open_history() as store:
        return add_run(store).project


def test_what_is_chosen_counts_for_this_project_alone(project: str) -> None:
    with open_history() as store, store.writing() as writer:
        writer.remove(history.TriggerChoice, project=project)
    assert run(trigger_settings(project)) == TriggerSettings()
    run(choose_triggers(project, replace(CHOSEN, per_year=4.0)))
    run(choose_triggers(project, CHOSEN))
    assert run(trigger_settings(project)) == CHOSEN
    assert run(trigger_settings("another")) == TriggerSettings()
    with open_history() as store:
        assert [one.kind for one in store.all(history.Decision, project=project)][:2] == ["triggers", "triggers"]
        assert history.first_fault(store.connection) is None
    with pytest.raises(ProblemError):
        run(choose_triggers("another", CHOSEN))


def test_a_change_that_is_still_there_asks_for_another_model_and_each_firing_is_kept(project: str) -> None:
    run(choose_triggers(project, TriggerSettings()))
    with open_history() as store:
        with store.writing() as writer:
            writer.remove(history.Firing, project=project)
        (first,) = fired_for(store, project, [LEVEL])
        assert first == Firing(Trigger.FORECAST_AGAIN, Reaction.ASK, AlertKind.LEVEL, "Bread", 640)
        alert = history.Alert(project, {})
        with store.writing() as writer:
            writer.add(alert)
            keep_firings(writer, project, [first], {("Bread", "level"): alert.id})
        (kept,) = store.all(history.Firing, project=project)
        assert (Firing.of_dict(kept.body), kept.alert) == (first, alert.id)
        (second,) = fired_for(store, project, [LEVEL])
        assert second.trigger is Trigger.OTHER_MODEL
        last = store.all(history.Run, project=project)[0]
        newer = replace(last, model="toy@2", id="newer", created_at=history.Alert(project, {}).created_at)
        with store.writing() as writer:
            writer.add(newer)
        assert fired_for(store, project, [LEVEL])[0].trigger is Trigger.ROLLBACK


def test_only_what_was_done_is_said() -> None:
    asked = Firing(Trigger.FORECAST_AGAIN, Reaction.ASK, AlertKind.LEVEL, "Bread", 640)
    done = Firing(Trigger.RECALIBRATE, Reaction.ALWAYS, AlertKind.SPREAD, "Bread", 640)
    assert done_sentences([asked, done, replace(done, series="Milk")]) == (
        "The ranges are corrected as soon as enough values have come since they began to swing more widely.",
    )
