"""``almanac orders`` and ``almanac forecast --order-list`` as a person and a program run them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from almanac.cli.main import main

FAST = ["--model", "quick", "--device", "cpu", "--horizon", "7", "--no-calibration"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Sales and a stock list."""
    folder = tmp_path_factory.mktemp("orders")
    days, chance = pd.date_range("2026-01-01", periods=90).strftime("%Y-%m-%d"), np.random.default_rng(2)
    with (folder / "sales.csv").open("w", newline="") as out:
        rows = [(day, name, chance.poisson(rate)) for day in days for name, rate in (("=Tea", 20), ("Jam", 4))]
        csv.writer(out).writerows([("Date", "Product", "Sold"), *rows])
    (folder / "stock.csv").write_text("Product,Stock,Lead time (days),Pack size\n=Tea,30,2,6\nJam,100,2,6\n")
    return str(folder / "sales.csv"), str(folder / "stock.csv")


def test_the_list_to_order_today_is_a_sentence(shop: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders", shop[0], "--order-list", shop[1], *FAST]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Order today: =Tea ")
    assert said[0].endswith(" packs of 6).")
    assert said[1].startswith("=Tea: order ")
    assert said[2].startswith(
        "Jam: order nothing, enough with over 99% certainty; without an order it lasts the next 7"
    )


def test_json_has_every_product(shop: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders", shop[0], "--order-list", shop[1], "--json", *FAST]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["order_today"] == ["=Tea"]
    tea = found["products"][0]
    assert tea["order"] == tea["packs"] * 6
    assert tea["order"] + 30 >= tea["order_up_to"] > tea["expected"]
    assert tea["reached"] >= tea["certainty"] == 0.95
    assert len(tea["run_out_chances"]) == 7


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_a_table_is_saved(shop: tuple[str, str], tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"orders.{ending}"
    assert main(["orders", shop[0], "--order-list", shop[1], "--output", str(path), *FAST]) == 0
    if ending == "xlsx":
        rows = list(openpyxl.load_workbook(path)["Orders"].values)
        assert [row[0] for row in rows] == ["name", "=Tea", "Jam"]
        return
    table = pd.read_csv(path) if ending == "csv" else pd.read_parquet(path)
    assert table["name"].tolist() == ["'=Tea" if ending == "csv" else "=Tea", "Jam"]
    assert table["order"].tolist()[1] == 0


def test_the_workbook_of_a_forecast_has_a_sheet_of_orders(
    shop: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.xlsx"
    assert main(["forecast", shop[0], "--order-list", shop[1], "--output", str(path), *FAST]) == 0
    assert "Order today: =Tea " in capsys.readouterr().out
    rows = list(openpyxl.load_workbook(path)["Orders"].values)
    assert rows[1][0] == "1 of 2 products to order today."
    assert [row[0] for row in rows[4:]] == ["=Tea", "Jam"]
    assert rows[4][1] == rows[4][2] * 6
    assert rows[5][3] == "lasts"


def test_a_list_that_cannot_be_used_is_refused_before_any_forecast(
    shop: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("Product,Colour\nTea,green\n")
    assert main(["orders", shop[0], "--order-list", str(bad), "--json", *FAST]) == 1
    assert main(["forecast", shop[0], "--order-list", str(bad), "--output", str(tmp_path / "a.csv"), *FAST]) == 1
    assert not (tmp_path / "a.csv").exists()
    assert main(["orders", shop[0], "--order-list", shop[1], "--output", shop[1], *FAST]) == 1
    assert "no_stock_list" in capsys.readouterr().err


def test_an_adjustment_that_cannot_be_used_holds_back_its_product_alone(
    shop: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.csv"
    head, good = "series,from,to,change,amount\n", "Jam,2026-04-01,2026-04-03,set,400\n"
    mine.write_text(head + good + "=Tea,2026-04-01,,set,lots\n=Tea,2027-01-01,,set,3\nJam,2026-01-01,,set,3\n")
    command = ["orders", shop[0], "--order-list", shop[1], "--adjustments", str(mine), *FAST]
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in found["products"]] == ["Jam"]
    assert found["products"][0]["expected"] > 390
    problems = {one["code"]: one for one in found["problems"]}
    assert problems["product_of_bad_adjustment"]["rows"] == [3, 4]
    assert "=Tea has no order." in problems["product_of_bad_adjustment"]["what"]
    assert "its time is over" in problems["adjustment_dropped"]["why"]
    mine.write_text(head + good + "Coffee,2026-04-01,,set,3\n=Tea,2026-04-01,,add,-9999\n")
    assert main(command) == 1  # it may be meant for any product
    assert "Row 3: there is no series and no group “Coffee”" in capsys.readouterr().err
    mine.write_text(head + good + "=Tea,2026-04-01,,add,-9999\n")
    assert main(command) == 0
    assert "=Tea has no order." in capsys.readouterr().err
