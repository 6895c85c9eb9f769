"""Alerts of a project that need a look, and the answer to one."""

from __future__ import annotations

from math import isnan

import pytest

from almanac import history
from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.workflow.history.access import open_history
from almanac.workflow.updates.alerts import alert_of_dict, answer_alert, project_alerts
from almanac.workflow.updates.plain import alert_to_dict

ACTIONS = (AlertAction.MARK_ONE_OFF, AlertAction.KEEP_WATCHING)
LEVEL = Alert(AlertKind.LEVEL, "Bread", 640, 648, 0.18, 0.4, ACTIONS)


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_HISTORY", "on")


def test_an_alert_needs_a_look_until_it_is_answered() -> None:
    project = history.Project("Shop", "shape")
    one, other = (history.Alert(project.id, alert_to_dict(LEVEL)) for _ in range(2))
    with open_history() as store, store.writing() as writer:
        for record in (project, one, other):
            writer.add(record)
    assert [found.alert for found in run(project_alerts(project.id))] == [LEVEL, LEVEL]
    run(answer_alert(one.id, AlertAction.KEEP_WATCHING))
    assert [found.id for found in run(project_alerts(project.id))] == [other.id]
    with open_history() as store:
        (decision,) = store.all(history.Decision, project=project.id)
    assert (decision.alert, decision.body["action"]) == (one.id, "keep_watching")


def test_there_are_none_without_a_history() -> None:
    assert run(project_alerts("nothing")) == ()


def test_an_alert_that_is_not_there_cannot_be_answered() -> None:
    with pytest.raises(ProblemError):
        run(answer_alert("nothing", AlertAction.KEEP_WATCHING))


def test_what_has_no_size_comes_back_without_one() -> None:
    assert isnan(alert_of_dict(alert_to_dict(Alert(AlertKind.VANISHED, "Bread", None, None))).size)
