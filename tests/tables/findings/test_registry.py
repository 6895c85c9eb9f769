"""The registry of findings: complete, followed by the detectors, and every treatment does what it says."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.tables.conftest import Reader, finding, lines, months

from almanac.core.problems import ProblemError
from almanac.tables.findings.finding_type import FindingType, Report
from almanac.tables.findings.registry import REGISTRY, outliers
from almanac.tables.quality.repairs import TREATMENTS

APP = Path(importlib.import_module("almanac").__file__ or "").parent
TESTS = Path(__file__).parents[2]
DAYS = [date(2025, 1, 1) + timedelta(n) for n in range(60)]
SALES = [round(200 + 30 * np.sin(n * np.pi / 6) + n * 7 % 5, 2) for n in range(60)]


def names_of_entries() -> dict[int, str]:
    from almanac.tables.findings import registry

    return {id(entry): name for name, entry in vars(registry).items() if isinstance(entry, FindingType)}


def sources() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((APP / "tables").rglob("*.py"))}


def test_every_finding_is_made_by_the_registry() -> None:
    made = {
        path.relative_to(APP).as_posix()
        for path in sorted(APP.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Finding", "FindingType")
    }
    assert made == {"tables/findings/finding_type.py", "tables/findings/registry.py"}


@pytest.mark.parametrize("entry", REGISTRY, ids=lambda entry: entry.report.__name__)
def test_every_entry_has_detectors_that_make_it_and_a_test(entry: FindingType[Any]) -> None:
    assert entry.report.__doc__
    name = names_of_entries()[id(entry)]
    assert entry.detectors
    for detector in entry.detectors:
        module, function = detector.rsplit(".", 1)
        assert callable(getattr(importlib.import_module(f"almanac.tables.{module}"), function))
        tree = ast.parse((APP / "tables" / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert calls & {f"findings.{name}", name}, f"{detector} never makes {name}"
    tests = (path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py"))
    assert any(f'"{entry.code}"' in test for test in tests), f"no test reads a file with {entry.code}"


def test_codes_and_names_of_treatments_are_unique() -> None:
    twice = {"partial_last_period"}  # noticed in two ways: by its dates, or by its values
    codes = [entry.code for entry in REGISTRY]
    assert {code for code in codes if codes.count(code) > 1} == twice
    for entry in REGISTRY:
        for kind in ("name", "label"):
            assert len({getattr(t, kind) for t in entry.treatments}) == len(entry.treatments)


def with_value(position: int, value: object) -> str:
    return lines(months(60), [value if n == position else v for n, v in enumerate(SALES)], header="Month,Sales")


def of_two(values: Callable[[int, int], object], count: int = 24) -> str:
    rows = [f"{m},{name},{values(n, k)}" for n, m in enumerate(months(count)) for k, name in enumerate("AB")]
    return "Month,Shop,Sold\n" + "\n".join(rows)


def ledger() -> str:
    rows = sorted([*((d, "(10.50)") for d in DAYS), *((d, "(2.00)") for d in DAYS), *((d, "900") for d in DAYS[3::7])])
    return "Date,Amount\n" + "\n".join(f"{day},{amount}" for day, amount in rows)


def irregular() -> str:
    """Measurements at any time of day."""
    minutes = np.cumsum(np.random.default_rng(3).exponential(40, 300)).astype(int).tolist()
    return lines([stamp(m) for m in minutes], [n * n % 31 for n in range(300)], header="Time,Level")


def stamp(minute: int) -> str:
    return f"{date(2025, 1, 1) + timedelta(minute // 1440)} {minute // 60 % 24:02d}:{minute % 60:02d}"


def receipts() -> str:
    """Single sales at any time of day."""
    rng = np.random.default_rng(5)
    minutes = np.sort(rng.integers(0, 60 * 24 * 60, 400)).tolist()
    return lines(
        [stamp(m) for m in minutes],
        [1000 + n for n in range(400)],
        rng.integers(1, 90, 400).tolist(),
        header="Time,Receipt,Amount",
    )


def in_the_future() -> str:
    return lines([date.today() + timedelta(n) for n in range(-40, 10)], range(50), header="Date,Sales")


# A file with each finding that can be treated, and the options it takes to see it.
FILES: dict[str, tuple[Callable[[], str], dict[str, Any]]] = {
    "totals_among_parts": (lambda: lines(months(30), [n % 7 for n in range(30)], [n * 3 % 11 for n in range(30)],
        [n % 7 + n * 3 % 11 for n in range(30)], header="Month,North,South,Total"), {}),
    "duplicate_rows": (lambda: lines([*months(30), months(30)[3]], [*range(1, 31), 4], header="Date,Sales"), {}),
    "repeated_dates": (lambda: lines([*months(30), months(30)[3]], [*range(1, 31), 9], header="Date,Sales"), {}),
    "dates_backwards": (lambda: lines([d.replace(year=d.year - 1) if n == 20 else d for n, d in enumerate(DAYS)],
        SALES, header="Date,Sales"), {}),
    "future_dates": (in_the_future, {}),
    "copied_columns": (lambda: lines(months(60), SALES, SALES, header="Month,Sales,Planned"), {}),
    "computed_series": (lambda: lines(months(60), SALES, [n * n % 31 for n in range(60)],
        [v - n * n % 31 for n, v in enumerate(SALES)], header="Month,Income,Costs,Profit"), {}),
    "opposite_sides": (lambda: lines(months(60), SALES, [n * n % 31 for n in range(60)],
        header="Month,Received,Sold"), {}),
    "text_among_numbers": (lambda: with_value(5, "closed"), {}),
    "sentinel_values": (lambda: lines(DAYS, [-200 if n % 9 == 4 else v for n, v in enumerate(SALES)],
        header="Date,Level"), {}),
    "sentinels_left_out": (lambda: lines(DAYS, [-999 if n % 9 == 4 else v for n, v in enumerate(SALES)],
        header="Date,Level"), {}),
    "cancelled_rows": (lambda: lines(DAYS, ["void" if n % 9 == 4 else "paid" for n, _ in enumerate(DAYS)], SALES,
        header="Date,Status,Sales"), {}),
    "signs_mixed": (ledger, {}),
    "running_total": (lambda: lines(months(60), np.cumsum([5 + n * 7 % 13 for n in range(60)]).tolist(),
        header="Month,Meter reading"), {}),
    "money_in_and_out": (lambda: lines(DAYS, [n % 7 + 0.5 if n % 5 else "" for n in range(60)],
        ["" if n % 5 else 9 for n in range(60)], header="Date,Paid out,Paid in"), {}),
    "double_entry": (lambda: lines([d for d in DAYS for _ in "ab"], ["Bank", "Sales"] * 60,
        [v for n in range(60) for v in (n + 9 if n % 5 else "", "" if n % 5 else n + 5)],
        [v for n in range(60) for v in ("" if n % 5 else n + 5, n + 9 if n % 5 else "")],
        header="Date,Account,Debit,Credit"), {}),
    "goods_in_and_out": (lambda: lines(DAYS, ["GRN" if n % 5 == 1 else "Issue" for n in range(60)],
        range(5, 65), header="Date,Type,Qty"), {}),
    "goods_by_sign": (lambda: lines([day for day in DAYS for _ in "ab"], [n % 7 - 3.5 for n in range(2 * len(DAYS))],
        header="Date,Qty"), {}),
    "irregular_dates": (irregular, {}),
    "put_together": (lambda: lines(DAYS, SALES, [n * n % 31 for n in range(60)], header="Date,Sales,Temperature"),
        {"frequency": "weekly"}),
    "events_by_day": (receipts, {}),
    "partial_last_period": (lambda: lines(DAYS[:58], SALES[:58], header="Date,Sales"), {"frequency": "weekly"}),
    "low_last_period": (lambda: with_value(59, 9), {}),
    "weekend_rows": (lambda: lines([d for n, d in enumerate(DAYS) if d.weekday() < 5 or n == 45], range(200, 244),
        header="Date,Sales"), {}),
    "odd_times": (lambda: lines([stamp(60 * n + 10 * (n == 40)) for n in range(200)] + [stamp(60 * 200), stamp(11999)],
        range(202), header="Time,Used"), {}),
    "closed_periods": (lambda: lines([d for d in DAYS if d.weekday() < 6], range(200, 252), header="Date,Sales"), {}),
    "gaps": (lambda: lines([m for n, m in enumerate(months(61)) if n != 7], SALES, header="Month,Sales"), {}),
    "unit_jump": (lambda: with_value(20, 214000), {}),
    "outliers": (lambda: with_value(20, 4444), {}),
    "negatives": (lambda: lines(months(60), [-3 if n == 5 else n * 7 % 13 for n in range(60)],
        header="Month,Sales"), {}),
    "level_break": (lambda: lines(months(60), [v + (900 if n >= 40 else 0) for n, v in enumerate(SALES)],
        header="Month,Sales"), {}),
    "constant_series": (lambda: of_two(lambda n, k: 5 if k else n), {}),
    "too_short": (lambda: of_two(lambda n, k: n if k or n < 4 else ""), {}),
}  # fmt: skip
# tests/tables/memory, calendars, and columns
ELSEWHERE = {"read_as_corrected", "corrections_not_used", "no_history", "event_column"}
SOMETIMES = {"As each column needs"}  # only where the columns need different ways
TREATABLE = [entry for entry in REGISTRY if entry.treatments and entry.code not in ELSEWHERE]


@pytest.mark.parametrize("entry", TREATABLE, ids=lambda entry: entry.report.__name__)
def test_every_treatment_of_a_finding_is_offered_and_followed(read_text: Reader, entry: FindingType[Any]) -> None:
    write, options = FILES[entry.report.__name__]
    text = write()
    first = finding(read_text(text, **options), entry.code)
    labels = {treatment.label for treatment in entry.treatments}
    assert labels - SOMETIMES <= {choice.label for choice in first.choices} <= labels
    results = []
    for choice in first.choices:
        file = read_text(text, **options, **dict(choice.sets))
        if entry.option != "sign" and entry.code != "events_by_day":  # an answered question is no longer asked
            again = finding(file, entry.code)
            assert again.choices[again.chosen].label == choice.label
        series = file.series
        results.append(
            (
                series.names,
                series.first.tolist(),
                series.offsets.tolist(),
                repr(series.values.tolist()),
                len(series.open_periods),
                series.measures,
            )
        )
    assert len({repr(result) for result in results}) == len(results), "two treatments give the same series"


def test_every_repair_of_values_is_in_the_registry() -> None:
    offered = {t.name for e in REGISTRY if e.code in ("unit_jump", "outliers", "negatives") for t in e.treatments}
    assert set(TREATMENTS) == offered - {"keep"}


def test_a_treatment_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ProblemError) as caught:
        outliers(["Sales"], np.array([1.0]), (2,), "burn")
    assert caught.value.problem.code == "no_such_treatment"


def test_choices_begin_with_the_proposed_treatment() -> None:
    def report(used: str, proposed: str) -> Report:
        return Report(what="a", why="b", fix="c", used=used, proposed=proposed)

    entry = FindingType("sample", report, (), outliers.treatments)
    found = entry("keep", "between")
    assert found.choices[0].label == "Fill from the neighbours"
    assert found.choices[found.chosen].label == "Keep as it is"
