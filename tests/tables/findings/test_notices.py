"""Findings that only tell how a file was read: each is found in a file that has it, with its lines or column."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months

VALUES = [100 + n * 7 % 13 for n in range(60)]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def blocks() -> str:
    rows = [f"{name if n == 0 else ''},{month},{n + k}" for k, name in enumerate(("North", "South"))
            for n, month in enumerate(months(24))]  # fmt: skip
    return "Shop,Month,Sales\n" + "\n".join(rows)


def side_by_side() -> str:
    rows = [f"{month},{n},,{month},{2 * n}" for n, month in enumerate(months(24))]
    return "North,,,South,\nMonth,Sales,,Month,Sales\n" + "\n".join(rows)


def spring() -> str:
    """Hourly local times over the change to summer time in Berlin."""
    start = datetime(2024, 3, 29, tzinfo=ZoneInfo("UTC"))
    local = [(start + timedelta(hours=n)).astimezone(ZoneInfo("Europe/Berlin")) for n in range(96)]
    return lines([f"{t:%Y-%m-%d %H:%M}" for t in local], [n * 7 % 13 for n in range(96)], header="Time,Load")


def whole_weeks() -> str:
    days, day = [], date(2022, 1, 29)
    for n in range(36):
        days.append(day)
        day += timedelta(35 if n % 3 == 1 else 28)
    return lines(days, VALUES[:36], header="Period end,Sales")


def no_numbers_in_one() -> str:
    rows = [f"{m},{name},{n if name == 'A' else ''}" for n, m in enumerate(months(24)) for name in "AB"]
    return "Month,Shop,Sold\n" + "\n".join(rows)


FILES = {
    "carried_down": blocks(),
    "tables_beside": side_by_side(),
    "dates_from_numbers": lines([45000 + n for n in range(60)], VALUES, header="Date,Sales"),
    "rolling_periods": lines([f"{MONTHS[n % 12]}-{MONTHS[(n + 2) % 12]} {2019 + (n + 2) // 12}" for n in range(60)],
                             VALUES, header="Period,Rate"),
    "counted_weeks": lines([2021 + (n > 51) + (n > 104) for n in range(125)],
                           [*range(1, 53), *range(1, 54), *range(1, 21)],
                           range(100, 225), header="Year,Week,Sales"),
    "thirteen_periods": lines([2020 + n // 13 for n in range(52)], [n % 13 + 1 for n in range(52)], VALUES[:52],
                              header="Year,Period,Sales"),
    "clocks_changed": spring(),
    "retail_months": whole_weeks(),
    "empty_series": no_numbers_in_one(),
    "no_dates_row_order": lines([v + 0.5 for v in VALUES], header="Sales"),
}  # fmt: skip


@pytest.mark.parametrize("code", FILES)
def test_the_finding_is_reported_without_choices(read_text: Reader, code: str) -> None:
    file = read_text(FILES[code])
    assert code in codes(file)
    found = finding(file, code)
    assert not found.choices
    for sentence in (found.what, found.why, found.fix):
        assert sentence.endswith((".", "?"))
