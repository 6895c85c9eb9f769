"""What a person changes is in the totals, exactly; the forecast stays as it was next to it."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.builders import seasonal

from almanac import workflow
from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.jobs import run
from almanac.wording.phrases import RangeSupport
from almanac.workflow import ForecastOptions
from almanac.workflow.adjusting.apply import with_adjustments
from almanac.workflow.results import ForecastResult

SET, SCALE, ADD = AdjustmentKind.SET, AdjustmentKind.SCALE, AdjustmentKind.ADD
OPTIONS = ForecastOptions(horizon=6, model="quick", device="cpu", calibrate=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ForecastResult:
    path = tmp_path_factory.mktemp("adjust") / "shops.csv"
    values = {(s, p): seasonal(60, seed=k) for k, (s, p) in enumerate((s, p) for s in "AB" for p in ("Tea", "Milk"))}
    rows = [
        (f"{2020 + t // 12}-{t % 12 + 1:02d}-01", s, p, f"{y[t]:.1f}")
        for t in range(60)
        for (s, p), y in values.items()
    ]
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([("Month", "Shop", "Product", "Sold"), *rows])
    return run(workflow.forecast(run(workflow.check(path)), OPTIONS))


def change(
    name: str, kind: AdjustmentKind, amount: float, span: tuple[str, str] = ("2025-01-01", "2025-06-01")
) -> Adjustment:
    return Adjustment(name, *span, kind, amount, "Why")


def totals_of(result: ForecastResult, per: str = "horizon") -> dict[str, np.ndarray]:
    found = run(workflow.totals(result, ("Shop", "Product"), per))
    return {group.name: found.point[g] for g, group in enumerate(found.groups)}


@pytest.mark.parametrize("name", ["", "Everything", "A", "Tea", "a · TEA", "B · Milk"])
def test_a_total_that_was_set_is_the_total(made: ForecastResult, name: str) -> None:
    result = with_adjustments(made, (change(name, SET, 1234.5),))
    found = totals_of(result)
    called = {"": "Everything", "a · TEA": "A · Tea"}.get(name, name)
    assert found[called][0] == pytest.approx(1234.5, rel=1e-9)
    assert found["Everything"][0] == pytest.approx(found["A"][0] + found["B"][0], rel=1e-9)
    assert found["A"][0] == pytest.approx(found["A · Tea"][0] + found["A · Milk"][0], rel=1e-9)
    assert np.array_equal(result.forecast.quantiles, made.forecast.quantiles)


def test_parts_keep_their_shares(made: ForecastResult) -> None:
    before, after = totals_of(made, "month"), totals_of(with_adjustments(made, (change("A", SET, 5000.0),)), "month")
    assert after["A · Tea"] / before["A · Tea"] == pytest.approx(after["A · Milk"] / before["A · Milk"])
    assert after["B"] == pytest.approx(before["B"])


def test_only_the_span_changes(made: ForecastResult) -> None:
    result = with_adjustments(made, (change("A", SCALE, 1.5, ("2025-02-01", "2025-03-31")),))
    before, after = totals_of(made, "month"), totals_of(result, "month")
    assert after["A"] / before["A"] == pytest.approx([1, 1.5, 1.5, 1, 1, 1])
    assert result.adjusted is not None
    assert result.adjusted.changed.sum() == 4


def test_one_after_the_other(made: ForecastResult) -> None:
    some = (change("A", SET, 1000.0), change("A · Tea", ADD, 100.0), change("", SCALE, 2.0))
    found = totals_of(with_adjustments(made, some))
    assert found["A"][0] == pytest.approx(2200.0, rel=1e-9)


def test_the_range_moves_along_and_says_so(made: ForecastResult) -> None:
    found = run(workflow.totals(with_adjustments(made, (change("A", SCALE, 2.0),)), ("Shop",)))
    before = run(workflow.totals(made, ("Shop",)))
    assert found.groups[1].support is RangeSupport.ADJUSTED
    assert found.groups[2].support is before.groups[2].support
    assert found.low[1, 0] < found.point[1, 0] < found.high[1, 0]
    assert found.high[1, 0] - found.low[1, 0] == pytest.approx(2 * (before.high[1, 0] - before.low[1, 0]), rel=0.05)
    assert found.forecast is not None
    assert found.forecast[1, 0] == pytest.approx(before.point[1, 0])
    assert np.isnan(found.forecast[2, 0])
    assert (
        "adjusted by you (forecast: "
        in run(workflow.overview(with_adjustments(made, (change("", ADD, 50.0),)))).sentences[0]
    )


def test_a_single_value_is_shown_as_it_was_set(made: ForecastResult) -> None:
    result = with_adjustments(made, (change("A · Tea", SET, 77.0, ("2025-03-01", "2025-03-01")),))
    i = made.forecast.names.index("A · Tea")
    assert result.plan.shown[0][i, 2] == pytest.approx(77.0)
    assert result.plan.quantile(0.1)[i, 2] < 77 < result.plan.quantile(0.9)[i, 2]
    assert result.adjusted is not None
    assert result.adjusted.notes_of(i) == {2: "Why"}


@pytest.mark.parametrize(
    ("one", "code", "why"),
    [
        (change("Ted", SET, 1.0), "adjustment_unused", "no series and no group “Ted”"),
        (change("A", SET, 1.0, ("2024-01-01", "2024-05-01")), "adjustment_dropped", "its time is over"),
        (change("A", ADD, 1.0, ("2024-11-01", "2025-02-01")), "adjustment_dropped", "has begun"),
        (change("A", SET, 1.0, ("2025-02-01", "2025-09-01")), "adjustment_unused", "beyond the forecast"),
        (change("A", SET, -5.0), "adjustment_unused", "below 0"),
        (change("A", SET, 5.0, ("soon", "later")), "adjustment_unused", "not a date"),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(
    made: ForecastResult, one: Adjustment, code: str, why: str
) -> None:
    result = with_adjustments(made, (one, change("B", SCALE, 1.1)))
    assert result.adjusted is not None
    assert result.adjusted.unused == (one,)
    (note,) = (note for note in result.problems if note.code == code)
    assert why in note.why
    assert totals_of(result)["A"] == pytest.approx(totals_of(made)["A"])


def test_a_factor_goes_on_for_the_rest_of_its_time(made: ForecastResult) -> None:
    result = with_adjustments(made, (change("A", SCALE, 2.0, ("2024-11-01", "2025-02-01")),))
    assert totals_of(result, "month")["A"][:3] / totals_of(made, "month")["A"][:3] == pytest.approx([2, 2, 1])


def test_closed_steps_stay_closed(made: ForecastResult) -> None:
    closed = np.zeros((4, 6), bool)
    closed[:, 1] = True
    nothing = replace(made.forecast, closed=closed, means=np.where(closed, 0.0, made.forecast.mean))
    result = with_adjustments(replace(made, forecast=nothing), (change("", SET, 900.0),))
    assert result.plan.mean[:, 1].tolist() == [0.0] * 4
    assert result.plan.mean.sum() == pytest.approx(900.0, rel=1e-9)
    alone = change("", SET, 900.0, ("2025-02-01", "2025-02-01"))
    assert "closed then" in with_adjustments(replace(made, forecast=nothing), (alone,)).problems[-1].why


def test_they_are_kept_for_the_file_and_count_again(tmp_path: Path) -> None:
    path = tmp_path / "again.csv"
    path.write_text(
        "\n".join(["month,sold", *(f"{2022 + t // 12}-{t % 12 + 1:02d},{100 + t % 12}" for t in range(36))])
    )
    kept = (
        change("sold", SET, 500.0, ("2025-01-01", "2025-06-30")),
        change("sold", SET, 1.0, ("2023-01-01", "2023-01-01")),
    )
    run(workflow.remember_adjustments(path, kept))
    again = run(workflow.forecast(run(workflow.check(path)), OPTIONS, path))
    assert again.adjusted is not None
    assert again.plan.mean.sum() == pytest.approx(500.0, rel=1e-9)
    assert again.adjusted.unused == kept[1:]
    run(workflow.remember_adjustments(path, ()))
    assert run(workflow.forecast(run(workflow.check(path)), OPTIONS, path)).adjusted is None
