"""The second month of a project: what changed, what became of the forecast, and the new one."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.builders import TOY

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import ReadFile
from almanac.workflow.adjusting.apply import with_adjustments
from almanac.workflow.forecasts.make_forecast import ForecastOptions, forecast
from almanac.workflow.history.keep import keep_adjustments
from almanac.workflow.read_file import check
from almanac.workflow.results import ForecastResult
from almanac.workflow.updates import comparison, new_data
from almanac.workflow.updates.new_data import (
    accept_update,
    forecast_latest,
    project_scores,
    propose_update,
    recognise_file,
)

MONTHS = [f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13)]
STORES = ("North", "South", "West")
QUICK = ForecastOptions(horizon=3)


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_MODELS", str(TOY.parent))
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("ALMANAC_HISTORY", raising=False)


def value(store: str, month: int) -> int:
    return random.Random(f"{store}{month}").randint(200, 260) * (1 + STORES.index(store))


def file_of(path: Path, months: range, names: tuple[str, ...] = STORES) -> Path:
    rows = [f"{MONTHS[t]},{name},{value(s, t)}\n" for t in months for s, name in zip(STORES, names, strict=True)]
    path.write_text("Month,Store,Sales\n" + "".join(rows))
    return path


def forecast_seen(path: Path) -> ForecastResult:
    """As the window does it."""
    return run(forecast(run(check(path)), QUICK, path))


@pytest.fixture
def march(tmp_path: Path) -> ForecastResult:
    return forecast_seen(file_of(tmp_path / "march.csv", range(40)))


def test_the_second_month_is_recognised_compared_scored_and_forecast(march: ForecastResult, tmp_path: Path) -> None:
    april = file_of(tmp_path / "shop april.csv", range(42))
    proposal = run(propose_update(april))
    assert march.kept is not None
    assert proposal.project == march.kept.project
    assert proposal.sentences == ("6 new values for 2024-05 to 2024-06, in 3 of 3 series.",)
    accepted = run(accept_update(proposal, QUICK))
    assert accepted.scores is not None
    misses = [
        abs(march.forecast.point[march.forecast.names.index(s), step] - value(s, 40 + step))
        for s in STORES
        for step in range(2)
    ]
    assert accepted.scores.overall.typical_miss == pytest.approx(np.mean(misses), rel=1e-6)
    assert accepted.scores.overall.checks == 6
    assert accepted.result.kept is not None
    assert accepted.result.kept.project == march.kept.project
    assert accepted.result.forecast.first.tolist() == (march.forecast.first + 2).tolist()
    again = run(project_scores(march.kept.project))
    assert again is not None
    assert again.overall == accepted.scores.overall


def test_a_file_with_the_new_month_alone_is_recognised_too(march: ForecastResult, tmp_path: Path) -> None:
    proposal = run(propose_update(file_of(tmp_path / "april.csv", range(40, 41))))
    accepted = run(accept_update(proposal, QUICK))
    assert accepted.result.file.series.lengths.tolist() == [41] * 3
    following = run(propose_update(file_of(tmp_path / "may.csv", range(41, 42))))
    assert following.comparison.file.series.lengths.tolist() == [42] * 3
    assert march.kept is not None
    assert following.project == march.kept.project


def test_a_confirmed_renaming_keeps_the_forecasts_of_the_series(march: ForecastResult, tmp_path: Path) -> None:
    assert march.kept is not None
    path = file_of(tmp_path / "april.csv", range(41), ("North", "South Street", "West"))
    proposal = run(propose_update(path))
    assert [(one.before, one.after) for one in proposal.questions] == [("South", "South Street")]
    accepted = run(accept_update(proposal, QUICK, (("South", "South Street"),)))
    assert accepted.scores is not None
    assert accepted.scores.overall.checks == 3
    later = run(propose_update(file_of(tmp_path / "may.csv", range(42), ("North", "South Street", "West"))))
    scores = run(accept_update(later, QUICK)).scores
    assert scores is not None
    assert dict(scores.by_series)["South Street"].checks == 3


def test_what_the_person_changed_is_scored(march: ForecastResult, tmp_path: Path) -> None:
    change = Adjustment("West", "2024-05-01", "2024-05-01", AdjustmentKind.SET, float(value("West", 40)))
    assert with_adjustments(march, (change,)).adjusted is not None
    keep_adjustments(march.kept, (change,))
    accepted = run(accept_update(run(propose_update(file_of(tmp_path / "april.csv", range(41)))), QUICK))
    assert accepted.scores is not None
    assert accepted.scores.adjusted is not None
    assert (accepted.scores.adjusted.checks, accepted.scores.adjusted.second) == (1, pytest.approx(0.0))


def test_other_units_stop_and_nothing_is_kept(march: ForecastResult, tmp_path: Path) -> None:
    assert march.kept is not None
    path = file_of(tmp_path / "april.csv", range(41))
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], *(line + "000" for line in lines[1:])]) + "\n")
    with pytest.raises(ProblemError) as stop:
        run(propose_update(path))
    assert stop.value.problem.code == "update_other_units"
    assert run(project_scores(march.kept.project)) is None


def test_a_file_that_goes_on_from_nothing_says_so(march: ForecastResult, tmp_path: Path) -> None:
    assert march.kept is not None
    other = tmp_path / "visitors.csv"
    other.write_text("Week,Visitors\n" + "".join(f"2024-W{week:02d},{90 + week}\n" for week in range(1, 40)))
    with pytest.raises(ProblemError) as stop:
        run(propose_update(other))
    assert stop.value.problem.code == "update_no_project"
    with pytest.raises(ProblemError, match="march"):
        run(propose_update(other, "February"))


def test_ranges_are_calibrated_on_real_outcomes_once_there_are_enough(tmp_path: Path) -> None:
    from almanac.evaluation.calibration.outcomes import MIN_OUTCOMES
    from almanac.workflow.history.access import forecast_of, open_history
    from almanac.workflow.history.keep import keep_run

    path = tmp_path / "sales.csv"
    first = forecast_seen(file_of(path, range(30)))
    for months in range(31, 31 + MIN_OUTCOMES):  # given each month: the same forecast, moved on
        file = run(check(file_of(path, range(months))))
        moved = replace(first.forecast, first=first.forecast.first + months - 30)
        keep_run(replace(first, file=file, forecast=moved, kept=None), path, {}, 0.0)
    result = forecast_seen(path)
    assert f"Calibrated on {3 * MIN_OUTCOMES} real outcomes of earlier forecasts." in result.range_note
    assert result.kept is not None
    with open_history() as store:
        assert forecast_of(store, result.kept.run).names == STORES


def test_a_clear_change_of_pattern_is_an_alert_and_is_kept(tmp_path: Path) -> None:
    from almanac import history
    from almanac.workflow.history.access import open_history

    rng = np.random.default_rng(3)
    sales = np.round(300 + 3 * rng.standard_normal(60)).astype(int)
    path = tmp_path / "shop.csv"

    def save(months: int, factor: float) -> None:
        values = [*sales[:50], *np.round(sales[50:] * factor).astype(int)][:months]
        path.write_text("Month,Sales\n" + "".join(f"{m},{v}\n" for m, v in zip(MONTHS, values, strict=False)))

    save(50, 1.0)
    forecast_seen(path)
    save(56, 1.5)
    accepted = run(accept_update(run(propose_update(path)), QUICK))
    assert "level" in {alert.kind.value for alert in accepted.alerts}
    assert accepted.result.kept is not None
    with open_history() as store:
        kept = store.all(history.Alert, project=accepted.result.kept.project, state="open")
    assert {one.body["kind"] for one in kept} == {alert.kind.value for alert in accepted.alerts}
    save(57, 1.5)
    assert run(accept_update(run(propose_update(path)), QUICK)).alerts == ()  # it was said


@pytest.mark.usefixtures("march")
@pytest.mark.parametrize("known", [False, True])
def test_a_file_is_read_once_to_find_out_what_it_goes_on_from(
    known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(tmp_path / "april.csv", range(41))
    if not known:
        path.write_text("When,Visitors\n" + "".join(f"2024-{month:02},{month * 3}\n" for month in range(1, 13)))
    read: list[Path] = []

    def counted(path: Path, *given: object) -> object:
        read.append(path)
        return check(path, *given)  # type: ignore[arg-type]

    for module in (comparison, new_data):
        monkeypatch.setattr(module, "check", counted)
    found = run(recognise_file(path))
    assert isinstance(found, ReadFile) is not known
    assert read == [path]


def test_forecast_again_is_about_the_latest_data_also_when_their_file_is_gone(
    march: ForecastResult, tmp_path: Path
) -> None:
    april = file_of(tmp_path / "april.csv", range(41))
    accepted = run(accept_update(run(propose_update(april)), QUICK))
    april.unlink()
    assert march.kept is not None
    again = run(forecast_latest(march.kept.project, QUICK))
    assert again.forecast.first.tolist() == accepted.result.forecast.first.tolist()
    assert again.forecast.first.tolist() != march.forecast.first.tolist()
    assert again.kept is not None
    assert again.kept.project == march.kept.project
