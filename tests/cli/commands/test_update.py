"""``almanac update``: a newer file compared with the one before, earlier forecasts scored, and forecast again."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.builders import TOY

from almanac.cli.main import main

MONTHS = [f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13)]
STORES = ("North", "South")


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_MODELS", str(TOY.parent))


def value(store: str, month: int) -> int:
    rng = random.Random(f"{store}{month}")
    return round((300 if store == "North" else 80) * (1 + 0.2 * np.sin(month / 2)) + rng.gauss(0, 8))


def file_of(path: Path, months: int, changed: dict[tuple[str, int], int] | None = None) -> Path:
    values = {(s, t): value(s, t) for t in range(months) for s in STORES} | (changed or {})
    path.write_text("Month,Store,Sales\n" + "".join(f"{MONTHS[t]},{s},{v}\n" for (s, t), v in values.items()))
    return path


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return file_of(tmp_path / "march.csv", 48)


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> dict[str, Any]:
    assert main(["update", *map(str, words), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_an_earlier_forecast_is_scored_by_what_came(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "earlier.csv"
    assert main(["forecast", str(before), "--output", str(saved), "--horizon", "4", "--quiet", "--no-calibration"]) == 0
    newer = file_of(tmp_path / "june.csv", 51, {("South", 10): 30})
    found = said(capsys, newer, "--before", before, "--forecast", saved)
    assert (found["appended"], found["corrected"], found["since"], found["until"]) == (6, 1, "2025-01-01", "2025-03-01")
    assert found["corrections"] == [
        {"series": "South", "date": "2021-11-01", "before": value("South", 10), "after": 30.0}
    ]
    with saved.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if int(row["step"]) <= 3]
    misses = [abs(float(row["forecast"]) - value(row["series"], MONTHS.index(row["date"][:7]))) for row in rows]
    assert found["scores"]["overall"]["typical_miss"] == pytest.approx(np.mean(misses), abs=1e-4)
    assert found["scores"]["overall"]["checks"] == 6
    assert [one["date"] for one in found["scores"]["by_date"]] == ["2025-01-01", "2025-02-01", "2025-03-01"]
    assert found["scores"]["by_model"][0]["model"] == saved.name


def test_the_new_forecast_goes_on_from_a_file_with_the_new_month_alone(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone, output = tmp_path / "april.csv", tmp_path / "new.csv"
    alone.write_text("Month,Store,Sales\n" + "".join(f"{MONTHS[48]},{s},{value(s, 48)}\n" for s in STORES))
    assert main(["update", str(alone), "--before", str(before), "--output", str(output), "--horizon", "2"]) == 0
    assert "2 new values for 2025-01, in 2 of 2 series." in capsys.readouterr().out
    with output.open(encoding="utf-8-sig") as file:
        assert {row["date"] for row in csv.DictReader(file)} == {"2025-02-01", "2025-03-01"}


def test_other_units_stop_and_nothing_is_saved(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grams = file_of(tmp_path / "grams.csv", 49, {(s, t): value(s, t) * 1000 for t in range(49) for s in STORES})
    output = tmp_path / "new.csv"
    assert main(["update", str(grams), "--before", str(before), "--output", str(output), "--json"]) == 1
    assert json.loads(capsys.readouterr().err)["problem"]["code"] == "update_other_units"
    assert not output.exists()


def test_a_renaming_is_proposed_and_then_confirmed(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = tmp_path / "renamed.csv"
    newer.write_text(before.read_text().replace("South", "South Street"))
    proposed = said(capsys, newer, "--before", before)
    assert proposed["renamed"] == [{"before": "South", "after": "South Street", "agreeing": 48, "compared": 48}]
    assert said(capsys, newer, "--before", before, "--renamed", "South=South Street")["same"]


def test_another_file_is_not_taken_for_a_forecast(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", str(before), "--before", str(before), "--forecast", str(before)]) == 1
    assert "is not a forecast that Almanac saved" in capsys.readouterr().err


def test_earlier_work_is_recognised_scored_and_gone_on_with(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("ALMANAC_HISTORY", raising=False)
    assert main(["forecast", str(before), "--output", str(tmp_path / "a.csv"), "--horizon", "3", "--quiet"]) == 0
    april, output = file_of(tmp_path / "april.csv", 49), tmp_path / "b.csv"
    looked = said(capsys, april, "--look")
    assert (looked["appended"], looked["scores"]) == (2, None)
    found = said(capsys, april, "--project", "march", "--output", output)
    assert found["scores"]["overall"]["checks"] == 2
    assert output.exists()
    assert main(["update", str(april), "--project", "june"]) == 1
    assert "There is: march." in capsys.readouterr().err
    assert main(["update", str(april), "--forecast", str(tmp_path / "a.csv")]) == 1
    assert "Add --before OLD" in capsys.readouterr().err


def test_the_file_of_earlier_work_is_never_replaced(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALMANAC_HISTORY", "on")
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "state"))
    content = before.read_bytes()
    assert main(["forecast", str(before), "--output", str(tmp_path / "o.csv"), "--quiet", "--no-calibration"]) == 0
    newer = file_of(tmp_path / "june.csv", 51)
    assert main(["update", str(newer), "--output", str(before)]) == 1
    assert "was not saved" in capsys.readouterr().err
    assert before.read_bytes() == content


def test_a_watched_file_is_gone_on_with_each_time_it_is_saved(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from almanac.workflow.watching.watcher import Watcher

    newer = file_of(tmp_path / "newer.csv", 49)

    def saves(watcher: Watcher, _: object) -> Iterator[Path]:
        yield file_of(watcher.path, 50)
        watcher.path.write_text("Day,Dogs\n2024-01-01,1\n2024-01-02,2\n2024-01-03,4\n")
        yield watcher.path
        yield file_of(watcher.path, 51)

    monkeypatch.setattr(Watcher, "changes", saves)
    assert main(["update", str(newer), "--before", str(before), "--watch"]) == 0
    said_all = capsys.readouterr().out
    counts = [line.split()[0] for line in said_all.splitlines() if "new values for" in line]
    assert counts == ["2", "4", "6"]
    assert "has other columns than the table before" in said_all


def test_new_values_alone_in_other_units_are_said_to_be_so(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grams = {(s, t): value(s, t) * (1000 if t >= 48 else 1) for t in range(50) for s in STORES}
    newer = file_of(before.with_name("may.csv"), 50, grams)
    assert main(["update", str(newer), "--before", str(before)]) == 1
    said_so = capsys.readouterr().err
    assert "the new values are 1,000 times what they were before." in said_so
    assert "throughout" not in said_so


@pytest.mark.parametrize(("pair", "wanted"), [("Norht=North", "Norht"), ("North=Nord", "Nord")])
def test_a_new_name_of_a_series_that_is_not_there_is_refused(
    before: Path, capsys: pytest.CaptureFixture[str], pair: str, wanted: str
) -> None:
    newer = file_of(before.with_name("may.csv"), 49)
    assert main(["update", str(newer), "--before", str(before), "--renamed", pair, "--look"]) == 1
    assert f"There is no series “{wanted}”" in capsys.readouterr().err


def test_series_without_new_values_are_named(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newer = before.with_name("may.csv")
    newer.write_text(before.read_text() + f"{MONTHS[48]},North,{value('North', 48)}\n")
    assert main(["update", str(newer), "--before", str(before), "--look"]) == 0
    assert "in 1 of 2 series; none for South." in capsys.readouterr().out
