"""The sample spreadsheets are small, always the same, and read correctly without an option."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from almanac.core.jobs import run
from almanac.core.system.paths import resources
from almanac.tables import ReadFile, read

SAMPLES = resources() / "samples"


def read_sample(name: str) -> ReadFile:
    return run(read(SAMPLES / name))


def codes(file: ReadFile) -> set[str]:
    return {finding.code for finding in file.findings}


def test_the_corner_shop_has_twelve_products_day_by_day() -> None:
    file = read_sample("corner-shop.csv")
    assert (file.reading.layout, file.reading.series_columns, file.reading.value_columns) == (
        "long",
        ("Product",),
        ("Sold",),
    )
    assert (len(file.series), file.series.frequency.name) == (12, "daily")
    assert codes(file) == {"duplicate_rows", "gaps"}


def test_the_clinic_has_four_departments_week_by_week() -> None:
    file = read_sample("clinic.xlsx")
    assert file.series.names == ("General practice", "Paediatrics", "Dermatology", "Physiotherapy")
    assert (file.reading.layout, file.series.frequency.name) == ("wide", "weekly")
    assert codes(file) == {"header_not_first", "totals_left_out", "totals_among_parts", "gaps"}


def test_the_household_has_five_bills_month_by_month() -> None:
    file = read_sample("household.csv")
    assert (len(file.series), file.series.frequency.name, file.reading.decimal) == (5, "monthly", ",")
    assert file.series[3][0] == pytest.approx(1000, rel=0.3)
    assert codes(file) == {"header_not_first", "missing_values"}


def test_the_lab_has_two_sensors_hour_by_hour() -> None:
    file = read_sample("student-lab.csv")
    assert file.series.names == ("Temperature (°C)", "Humidity (%)")
    assert file.series.frequency.name == "hourly"
    assert codes(file) == {"gaps", "missing_values"}


def test_the_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.iterdir() if path.is_file()) < 1_000_000


def test_making_them_again_gives_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("generate_samples", SAMPLES / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    monkeypatch.setattr(generate, "HERE", tmp_path)
    for make in (generate.corner_shop, generate.clinic, generate.household, generate.student_lab):
        make()
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SAMPLES / path.name).read_bytes(), path.name
