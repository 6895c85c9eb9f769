"""``--adjustments``: a list of changes is in what is saved, and a row that cannot be used is named."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.builders import seasonal

from almanac.cli.main import main

FAST = ["--model", "quick", "--device", "cpu", "--horizon", "4", "--no-calibration"]
HEAD = "series,from,to,change,amount,note\n"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("adjust") / "shop.csv"
    rows = [
        f"{2022 + t // 12}-{t % 12 + 1:02d}-01,{name},{value:.1f}"
        for k, name in enumerate(("Tea", "Milk"))
        for t, value in enumerate(seasonal(36, seed=k))
    ]
    path.write_text("\n".join(["Month,Product,Sold", *rows]))
    return path


def listed(folder: Path, rows: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_csv_has_both_forecasts(shop: Path, tmp_path: Path) -> None:
    mine = listed(tmp_path, "Tea,2025-01,2025-02,set,300,=Fair\nEverything,2025-03,,scale,+20%,Heat\n")
    out = tmp_path / "out.csv"
    assert main(["forecast", str(shop), "--output", str(out), "--adjustments", str(mine), "--quiet", *FAST]) == 0
    table = pd.read_csv(out)
    tea = table[table["series"] == "Tea"]
    assert tea["adjusted"][:2].sum() == pytest.approx(300, rel=1e-9)
    third = table[table["step"] == 3]
    assert (third["adjusted_mean"] / third["mean"]).to_numpy() == pytest.approx([1.2, 1.2], rel=1e-5)
    assert (third["adjusted"] / third["forecast"]).to_numpy() == pytest.approx([1.2, 1.2], rel=1e-5)
    last = table[table["step"] == 4]
    assert last["adjusted"].to_numpy() == pytest.approx(last["forecast"].to_numpy(), rel=1e-6)
    assert tea["note"].fillna("").tolist() == ["'=Fair", "'=Fair", "Heat", ""]


def test_the_workbook_has_the_adjustment_where_it_is_needed(shop: Path, tmp_path: Path) -> None:
    mine = listed(tmp_path, "Tea,2025-01-01,2025-04-01,set,1000,Fair\n")
    out = tmp_path / "out.xlsx"
    assert main(["forecast", str(shop), "--output", str(out), "--adjustments", str(mine), "--quiet", *FAST]) == 0
    book = openpyxl.load_workbook(out, data_only=True)
    (line,) = (row for row in book["Adjustments"].values if row[0] == "Tea")
    assert line[1:3] == ("2025-01 to 2025-04", "set to 1,000")
    assert line[4:] == (pytest.approx(1000), "Fair")
    plan = [row for row in book["Plan"].values if row[0] == "Tea" and row[1] is not None]
    assert sum(row[5] for row in plan) == pytest.approx(1000, rel=1e-9)
    assert all(row[6] == "Fair" for row in plan)
    assert "adjusted by you (forecast: " in str([row[0] for row in book["Summary"].values])
    heads, *rows = book["Forecast"].values
    at = heads.index("Adjusted")
    assert sum(row[at] for row in rows if row[0] == "Tea") == pytest.approx(1000, rel=1e-9)


def test_totals_follow(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = listed(tmp_path, 'Everything,2025-01-01,2025-04-01,set,"1,234.5",Plan\n')
    command = ["totals", str(shop), "--by", "product", "--adjustments", str(mine), "--json", *FAST]
    assert main(command) == 0
    spans = [group["spans"][0] for group in json.loads(capsys.readouterr().out)["groups"]]
    assert spans[0]["point"] == pytest.approx(1234.5, rel=1e-9)
    assert spans[1]["point"] + spans[2]["point"] == pytest.approx(1234.5, rel=1e-9)
    assert spans[0]["forecast"] == pytest.approx(spans[1]["forecast"] + spans[2]["forecast"])


def test_totals_know_events_and_write_for_a_locale(shop: Path, tmp_path: Path) -> None:
    events, out = tmp_path / "events.csv", tmp_path / "totals.csv"
    events.write_text("event,kind,from,to\nRenovation,closure,2025-02-01,2025-02-28\n")
    command = ["totals", str(shop), "--events", str(events), "--per", "month", "--output", str(out)]
    assert main([*command, "--csv-locale", "de", *FAST]) == 0
    table = pd.read_csv(out, sep=";", decimal=",")
    assert table["point"][1] == 0
    assert table["point"][0] > 0


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Tea,2025-01,,set,lots,", "Row 2: “lots” is not a number"),
        ("Tea,2025-01,,set,1.500,", "Row 2: “1.500” may be with thousands"),
        ("Tea,2025-01,,double,2,", "Row 2: “double” is not one of set, scale, add"),
        ("Tea,then,,set,2,", "Row 2: “then” is not a date"),
        ("Tea,,,set,2,", "Row 2: it has no date"),
        ("Tea,2025-01,,scale,-2,", "Row 2: a forecast is not multiplied by less than 0"),
        ("Coffee,2025-01,,set,2,", "Row 2: there is no series and no group “Coffee”."),
        ("Tea,2030-01,,set,2,", "beyond the forecast"),
        ("Tea,2024-01,,set,2,", "its time is over"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_saved(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, why: str
) -> None:
    out = tmp_path / "out.csv"
    command = ["forecast", str(shop), "--output", str(out), "--adjustments", str(listed(tmp_path, row)), "--quiet"]
    assert main([*command, *FAST]) == 1
    assert why in capsys.readouterr().err
    assert not out.exists()


def test_all_rows_of_both_lists_that_cannot_be_used_are_named_at_once(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "Tea,2025-01,,set,lots,\nCoffee,2025-01,,set,2,\nTea,2025-02,,set,5,\nTea,2030-01,,add,2,\n"
    rows += "Tea,2025-01,,set,-2,\n"
    events, out = tmp_path / "events.csv", tmp_path / "out.csv"
    events.write_text("event,kind,from,series\nParty,fun,2024-02-01,\nSale,sale,2024-02-01,Coffee\n")
    command = ["forecast", str(shop), "--output", str(out), "--quiet", *FAST]
    lists = ["--adjustments", str(listed(tmp_path, rows)), "--events", str(events)]
    assert main([*command, *lists]) == 1
    said = capsys.readouterr().err
    assert "2 rows of events.csv cannot be used as events. 4 rows of mine.csv cannot be used as adjustments." in said
    for part in ("Row 2: “fun”", "row 3: “Sale” is for “Coffee”", "Row 2: “lots”", "row 3: there", "row 5", "row 6"):
        assert part in said
    assert "row 4" not in said
    assert main([*command, *lists[2:]]) == 1
    assert "“Sale” is for “Coffee”" in capsys.readouterr().err


def test_a_part_of_a_month_changes_in_proportion_and_is_said(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = listed(tmp_path, "Tea,2025-01-10,2025-01-19,scale,2,Fair\nMilk,2025-01-01,2025-02-01,set,500,\n")
    command = ["totals", str(shop), "--by", "product", "--per", "month", "--adjustments", str(mine), "--json", *FAST]
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out)
    tea, milk = (group["spans"] for group in found["groups"] if group["group"])
    if "Tea" not in found["groups"][1]["name"]:
        tea, milk = milk, tea
    assert tea[0]["point"] == pytest.approx(tea[0]["forecast"] * (1 + 10 / 31))
    assert milk[0]["point"] + milk[1]["point"] == pytest.approx(500)
    notes = {note["code"]: note["why"] for note in found["notes"]}
    assert "32% of 2025-01" in notes["adjusted_in_part"]
    assert "2025-02" in notes["adjusted_as_a_whole"]


def test_a_list_without_its_columns_is_refused(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("product,month\nTea,2025-01\n")
    command = ["forecast", str(shop), "--output", str(tmp_path / "o.csv"), "--adjustments", str(mine), *FAST]
    assert main(command) == 1
    assert "has no column “change”, “amount”" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["forecast", "totals"])
@pytest.mark.parametrize("option", ["--adjustments", "--events"])
def test_a_list_that_is_read_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, option: str
) -> None:
    source, listed = tmp_path / "sales.csv", tmp_path / "list.csv"
    source.write_text("Month,Sold\n" + "".join(f"2024-{month:02d},{month}\n" for month in range(1, 13)))
    listed.write_text("mine")
    assert main([command, str(source), "--output", str(listed), option, str(listed)]) == 1
    assert "was not saved" in capsys.readouterr().err
    assert listed.read_text() == "mine"
