"""``almanac totals`` as a person and a program run it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.builders import seasonal

from almanac.cli.main import main

FAST = ["--model", "quick", "--device", "cpu", "--horizon", "6", "--no-calibration"]


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("totals") / "shops.csv"
    values = {(s, p): seasonal(60, seed=k) for k, (s, p) in enumerate((s, p) for s in "AB" for p in ("=Tea", "Milk"))}
    rows = [
        (f"{2020 + t // 12}-{t % 12 + 1:02d}-01", s, p, f"{y[t]:.1f}")
        for t in range(60)
        for (s, p), y in values.items()
    ]
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([("Month", "Shop", "Product", "Sold"), *rows])
    return path


def test_json_has_every_group_and_span(shops: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["totals", str(shops), "--by", "shop", "--per", "quarter", "--json", *FAST]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [group["name"] for group in found["groups"]] == ["Everything", "A", "B"]
    spans = [group["spans"] for group in found["groups"]]
    assert [span["span"] for span in spans[0]] == ["2025-Q1", "2025-Q2"]
    assert spans[0][0]["point"] == pytest.approx(spans[1][0]["point"] + spans[2][0]["point"], rel=1e-9)
    assert (found["by"], found["per"], found["horizon"]) == (["Shop"], "quarter", 6)


def test_the_answer_is_a_sentence(shops: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["totals", str(shops), *FAST]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Next 6 months: about ")
    assert "80% likely" in said
    assert "; last year " in said


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_a_table_is_saved(shops: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    assert main(["totals", str(shops), "--by", "Product", "--output", str(path), *FAST]) == 0
    if ending == "xlsx":
        rows = list(openpyxl.load_workbook(path)["Totals"].values)
        assert [row[0] for row in rows] == ["name", "Everything", "=Tea", "Milk"]
        return
    table = pd.read_csv(path) if ending == "csv" else pd.read_parquet(path)
    assert table["name"].tolist() == ["Everything", "'=Tea" if ending == "csv" else "=Tea", "Milk"]
    assert table["point"].iloc[0] == pytest.approx(table["point"].iloc[1:].sum(), rel=1e-9)


def test_what_cannot_be_made_or_saved_is_refused_before_any_work(
    shops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in (
        ["--by", "Region"],
        ["--per", "week"],
        ["--output", str(tmp_path / "no.docx")],
        ["--output", str(shops)],
    ):
        assert main(["totals", str(shops), *wrong, *FAST]) == 1
        assert "forecast" not in capsys.readouterr().out
