"""With events, totals are forecast and reconciled as without: the effects of the parts are in the total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from almanac import workflow
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.jobs import run
from almanac.totals import Grouping
from almanac.workflow import EventChoice, ForecastOptions
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import align
from almanac.workflow.totalling.hierarchy import groups_to_forecast
from almanac.workflow.totalling.total_ranges import offsets_of

START, DAYS, AHEAD, EFFECT = date(2024, 1, 1), 300, 14, 0.8
SALES = np.arange(DAYS + AHEAD) % 23 < 3
SHUT = DAYS + 12  # everything is closed on this day


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ForecastResult:
    rng = np.random.default_rng(1)
    rows = ["day,store,product,sold"]
    for t in range(DAYS):
        for k, (store, product) in enumerate((s, p) for s in "AB" for p in ("Tea", "Milk")):
            more = 1 + EFFECT * (SALES[t] and product == "Tea")
            value = 100 * (k + 1) * (1 + 0.2 * (t % 7 == 5)) * more * np.exp(0.05 * rng.standard_normal())
            rows.append(f"{START + timedelta(t)},{store},{product},{value:.0f}")
    path = tmp_path_factory.mktemp("totals") / "shops.csv"
    path.write_text("\n".join(rows))
    spans = [Span(START + timedelta(int(t)), START + timedelta(int(t))) for t in np.flatnonzero(SALES)]
    shut = Span(START + timedelta(SHUT), START + timedelta(SHUT))
    events = Event("Tea days", EventKind.SALE, tuple(spans), ("Tea",)), Event("Fair", EventKind.CLOSURE, (shut,))
    options = ForecastOptions(horizon=AHEAD, model="quick", device="cpu", events=EventChoice(events))
    return run(workflow.forecast(run(workflow.check(path)), options))


def test_totals_are_forecast_with_the_effect_of_their_parts(made: ForecastResult) -> None:
    assert made.hierarchy is not None
    on = SALES[DAYS : DAYS + AHEAD]
    assert on.any()
    everything = made.hierarchy.own_means[0]
    usual = 1000 * (1 + 0.2 * (np.arange(DAYS, DAYS + AHEAD) % 7 == 5))
    shut = np.arange(DAYS, DAYS + AHEAD) == SHUT
    expected = usual * np.where(on, 1 + EFFECT * 0.4, 1)  # tea is 400 of 1,000
    assert everything[~shut] == pytest.approx(expected[~shut], rel=0.1)
    assert everything[shut] == 0


def test_parts_sum_to_totals(made: ForecastResult) -> None:
    found = run(workflow.totals(made, ("store", "product")))
    point = {group.name: found.point[g, 0] for g, group in enumerate(found.groups)}
    assert point["A"] + point["B"] == pytest.approx(point["Everything"], rel=1e-9)
    assert point["Tea"] + point["Milk"] == pytest.approx(point["Everything"], rel=1e-9)
    assert found.coverage is not None
    steps = run(workflow.totals(made, (), "week"))
    assert steps.point.sum() == pytest.approx(point["Everything"], rel=1e-9)


def test_an_uncertain_effect_moves_all_series_of_a_total_together(made: ForecastResult) -> None:
    """As sure as such sales are here, little is shared; were each a matter of luck, the total would be far wider."""
    (tea,) = {one.series.tobytes(): one.series for one in made.event_spreads}.values()
    assert set(np.array(made.forecast.names)[tea]) == {"A · Tea", "B · Tea"}
    unsure = tuple(replace(one, spread=100 * one.spread) for one in made.event_spreads)

    on = int(np.flatnonzero(~SALES[DAYS:])[0])  # the days of the sale are the first of the forecast

    def width(result: ForecastResult, product: str) -> float:
        parts = align(result.forecast, result.file.series)
        by_product = groups_to_forecast(parts)
        assert by_product is not None
        g = next(k for k, level in enumerate(by_product.levels) if level.columns == ("product",))
        level = by_product.levels[g]
        low, high = offsets_of(result, parts, Grouping((level,)), [(0, on)], (0.1, 0.9))[
            level.keys.index((product,)), 0
        ]
        return float(high - low)

    apart, luck = replace(made, event_spreads=()), replace(made, event_spreads=unsure)
    assert width(made, "Tea") < 1.1 * width(apart, "Tea")
    assert width(luck, "Tea") > 1.1 * width(apart, "Tea")
    assert width(luck, "Milk") == pytest.approx(width(apart, "Milk"), rel=1e-6)
