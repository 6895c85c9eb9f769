from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from almanac.cli.main import main
from almanac.core.system import paths

DAYS, PER_DAY = 60, (4, 9)


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """A list of visits: four a day to one doctor, nine to the other."""
    path = tmp_path / "visits.csv"
    rows = [
        f"{date(2025, 1, 6) + timedelta(day)},{doctor},walk-in {n % 3}"
        for day in range(DAYS)
        for doctor, count in zip(("Dr Lee", "Dr Sund"), PER_DAY, strict=True)
        for n in range(count)
    ]
    path.write_text("Date,Doctor,Reason\n" + "\n".join(rows), encoding="utf-8")
    return path


def share(visits: Path, *more: str) -> int:
    return main(["share", str(visits), "--series", "Doctor", *more])


def test_counts_are_close_and_what_they_reveal_is_said(
    visits: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("opendp", reason="the extra share is not installed")
    target = tmp_path / "shared.csv"
    assert share(visits, "--output", str(target)) == 0
    table = pd.read_csv(target)
    assert table.columns.tolist() == ["series", "period", "count"]
    assert len(table) == 2 * DAYS
    true = table["series"].map(dict(zip(("Dr Lee", "Dr Sund"), PER_DAY, strict=True)))
    assert 0 < (table["count"] != true).mean() < 1
    assert ((table["count"] - true).abs() <= 3).mean() > 0.85
    said = capsys.readouterr().out
    assert "95% of the numbers are at most 3 away" in said
    assert "can be 73 of 100 sure" in said
    assert "before. What they reveal" not in said


def test_what_summaries_reveal_adds_up(visits: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("opendp", reason="the extra share is not installed")
    target = tmp_path / "shared.xlsx"
    share(visits, "--output", str(target), "--protection", "strong")
    capsys.readouterr()
    assert share(visits, "--output", str(target), "--rows-per-person", "2", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["epsilon"], record["spent_epsilon"]) == (pytest.approx(1.0), pytest.approx(1.5))
    share(visits, "--output", str(target))
    assert "somebody can be 92 of 100 sure" in capsys.readouterr().out
    kept = json.loads((paths.state() / "shared_summaries.json").read_text())
    assert list(kept.values()) == [pytest.approx(2.5)]


def test_amounts_are_not_shared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sales.csv"
    rows = [f"{date(2025, 1, 6) + timedelta(day)},{100 + day % 7}" for day in range(60)]
    path.write_text("Date,Sales\n" + "\n".join(rows))
    assert main(["share", str(path), "--value", "Sales", "--output", str(tmp_path / "out.csv")]) == 1
    assert "not a list whose rows are counted" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
    assert not (paths.state() / "shared_summaries.json").exists()
