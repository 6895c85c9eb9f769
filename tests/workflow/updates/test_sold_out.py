"""While it is sold out, sales say how much there was: nothing is scored, doubted or learned by them."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.builders import TOY

from almanac import history
from almanac.core.alerts import AlertKind
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.jobs import run
from almanac.workflow.forecasts.event_use import EventChoice
from almanac.workflow.forecasts.make_forecast import ForecastOptions, forecast
from almanac.workflow.history.access import open_history
from almanac.workflow.read_file import check
from almanac.workflow.updates.new_data import Accepted, accept_update, project_scores, propose_update
from almanac.workflow.updates.sold_out import project_events

MONTHS = [f"{year}-{month:02d}" for year in range(2020, 2026) for month in range(1, 13)]
CUT, NOW = 54, 60
OUT = Event("Sold out", EventKind.STOCK_OUT, (Span(date(2024, 8, 1), date(2024, 11, 30)),), ("South",))


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_MODELS", str(TOY.parent))
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("ALMANAC_HISTORY", raising=False)


def shop(path: Path, months: int, column: bool = False) -> Path:
    """Two stores; in South nothing could be sold from August to November 2024."""
    rows = []
    for t in range(months):
        for store in ("North", "South"):
            out = store == "South" and 55 <= t <= 58
            sold = 0 if out else random.Random(f"{store}{t}").randint(200, 260)
            rows.append(f"{MONTHS[t]},{store},{sold}" + (f",{int(out)}" if column else ""))
    path.write_text("Month,Store,Sales" + (",Sold out" if column else "") + "\n" + "\n".join(rows) + "\n")
    return path


def second_half(tmp_path: Path, events: tuple[Event, ...] = (), column: bool = False) -> Accepted:
    earlier = shop(tmp_path / "june.csv", CUT, column)
    made = run(forecast(run(check(earlier)), ForecastOptions(6, events=EventChoice(events)), earlier))
    assert made.kept is not None
    return run(accept_update(run(propose_update(shop(tmp_path / "year.csv", NOW, column))), ForecastOptions(6)))


def kinds(found: Accepted) -> set[AlertKind]:
    return {alert.kind for alert in found.alerts if alert.series == "South"}


def test_without_a_word_the_empty_months_are_a_change_and_count_against_the_forecast(tmp_path: Path) -> None:
    found = second_half(tmp_path)
    assert AlertKind.ZEROS in kinds(found)
    assert found.scores is not None
    assert (found.scores.capped, dict(found.scores.by_series)["South"].checks) == (0, 6)


@pytest.mark.parametrize("column", [False, True])
def test_what_an_event_or_a_column_says_was_sold_out_is_no_change_and_no_miss(tmp_path: Path, column: bool) -> None:
    found = second_half(tmp_path, () if column else (OUT,), column)
    assert kinds(found) == set()
    assert found.scores is not None
    assert (found.scores.capped, dict(found.scores.by_series)["South"].checks) == (4, 2)
    again = run(project_scores(found.proposal.project))
    assert again is not None
    assert again.capped == 4
    assert found.result.forecast.point[1].min() > 150  # and what is wanted is forecast, not what there was
    assert np.isfinite(found.result.forecast.point).all()


def test_the_events_of_the_latest_forecast_are_those_of_the_project(tmp_path: Path) -> None:
    path = shop(tmp_path / "june.csv", CUT)
    file = run(check(path))
    run(forecast(file, ForecastOptions(6, events=EventChoice((OUT,))), path))
    made = run(forecast(file, ForecastOptions(6, events=EventChoice((OUT,))), path))
    assert made.kept is not None
    with open_history() as store:
        assert len(store.all(history.Event)) == 1
        assert project_events(store, made.kept.project) == (OUT,)
        with store.writing() as writer:
            writer.add(history.Event(made.kept.project, {"kind": "of another version"}))
        assert project_events(store, made.kept.project) == (OUT,)
    run(forecast(file, ForecastOptions(6, events=EventChoice()), path))
    with open_history() as store:
        assert store.all(history.Event) == ()
