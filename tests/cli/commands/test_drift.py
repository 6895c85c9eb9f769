"""``almanac drift`` as a program runs it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from tests.builders import seasonal

from almanac.cli.main import main

PRODUCTS = ("Milk", "Bread", "Tea", "Jam")
VALUES = np.round(np.stack([seasonal(64, seed=k, noise=5) for k in range(4)], axis=1), 1)


def write(path: Path, values: np.ndarray, names: tuple[str, ...] = PRODUCTS, first: int = 0) -> Path:
    with path.open("w", newline="") as out:
        rows = [
            (f"{2020 + t // 12}-{t % 12 + 1:02d}-01", *("" if np.isnan(x) else x for x in row))
            for t, row in enumerate(values, start=first)
        ]
        csv.writer(out).writerows([("Month", *names), *rows])
    return path


@pytest.fixture
def drift(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    baseline = write(tmp_path / "january.csv", VALUES[:60])

    def compare(values: np.ndarray, names: tuple[str, ...] = PRODUCTS, first: int = 0) -> dict:
        new = write(tmp_path / "february.csv", values, names, first)
        assert main(["drift", str(baseline), str(new), "--json", "--model", "quick", "--device", "cpu"]) == 0
        return json.loads(capsys.readouterr().out)

    return compare


def found(result: dict) -> set[tuple[str, str]]:
    return {(alert["series"], alert["kind"]) for alert in result["alerts"]}


def changed(row: int, change: float) -> np.ndarray:
    values = VALUES.copy()
    values[60:, row] *= change
    return values


def test_months_that_follow_the_pattern_are_silent(drift) -> None:
    result = drift(VALUES)
    assert (result["alerts"], result["triggers"], result["checked"]) == ([], [], 4)
    assert result["verdict"] == "Nothing changed in 4 series."


def test_columns_in_another_order_and_only_the_new_months_are_silent(drift) -> None:
    assert found(drift(VALUES[:, ::-1], PRODUCTS[::-1])) == set()
    assert found(drift(VALUES[60:], first=60)) == set()


@pytest.mark.parametrize(("change", "kind"), [(1000, "units"), (0.1, "units"), (-1, "sign")])
def test_units_and_signs(drift, change: float, kind: str) -> None:
    assert found(drift(changed(1, change))) == {("Bread", kind)}


def test_a_level_has_every_field_of_the_contract(drift) -> None:
    result = drift(changed(2, 1.4))
    (alert,) = result["alerts"]
    assert {"series", "kind", "since", "size", "words", "action"} <= alert.keys()
    assert (alert["series"], alert["since"]) == ("Tea", "2025-01-01")
    assert alert["kind"] in ("level", "trend")
    assert 0.2 < alert["size"] < 0.7
    assert "By chance" in alert["words"]


def test_series_that_vanish_or_are_new_are_named(drift) -> None:
    assert found(drift(VALUES, ("Milk", "Bread", "Tea", "Honey"))) == {("Jam", "vanished"), ("Honey", "new")}


def test_the_same_file_has_nothing_new(drift) -> None:
    assert found(drift(VALUES[:60])) == {("", "same_file")}


def test_a_series_that_ends_while_others_go_on_is_named(drift) -> None:
    values = VALUES.copy()
    values[60:, 1] = np.nan
    result = drift(values)
    assert found(result) == {("Bread", "gaps")}
    assert result["alerts"][0]["since"] == "2025-01-01"
    assert "Bread: has no value in 100% of periods" in result["alerts"][0]["words"]


def long_table(path: Path, heading: str, weeks: int, last: float = 1.0) -> Path:
    days = np.datetime64("2023-01-02") + 7 * np.arange(weeks)
    values = 200 + 20 * np.sin(np.arange(weeks)) * np.where(np.arange(weeks) % 2, 1, -1)
    values[-1] *= last
    rows = [f"{day},{name},{x + k:.0f}\n" for day, x in zip(days, values, strict=True) for k, name in enumerate("AB")]
    path.write_text(heading + "\n" + "".join(rows))
    return path


def compared(capsys: pytest.CaptureFixture[str], before: Path, after: Path) -> dict:
    assert main(["drift", str(before), str(after), "--json", "--model", "quick", "--device", "cpu"]) == 0
    return json.loads(capsys.readouterr().out)


def test_columns_that_are_called_otherwise_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = long_table(tmp_path / "a.csv", "Date,Product,Sold", 60)
    result = compared(capsys, before, long_table(tmp_path / "b.csv", "Date,Item,Revenue", 64))
    assert {("Sold", "vanished"), ("Product", "vanished"), ("Revenue", "new"), ("Item", "new")} <= found(result)


def test_a_last_week_that_is_not_over_has_its_own_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = long_table(tmp_path / "a.csv", "Date,Product,Sold", 60)
    result = compared(capsys, before, long_table(tmp_path / "b.csv", "Date,Product,Sold", 64, last=0.2))
    partial = [alert for alert in result["alerts"] if alert["kind"] == "partial"]
    assert [alert["since"] for alert in partial] == ["2024-03-18"]
    assert partial[0]["words"] == "The last week, 2024-03-18, does not look complete yet."
