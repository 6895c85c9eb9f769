"""Alerts of a project that need a look, and the answer to one."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest

from almanac import history
from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.calendar.frequency import DAILY, MONTHLY, ROWS, WEEKLY, YEARLY, Frequency
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import ReadFile
from almanac.workflow.history.access import open_history
from almanac.workflow.history.keep import keep_reading
from almanac.workflow.read_file import check
from almanac.workflow.updates.alerts import (
    alert_of_dict,
    answer_alert,
    project_alerts,
    quarter_of_year,
    said_of,
    snoozes_of,
)
from almanac.workflow.updates.past_runs import RENAMED
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


def test_what_was_said_and_not_explained_is_not_said_again() -> None:
    project = history.Project("Shop", "shape")
    kept = [history.Alert(project.id, alert_to_dict(replace(LEVEL, series=name))) for name in ("Bread", "Milk", "Tea")]
    renamed = history.Decision(RENAMED, {"renamed": [["Milk", "Whole milk"]]}, project=project.id)
    with open_history() as store, store.writing() as writer:
        for record in (project, *kept, renamed):
            writer.add(record)
    run(answer_alert(kept[0].id, AlertAction.KEEP_WATCHING))
    run(answer_alert(kept[2].id, AlertAction.MARK_ONE_OFF))  # that it goes on would be news
    with open_history() as store:
        assert {alert.series for alert in said_of(store, project.id)} == {"Bread", "Whole milk"}


@pytest.mark.parametrize(("frequency", "periods"), [(MONTHLY, 3), (WEEKLY, 13), (DAILY, 91), (YEARLY, 1), (ROWS, 3)])
def test_a_snooze_lasts_a_quarter_of_a_year(frequency: Frequency, periods: int) -> None:
    assert quarter_of_year(frequency) == periods


def test_a_snoozed_alert_is_silent_until_new_data_come_after_its_rest(tmp_path: Path) -> None:
    def reading(months: int) -> ReadFile:
        path = tmp_path / "sales.csv"
        lines = (f"{2020 + k // 12}-{k % 12 + 1:02},{100 + k % 12}" for k in range(months))
        path.write_text("month,Bread\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return run(check(path))

    with open_history() as store:
        project, _ = keep_reading(store, reading(30), "sales.csv", None)
        one = history.Alert(project, alert_to_dict(replace(LEVEL, last=629)))  # June 2022, the last month
        with store.writing() as writer:
            writer.add(one)
    run(answer_alert(one.id, AlertAction.SNOOZE))
    assert run(project_alerts(project)) == ()
    with open_history() as store:
        (snooze,) = snoozes_of(store, project)
        assert snooze.covers(replace(LEVEL, last=632))  # seen again within three months: silent
        assert not snooze.covers(replace(LEVEL, last=633))
        assert not snooze.covers(replace(LEVEL, series="Milk", last=630))
        keep_reading(store, reading(33), "sales.csv", project)
    assert run(project_alerts(project)) == ()
    with open_history() as store:
        keep_reading(store, reading(34), "sales.csv", project)
    assert [found.id for found in run(project_alerts(project))] == [one.id]
