"""Ranges are corrected for a change where the trigger acted or the person said so, and only there."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from tests.builders import TOY

from almanac import history
from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.arrays import Floats
from almanac.core.jobs import run
from almanac.core.triggers import Firing, Reaction, Trigger
from almanac.workflow.forecasts.make_forecast import ForecastOptions, forecast
from almanac.workflow.history.access import open_history
from almanac.workflow.history.kept import Kept
from almanac.workflow.read_file import check
from almanac.workflow.results import ForecastResult
from almanac.workflow.updates.alerts import answer_alert
from almanac.workflow.updates.plain import alert_to_dict

STORES = ("North", "South")
CHANGE = 610  # November 2020, of values from January 2017 to December 2021
WIDER = Alert(AlertKind.SPREAD, "South", CHANGE, CHANGE + 13, 3.0, 0.01, (AlertAction.RECALIBRATE,))


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ForecastResult:
    """The values of two stores swing four times as widely in the last 14 months."""
    monkeypatch.setenv("ALMANAC_MODELS", str(TOY.parent))
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("ALMANAC_HISTORY", raising=False)
    path, rng, rows = tmp_path / "sales.csv", random.Random(3), []
    for t in range(60):
        swing = 40 if 564 + t >= CHANGE else 10
        rows += [f"{2017 + t // 12}-{t % 12 + 1:02d},{name},{300 + rng.gauss(0, swing):.1f}" for name in STORES]
    path.write_text("Month,Store,Sales\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return made_again(path)


def made_again(path: Path) -> ForecastResult:
    return run(forecast(run(check(path)), ForecastOptions(3), path))


def kept_of(result: ForecastResult) -> Kept:
    assert result.kept is not None
    return result.kept


def widths(result: ForecastResult) -> Floats:
    _, low, high = result.forecast.shown
    return np.asarray((high - low).mean(axis=1))


def test_the_person_says_so_about_an_alert(made: ForecastResult) -> None:
    kept = kept_of(made)
    one = history.Alert(kept.project, alert_to_dict(WIDER))
    with open_history() as store, store.writing() as writer:
        writer.add(one)
    run(answer_alert(one.id, AlertAction.RECALIBRATE))
    after = made_again(Path(kept.path))
    assert widths(after)[1] > 1.2 * widths(made)[1]
    assert widths(after)[0] == pytest.approx(widths(made)[0])
    assert "The ranges of 1 series are wider, as values swing more since a change." in after.range_note


@pytest.mark.parametrize(("reaction", "wider"), [(Reaction.ALWAYS, True), (Reaction.ASK, False)])
def test_the_trigger_acts_by_itself_only_where_it_may(made: ForecastResult, reaction: Reaction, wider: bool) -> None:
    kept = kept_of(made)
    firing = Firing(Trigger.RECALIBRATE, reaction, AlertKind.SPREAD, "", CHANGE)  # of the whole workbook
    with open_history() as store, store.writing() as writer:
        writer.add(history.Firing(kept.project, firing.to_dict()))
    after = made_again(Path(kept.path))
    assert (widths(after) > 1.2 * widths(made)).tolist() == [wider] * 2
    assert ("2 series are wider" in after.range_note) is wider
