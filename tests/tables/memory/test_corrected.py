"""A correction made for one file is used for another only where it fits that one at least as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.conftest import codes, finding, lines, months
from tests.tables.memory.pairs import Pair, pairs

from almanac import workflow
from almanac.core.jobs import run
from almanac.tables import ReadFile, ReadingOptions, remember_use

ALMOST = 1e-9


def opened(path: Path, options: ReadingOptions | None = None) -> ReadFile:
    return run(workflow.check(path, options))


def used(path: Path, text: str, **options: object) -> ReadFile:
    """The file, read with these options and then used for a forecast."""
    path.write_text(text, encoding="utf-8")
    file = opened(path, ReadingOptions(**options))  # type: ignore[arg-type]
    remember_use(path, file)
    return file


def values_of(file: ReadFile) -> dict[str, float]:
    series = file.series
    return {series.frequency.iso(int(series.first[0]) + n): float(v) for n, v in enumerate(series[0])}


def what_is_wrong(pair: Pair, folder: Path) -> str:
    """What a person would be misled by; empty when nothing is."""
    used(folder / "first.csv", pair.first, **pair.options)
    path = folder / "second.csv"
    path.write_text(pair.second, encoding="utf-8")
    file = opened(path)
    found, right = values_of(file), pair.wanted
    exact = file.series.names[0] in pair.second and all(
        abs(found.get(day, float("nan")) - value) < ALMOST for day, value in right.items()
    )
    if pair.carried is not None and ("read_as_corrected" in codes(file)) is not pair.carried:
        return f"carried: {not pair.carried}"
    return "" if exact and len(found) == len(right) else f"{len(found)} values for {len(right)}"


def check(first_seed: int, rounds: int, folder: Path) -> list[str]:
    wrong = []
    for n, pair in enumerate(pairs(first_seed, rounds)):
        problem = what_is_wrong(pair, folder)
        if problem:
            wrong.append(f"{n} {pair.kind} {pair.options}: {problem}")
        (folder / "first.csv").unlink()
    return wrong


def test_a_correction_never_makes_the_next_file_wrong(tmp_path: Path) -> None:
    assert not check(0, 4, tmp_path)


@pytest.mark.slow
def test_a_correction_never_makes_any_of_many_next_files_wrong(tmp_path: Path) -> None:
    assert not check(100, 40, tmp_path)


ASKED = lines([f"{n}/4/2025" for n in range(3, 13)], range(510, 520), header="Date,Sales")
MONTHS = lines(months(36, "01/{m:02d}/{y}"), range(36), header="Date,Sales")
DAYS = lines([f"2025-01-{n:02d}" for n in range(1, 31)], range(30), range(70, 100), header="Day,Orders,Stock")


def after(path: Path, text: str) -> ReadFile:
    path.write_text(text, encoding="utf-8")
    return opened(path)


def test_an_answer_about_day_and_month_is_only_for_files_that_ask(tmp_path: Path) -> None:
    used(tmp_path / "a.csv", ASKED, day_first=False)
    file = after(tmp_path / "b.csv", MONTHS)
    assert file.series.frequency.name == "monthly"
    assert len(file.series.values) == 36
    assert file.options == ReadingOptions()
    iso = after(tmp_path / "c.csv", lines(months(12), range(12), header="Date,Sales"))
    assert iso.options == ReadingOptions()


def test_a_file_that_a_correction_says_nothing_about_does_not_end_it(tmp_path: Path) -> None:
    used(tmp_path / "a.csv", ASKED, day_first=False)
    remember_use(tmp_path / "b.csv", after(tmp_path / "b.csv", MONTHS))
    assert opened(tmp_path / "a.csv").options.day_first is False


def test_a_correction_undone_by_hand_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    used(path, DAYS, values=("Stock",))
    recalled = opened(path).options
    assert recalled.values == ("Stock",)
    remember_use(path, opened(path, recalled.with_values(values=())))
    assert opened(path).options == ReadingOptions()


def test_a_correction_in_doubt_is_offered(tmp_path: Path) -> None:
    used(tmp_path / "a.csv", DAYS, values=("Stock",))
    path = tmp_path / "b.csv"
    stock = [n if n < 5 else "" for n in range(30)]
    file = after(path, lines([f"2025-07-{n:02d}" for n in range(1, 31)], range(30), stock, header="Day,Orders,Stock"))
    offer = finding(file, "corrections_not_used")
    assert "Orders" in file.reading.value_columns
    assert "forecast: Stock" in offer.why
    assert [choice.label for choice in offer.choices] == ["As Almanac proposes", "As last time"]
    leave, apply = (opened(path, file.options.with_values(**dict(choice.sets))) for choice in offer.choices)
    assert "Orders" in leave.reading.value_columns
    assert apply.reading.value_columns == ("Stock",)
    assert "read_as_corrected" in codes(apply)


def test_findings_that_the_person_accepted_do_not_speak_against_a_correction(tmp_path: Path) -> None:
    gaps = ["" if n % 3 else 50 + n for n in range(30)]
    sparse = lines([f"2025-01-{n:02d}" for n in range(1, 31)], range(30), gaps, header="Day,Orders,Stock")
    used(tmp_path / "a.csv", sparse, values=("Stock",))
    file = after(tmp_path / "b.csv", sparse.replace("2025-01", "2025-07"))
    assert file.reading.value_columns == ("Stock",)


def test_a_treatment_is_used_for_a_finding_that_is_as_common_as_before(tmp_path: Path) -> None:
    header = "Day,Level"
    stamps = [f"2025-01-{n:02d}" for n in range(1, 31)]
    used(tmp_path / "a.csv", lines([*stamps, stamps[4]], range(31), header=header), repeated="last")
    again = after(tmp_path / "b.csv", lines([*stamps, stamps[7]], range(31), header=header))
    assert again.options.repeated == "last"
    assert "several rows of one date: keep the last" in finding(again, "read_as_corrected").why
    events = after(tmp_path / "c.csv", lines([s for s in stamps for _ in range(4)], range(120), header=header))
    assert events.options == ReadingOptions()


def test_what_was_changed_by_hand_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    used(path, ASKED, day_first=False)
    file = opened(path, opened(path).options.with_values(day_first=True))
    assert file.series.frequency.name == "daily"
