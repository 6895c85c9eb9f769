"""A corrected reading is used again for files with the same columns, says so, and can be forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.tables.conftest import codes, finding, lines, months

from almanac import workflow
from almanac.core.jobs import run
from almanac.tables import ReadFile, ReadingOptions, remember

VALUES = [100 + n for n in range(12)]
BOTH_WAYS = [f"{n}/9/2014" for n in range(1, 13)]  # twelve days in September, or one day in twelve months
MONTH_FIRST = ReadingOptions(day_first=False)


def written(path: Path, dates: list[str] = BOTH_WAYS, header: str = "Date,Sales") -> Path:
    path.write_text(lines(dates, VALUES, header=header), encoding="utf-8")
    return path


def opened(path: Path, **options: object) -> ReadFile:
    return run(workflow.check(path, ReadingOptions(**options) if options else None))  # type: ignore[arg-type]


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """A file that was used with the month first."""
    path = written(tmp_path / "september.csv")
    remember(path, MONTH_FIRST)
    return path


@pytest.mark.usefixtures("corrected")
def test_the_next_file_of_the_same_shape_is_read_the_same_way(tmp_path: Path) -> None:
    later = written(tmp_path / "another name.csv", [f"{n}/10/2014" for n in range(1, 13)])
    file = opened(later)
    assert file.series.frequency.name == "monthly"
    assert "03/04 is 4 March" in finding(file, "read_as_corrected").why
    assert not file.reading.questions


@pytest.mark.usefixtures("corrected")
def test_a_file_with_other_columns_is_read_as_proposed(tmp_path: Path) -> None:
    file = opened(written(tmp_path / "b.csv", header="Day,Visitors"))
    assert file.options == ReadingOptions()
    assert [q.code for q in file.reading.questions] == ["day_or_month"]


def test_it_can_be_forgotten_with_the_answer_of_the_finding(corrected: Path) -> None:
    _, forget = finding(opened(corrected), "read_as_corrected").choices
    file = run(workflow.check(corrected, opened(corrected).options.with_values(**dict(forget.sets))))
    assert file.options == ReadingOptions()
    assert "read_as_corrected" not in codes(file) | codes(opened(corrected))


def test_options_given_are_not_overruled(corrected: Path) -> None:
    assert opened(corrected, day_first=True).series.frequency.name == "daily"


def test_a_file_used_as_proposed_forgets_the_old_correction(corrected: Path) -> None:
    remember(corrected, ReadingOptions())
    assert "read_as_corrected" not in codes(opened(corrected))


def test_time_that_runs_across_grows_without_changing_the_shape(tmp_path: Path) -> None:
    def across(name: str, count: int) -> Path:
        path = tmp_path / name
        header = ",".join(["Shop", "Kind", *months(count, "{y}-{m:02d}")])
        rows = [",".join([shop, "old", *(str(n) for n in range(count))]) for shop in ("North", "South", "East")]
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return path

    remember(across("a.csv", 24), ReadingOptions(series=("Shop", "Kind")))
    assert opened(across("b.csv", 25)).reading.series_columns == ("Shop", "Kind")


@pytest.mark.usefixtures("corrected")
def test_only_a_hash_of_the_names_and_the_choices_are_kept(own_state: Path) -> None:
    kept = (own_state / "corrections.json").read_text()
    assert "Sales" not in kept
    assert "september" not in kept
    assert [entry["options"]["day_first"] for entry in json.loads(kept).values()] == [False]


def test_a_correction_that_does_not_fit_this_file_is_ignored(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", months(12))
    remember(path, ReadingOptions(date="Sales"))  # only numbers, no dates
    assert opened(path).options == ReadingOptions()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": 1}'])
def test_an_unreadable_store_does_not_stop_the_reading(corrected: Path, own_state: Path, content: str) -> None:
    (own_state / "corrections.json").write_text(content)
    assert opened(corrected).options == ReadingOptions()


def test_a_forecast_remembers_only_files_that_a_person_saw(tmp_path: Path, own_state: Path) -> None:
    path = written(tmp_path / "a.csv")
    file = opened(path, day_first=False)
    run(workflow.forecast(file))
    assert not (own_state / "corrections.json").exists()
    run(workflow.forecast(file, None, path))
    assert opened(path).options.day_first is False
