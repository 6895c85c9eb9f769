"""Numbers of a month so far, which begin again with the next one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import accumulate, groupby

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding

from almanac.tables import ReadFile

HOURS = [datetime(2024, 4, 1) + timedelta(hours=n) for n in range(24 * 75)]
SPANS = {
    "day": ("Daily Rain (in)", "Rain today (mm)", "Tagesniederschlag", "Pluie du jour (mm)", "Lluvia diaria (mm)"),
    "week": ("Weekly Rain (in)", "Wochenniederschlag (mm)", "Lluvia semanal (mm)"),
    "month": ("Monthly Rain (in)", "Monatsniederschlag (mm)", "Precipitazioni mensili"),
    "event": ("Event Rain (in)", "Storm Rain (in)"),
}
DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(150)]


def so_far(step: list[int]) -> list[int]:
    months = groupby(zip(DAYS, step, strict=True), key=lambda pair: pair[0].month)
    return [total for _, pairs in months for total in accumulate(value for _, value in pairs)]


def read_numbers(read_text: Reader, name: str, numbers: list[int]) -> ReadFile:
    return read_text("\n".join([f"Date,{name}", *(f"{day},{n}" for day, n in zip(DAYS, numbers, strict=True))]))


@pytest.mark.parametrize("name", ["Sales MTD", "Sales", "Umsatz bis heute", "Stock"])
def test_they_become_what_each_day_added(read_text: Reader, name: str) -> None:
    step = np.random.default_rng(1).integers(20, 90, len(DAYS)).tolist()
    file = read_numbers(read_text, name, so_far(step))
    assert "running_total" in codes(file)
    assert file.series.values.tolist() == step[1:]


@pytest.mark.parametrize("seed", range(3))
def test_numbers_that_also_fall_elsewhere_stay(read_text: Reader, seed: int) -> None:
    rng = np.random.default_rng(seed)
    step = rng.integers(20, 90, len(DAYS)).tolist()
    numbers = so_far(step)
    day = int(rng.integers(5, 25))
    numbers[day] = numbers[day - 1] - 1
    file = read_numbers(read_text, "Sales", numbers)
    assert "running_total" not in codes(file)
    assert file.series.values.tolist() == numbers


def test_a_budget_that_is_used_up_each_month_stays(read_text: Reader) -> None:
    step = np.random.default_rng(1).integers(20, 90, len(DAYS)).tolist()
    left = [4000 - total for total in so_far(step)]
    assert read_numbers(read_text, "Left over", left).series.values.tolist() == left


def _rain(seed: int) -> list[int]:
    """What fell in each hour, in hundredths: a few hours of rain every few days."""
    rng = np.random.default_rng(seed)
    fell = rng.integers(1, 40, len(HOURS)) * (rng.random(len(HOURS)) < 0.5)
    wet = np.repeat(rng.random(len(HOURS) // 8) < 0.15, 8)
    return (fell * wet).tolist()


def _since(rain: list[int], span: str) -> list[int]:
    """What fell so far in each span, or since the last six dry hours."""
    so_far, total, dry = [], 0, 0
    for n, (hour, fell) in enumerate(zip(HOURS, rain, strict=True)):
        dry = 0 if fell else dry + 1
        begins = {"day": hour.hour == 0, "week": hour.hour == 0 and hour.weekday() == 6, "event": dry > 6}
        if n and begins.get(span, hour.hour == 0 and hour.day == 1):
            total = 0
        total += fell
        so_far.append(total)
    return so_far


def _read_hours(read_text: Reader, name: str, numbers: list[int]) -> ReadFile:
    rows = zip(HOURS, numbers, strict=True)
    return read_text("\n".join([f"Time,{name}", *(f"{hour:%Y-%m-%d %H:%M},{n / 100}" for hour, n in rows)]))


@pytest.mark.parametrize(
    ("span", "name"),
    [
        pytest.param(span, name, marks=[pytest.mark.slow] if n else [])
        for span, names in SPANS.items()
        for n, name in enumerate(names)
    ],
)
def test_rain_so_far_becomes_what_fell_in_each_hour(read_text: Reader, span: str, name: str) -> None:
    rain = _rain(5)
    file = _read_hours(read_text, name, _since(rain, span))
    assert f"It begins again with each {span}" in finding(file, "running_total").why
    assert np.nansum(file.series.values) == pytest.approx(sum(rain[1:]) / 100)
    assert file.series.measure(0).kind == "flow"


@pytest.mark.parametrize("kind", ["gust", "same all day", "falls at noon", "counts"])
def test_other_numbers_of_days_stay(read_text: Reader, kind: str) -> None:
    rng = np.random.default_rng(2)
    hourly = rng.integers(100, 900, len(HOURS)).tolist()
    numbers = {
        "gust": [max(hourly[n - n % 24 : n + 1]) for n in range(len(HOURS))],
        "same all day": [hourly[n // 24] for n in range(len(HOURS))],
        "falls at noon": [0 if n % 24 == 12 else so_far for n, so_far in enumerate(_since(hourly, "day"))],
        "counts": (rng.integers(0, 3, len(HOURS)) * 100).tolist(),
    }[kind]
    name = {"gust": "Max Daily Gust", "counts": "Storm rain alarms"}.get(kind, "Daily level")
    file = _read_hours(read_text, name, numbers)
    assert "running_total" not in codes(file)
    assert np.allclose(file.series.values, np.array(numbers) / 100)
