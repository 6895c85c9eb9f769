"""A person says on which weekdays something is open: the forecast and its totals follow; kept for the file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from almanac import workflow
from almanac.core.jobs import run
from almanac.workflow import EventChoice, ForecastOptions
from almanac.workflow.forecasts.open_days import open_weekdays
from almanac.workflow.results import ForecastResult

MONDAY, DAYS, SUNDAY = date(2025, 1, 6), 140, 6


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Twenty weeks of a shop that is closed on Sundays."""
    rng = np.random.default_rng(0)
    days = [MONDAY + timedelta(n) for n in range(DAYS) if n % 7 != SUNDAY]
    rows = [f"{day},{100 + 10 * day.weekday() + rng.normal(0, 3):.0f}" for day in days]
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(["day,sold", *rows]))
    return path


def forecast(path: Path, weekdays: tuple[int, ...] | None, kept: bool = False) -> ForecastResult:
    choice = None if kept else EventChoice(weekdays=weekdays)
    options = ForecastOptions(horizon=14, model="quick", device="cpu", calibrate=False, events=choice)
    return run(workflow.forecast(run(workflow.check(path)), options, path if kept else None))


def closed_days(result: ForecastResult) -> set[int]:
    first = result.forecast.frequency.dates(result.forecast.first)[0].astype("datetime64[D]").item()
    return {(first + timedelta(int(k))).weekday() for k in np.flatnonzero(result.forecast.mean[0] == 0)}


def test_a_day_that_is_taken_out_is_not_forecast(shop: Path) -> None:
    assert open_weekdays(run(workflow.check(shop)).series) == (0, 1, 2, 3, 4, 5)
    usual, less = forecast(shop, None), forecast(shop, (1, 2, 3, 4, 5))
    assert closed_days(usual) == {SUNDAY}
    assert closed_days(less) == {0, SUNDAY}
    totals = [run(workflow.totals(one)).point[0, 0] for one in (usual, less)]
    assert totals[1] == pytest.approx(totals[0] * 5 / 6, rel=0.1)
    assert "Closed on Mondays" in [effect.name for effect in less.events]


def test_a_day_that_was_never_open_is_forecast_when_it_is_added(shop: Path) -> None:
    more = forecast(shop, (0, 1, 2, 3, 4, 5, 6))
    assert closed_days(more) == set()
    assert more.forecast.median[0, 6:14:7] == pytest.approx(130, abs=60)


def test_it_is_kept_for_the_file(shop: Path) -> None:
    run(workflow.remember_events(shop, EventChoice(weekdays=(1, 2, 3, 4, 5))))
    assert run(workflow.remembered_events(shop)).weekdays == (1, 2, 3, 4, 5)
    assert closed_days(forecast(shop, None, kept=True)) == {0, SUNDAY}
