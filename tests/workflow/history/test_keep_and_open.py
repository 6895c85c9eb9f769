"""Forecasts are kept without asking, come back as they were shown, and go when they are deleted."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from almanac import workflow
from almanac.cli.main import main
from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.system import paths
from almanac.workflow import ForecastOptions
from almanac.workflow.adjusting.apply import adjust
from almanac.workflow.history import browse, compare, manage
from almanac.workflow.history.keep import NOT_KEPT, keep_run
from almanac.workflow.history.kept import Kept
from almanac.workflow.results import ForecastResult

SAMPLES = Path(__file__).resolve().parents[3] / "resources" / "samples"
QUICK = ForecastOptions(horizon=4, model="quick", device="cpu", calibrate=False)


@pytest.fixture(autouse=True)
def _history_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_HISTORY", "on")


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same to nine digits, arrays and what does not count for equality included."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and bool(np.allclose(one, other, rtol=1e-9, atol=1e-8, equal_nan=True))
    if is_dataclass(one) and not isinstance(one, type):
        parts = (field.name for field in fields(one))
        return type(one) is type(other) and all(alike(getattr(one, name), getattr(other, name)) for name in parts)
    if isinstance(one, float):
        return bool(np.isclose(one, other, rtol=1e-9, atol=1e-8, equal_nan=True))
    if isinstance(one, dict):
        return set(one) == set(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


@cache
def sample(name: str) -> ForecastResult:
    return run(workflow.forecast(run(workflow.check(SAMPLES / name)), QUICK))


@cache
def checked() -> ForecastResult:
    """A result with a backtest, totals, events and an adjustment."""
    file = run(workflow.check(SAMPLES / "student-lab.csv"))
    series = file.series
    first = series.frequency.iso(int(series.last.max()) + 1)
    change = Adjustment(series.names[0], first, first, AdjustmentKind.SCALE, 1.5, "sale")
    options = replace(QUICK, calibrate=True, adjustments=(change,), events=workflow.EventChoice((), "DE"))
    return run(workflow.forecast(file, options))


def keep(result: ForecastResult, source: Path | None = None) -> Kept:
    kept = keep_run(result, source, {"best": False}, 1.0).kept
    assert kept is not None
    assert kept.problem is None
    return kept


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.csv")))
def test_a_kept_forecast_comes_back_as_it_was(name: str) -> None:
    found = run(browse.history_open(keep(sample(name)).run))
    assert alike(replace(found, kept=None), sample(name))


def test_a_checked_and_adjusted_forecast_comes_back_without_its_practice_runs() -> None:
    found = run(browse.history_open(keep(checked()).run))
    assert checked().backtest is not None
    assert checked().adjusted is not None
    for field in fields(found):
        if field.name not in ("kept", "backtest_runs"):
            assert alike(getattr(found, field.name), getattr(checked(), field.name)), field.name


def test_every_part_of_a_result_is_kept_or_left_out_on_purpose() -> None:
    assert set(NOT_KEPT) <= {field.name for field in fields(ForecastResult)}


def test_the_window_keeps_what_it_forecasts_and_can_show_it_without_the_file(tmp_path: Path) -> None:
    source = tmp_path / "shop.csv"
    shutil.copy(SAMPLES / "student-lab.csv", source)
    result = run(workflow.forecast(run(workflow.check(source)), QUICK, source))
    source.unlink()
    (project,) = run(browse.history_projects())
    assert (project.project.title, project.runs) == ("shop", 1)
    assert result.kept == Kept(project.latest.id, project.latest.reading, project.project.id, str(source))
    assert alike(run(browse.history_open(project.latest.id)).forecast, result.forecast)


def test_a_later_adjustment_replaces_the_one_before(tmp_path: Path) -> None:
    kept = keep_run(sample("student-lab.csv"), None, {}, 1.0)
    name, first = kept.forecast.names[0], kept.forecast.frequency.iso(int(kept.forecast.first[0]))
    for amount in (2.0, 3.0):
        change = Adjustment(name, first, first, AdjustmentKind.SCALE, amount)
        run(adjust(kept, (change,), tmp_path / "gone.csv"))
    opened = run(browse.history_open(kept.kept.run))
    assert [one.amount for one in opened.adjusted.adjustments] == [3.0]
    run(adjust(kept, (), tmp_path / "gone.csv"))
    assert run(browse.history_open(kept.kept.run)).adjusted is None


def monthly(path: Path, months: int, names: tuple[str, ...] = ("bread", "milk"), factor: float = 1.0) -> Path:
    rows = ["month," + ",".join(names)]
    for n in range(months):
        values = (str(round(factor * (100 + 10 * i + (n * 7) % 12), 2)) for i in range(len(names)))
        rows.append(f"{2020 + n // 12}-{n % 12 + 1:02d}-01,{','.join(values)}")
    path.write_text("\n".join(rows))
    return path


def forecast(path: Path) -> ForecastResult:
    return run(workflow.forecast(run(workflow.check(path)), QUICK, path))


def test_a_table_that_comes_again_is_one_project_and_another_shop_is_not(tmp_path: Path) -> None:
    first = forecast(monthly(tmp_path / "may.csv", 36))
    again = forecast(monthly(tmp_path / "may.csv", 36))
    later = forecast(monthly(tmp_path / "june.csv", 37))
    grown = forecast(monthly(tmp_path / "july.csv", 38, ("bread", "milk", "tea")))
    other = forecast(monthly(tmp_path / "other.csv", 36, ("books", "pens")))
    assert (first.kept.project, first.kept.reading) == (again.kept.project, again.kept.reading)
    assert first.kept.run != again.kept.run
    assert later.kept.project == first.kept.project == grown.kept.project
    assert later.kept.reading != first.kept.reading
    assert other.kept.project != first.kept.project


def test_one_series_is_known_by_its_past(tmp_path: Path) -> None:
    first = forecast(monthly(tmp_path / "a.csv", 36, ("sales",)))
    later = forecast(monthly(tmp_path / "b.csv", 40, ("sales",)))
    other = forecast(monthly(tmp_path / "c.csv", 36, ("sales",), factor=3.3))
    assert later.kept.project == first.kept.project
    assert other.kept.project != first.kept.project


def test_nothing_is_written_where_nothing_is_to_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    run(manage.history_keep(False))
    assert keep_run(sample("student-lab.csv"), None, {}, 1.0).kept is None
    run(manage.history_keep(True))
    monkeypatch.setenv("ALMANAC_HISTORY", "off")
    assert keep_run(sample("student-lab.csv"), None, {}, 1.0).kept is None
    assert run(browse.history_overview()).keeps is False
    assert not paths.history().exists()


def test_what_prevents_keeping_is_said_and_never_raised() -> None:
    paths.history().parent.mkdir(parents=True, exist_ok=True)
    paths.history().write_text("a file where the folder should be")
    kept = keep_run(sample("student-lab.csv"), None, {}, 1.0).kept
    assert kept.problem.code == "history_not_allowed"
    assert kept.run == ""


def test_search_rename_delete_and_undo() -> None:
    kept = keep(sample("student-lab.csv"))
    run(manage.history_rename(kept.project, "Corner Shop, Berlin"))
    assert len(run(browse.history_projects("berlin corner"))) == 1
    assert run(browse.history_projects("paris")) == ()
    assert len(run(browse.history_runs(search="quick"))) == 1
    run(manage.history_delete((kept.run,)))
    overview = run(browse.history_overview())
    assert (overview.projects, overview.can_undo) == ((), True)
    run(manage.history_undo())
    assert run(browse.history_overview()).projects[0].runs == 1
    run(manage.history_delete((kept.project,), now=True))
    assert run(manage.history_undo()) is None
    with pytest.raises(ProblemError):
        run(browse.history_open(kept.run))
    assert run(manage.history_verify()).is_whole


def test_no_name_and_no_value_of_a_deleted_forecast_is_in_any_file(tmp_path: Path) -> None:
    names = ("Zwiebelkuchen", "Pumpernickel")
    source = monthly(tmp_path / "Konditorei.csv", 36, names)
    kept = forecast(source).kept
    change = Adjustment(names[0], "2023-01-01", "2023-01-01", AdjustmentKind.SCALE, 1.5, "Hochzeit")
    run(adjust(replace(sample("student-lab.csv"), kept=kept), (change,), source))
    (paths.state() / "adjustments.json").unlink(missing_ok=True)
    words = [word.encode() for word in (*names, "Konditorei", "Hochzeit")]
    beside = b"".join(path.read_bytes() for path in paths.history().iterdir())
    assert b"Konditorei" in beside
    assert b"Hochzeit" in beside
    run(manage.history_delete((kept.project,), now=True))
    beside = b"".join(path.read_bytes() for path in paths.history().iterdir())
    assert [word for word in words if word in beside] == []


def test_a_changed_forecast_is_found(tmp_path: Path) -> None:
    kept = keep(sample("student-lab.csv"))
    from almanac.workflow.history.access import open_history

    with open_history() as store:
        store.connection.execute("UPDATE run_parts SET content = x'00' WHERE part = 'forecast'")
    found = run(manage.history_verify())
    assert found.changed_runs == (kept.run,)
    assert not found.is_whole
    lines = (run(manage.history_export(tmp_path / "trail.jsonl"))).read_text().splitlines()
    assert [json.loads(line)["number"] for line in lines] == list(range(1, found.entries + 1))


def test_a_switch_of_the_model_is_kept_with_its_reason() -> None:
    from almanac import history
    from almanac.workflow.history.access import open_history

    assert main(["models", "use", "quick@2.1.1", "--reason", "faster on my laptop"]) == 0
    with open_history() as store:
        (decision,) = store.all(history.Decision)
        *_, last = store.trail
    assert decision.body == {"model": "quick@2.1.1", "reason": "faster on my laptop"}
    assert (last.kind, last.subject, last.details) == ("switched", decision.id, {"model": "quick@2.1.1"})


def test_what_is_deleted_is_erased_when_the_worker_ends() -> None:
    kept = keep(sample("student-lab.csv"))
    run(manage.history_delete((kept.project,)))
    assert b"student-lab" in b"".join(path.read_bytes() for path in paths.history().iterdir())
    manage.erase_deleted()
    assert b"student-lab" not in b"".join(path.read_bytes() for path in paths.history().iterdir())
    assert run(browse.history_overview()).can_undo is False


def test_two_runs_are_compared_by_settings_data_and_series(tmp_path: Path) -> None:
    path = monthly(tmp_path / "a.csv", 36, ("bread", "milk", "eggs"))
    before = forecast(path)
    changed = (
        monthly(tmp_path / "b.csv", 38, ("bread", "milk", "tea")).read_text().replace("2021-01-01,107", "2021-01-01,7")
    )
    path.write_text(changed)
    after = run(workflow.forecast(run(workflow.check(path)), replace(QUICK, horizon=6), path))
    found = run(compare.history_compare(before.kept.run, after.kept.run))
    assert {what: (old, new) for what, old, new in found.differences}["Setting “horizon”"] == ("4", "6")
    assert (found.only_before, found.only_after) == (("eggs",), ("tea",))
    assert (found.corrected, found.added) == (int("2021-01-01,7" in changed), 4)
    assert {one.name for one in found.series} == {"bread", "milk"}
    assert {one.periods for one in found.series} == {2}
    expected = before.forecast.shown[0][0, 2:4].sum()
    (bread,) = (one for one in found.series if one.name == "bread")
    assert bread.before == pytest.approx(expected, rel=1e-9)
    assert abs(found.series[0].change) >= abs(found.series[1].change)


def test_the_command_line_keeps_shows_and_deletes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, output, copy = monthly(tmp_path / "shop.csv", 36), tmp_path / "out.csv", tmp_path / "copy.db"
    command = ["forecast", str(source), "--output", str(output), "--model", "quick", "--no-calibration", "--quiet"]
    assert main([*command, "--no-history"]) == 0
    assert not paths.history().exists()
    assert main(command) == 0
    source.unlink()
    capsys.readouterr()
    assert main(["history", "list", "--json"]) == 0
    (project,) = json.loads(capsys.readouterr().out)["projects"]
    (found,) = project["runs"]
    assert main(["history", "show", found["run"], "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["series"]
    rows = [line.split(",") for line in output.read_text().splitlines()[1:]]
    assert [one["series"] for one in shown] == ["bread", "milk"]
    assert shown[0]["forecast"] == pytest.approx([float(row[3]) for row in rows if row[0] == "bread"], rel=1e-6)
    for action in (["list"], ["size"], ["verify"], ["backup", str(copy)], ["export", str(tmp_path / "trail.jsonl")]):
        assert main(["history", *action]) == 0
    assert main(["history", "rename", found["run"], "Spring plan"]) == 0
    assert main(["history", "compare", found["run"], found["run"]]) == 0
    assert main(["history", "delete", found["run"], "--now"]) == 0
    assert main(["history", "show", found["run"]]) == 1
    assert main(["history", "restore", str(copy)]) == 0
    assert main(["history", "show", found["run"]]) == 0
    assert main(["history", "restore", str(output)]) == 1
    capsys.readouterr()
    for action, key in ((["undo"], "runs"), (["erase"], "erased"), (["rename", found["run"], "Plan"], "title")):
        assert main(["history", *action, "--json"]) == 0
        assert key in json.loads(capsys.readouterr().out)
    assert main(["history", "show", "no such run", "--json"]) == 1
    assert json.loads(capsys.readouterr().err)["problem"]["code"] == "not_in_history"
    assert main(["history", "keep", "nothing"]) == 0
    monthly(source, 36)
    assert main(command) == 0
    capsys.readouterr()
    main(["history", "size", "--json"])
    assert json.loads(capsys.readouterr().out)["keeps"] is False
