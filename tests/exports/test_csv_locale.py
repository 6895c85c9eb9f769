"""CSV for spreadsheets that write 1,5."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.cli.main import main
from almanac.core.csv_style import WITH_COMMA
from almanac.core.jobs import run
from almanac.exports import ExportContent, write


def test_numbers_have_commas_and_cells_semicolons(tmp_path: Path) -> None:
    series = series_set(seasonal(40), seasonal(40), names=("Bread; 1,5 kg", "=1+1"))
    content = ExportContent(series, forecast_of(series))
    run(write(tmp_path / "plain.csv", content, ()))
    run(write(tmp_path / "local.csv", replace(content, csv_style=WITH_COMMA), ()))
    with (tmp_path / "plain.csv").open(encoding="utf-8-sig", newline="") as file:
        plain = list(csv.reader(file))
    with (tmp_path / "local.csv").open(encoding="utf-8-sig", newline="") as file:
        local = list(csv.reader(file, delimiter=";"))
    assert [row[:3] for row in local] == [row[:3] for row in plain]
    assert [[x.replace(",", ".") for x in row[3:]] for row in local] == [row[3:] for row in plain]
    assert any("," in x for row in local[1:] for x in row[3:])
    assert not any("." in x for row in local[1:] for x in row[3:])


def test_the_command_line_takes_a_locale_and_refuses_what_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "sales.csv"
    source.write_text("Month,Sales\n" + "\n".join(f"{2021 + m // 12}-{m % 12 + 1:02},{m + 0.5}" for m in range(48)))
    words = ["forecast", str(source), "--output", str(tmp_path / "out.csv"), "--no-calibration", "--quiet"]
    assert main([*words, "--csv-locale", "de"]) == 0
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith("series;date;step;forecast;mean;")
    with pytest.raises(SystemExit):
        main([*words, "--csv-locale", "1,5"])
    assert "not a locale such as" in capsys.readouterr().err
