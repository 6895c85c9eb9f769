"""Merged months with what was planned and what came below each are read, however much of it is still to come."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from tests.tables.conftest import Reader

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
FORMS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{MONTHS[n]} 2024",
    lambda n: f"2024-{n + 1:02d}",
    lambda n: f"{n + 1:02d}/2024",
    lambda n: f"{MONTHS[n]}-24",
    lambda n: f"2024-{n + 1:02d}-01",
)
THINGS = (("Budget", "Actual"), ("Plan", "Ist", "Abw."))
BLANK = (0, 1, 3, 6, 9, 10)  # months to come, at the end
# Where the names of the first columns stand: next to what is measured, in the line of the months, or two of them there.
CORNERS = ("lower", "upper", "upper two")
Case = tuple[Callable[[int], str], tuple[str, ...], int, str, int, bool, bool]
ALL: list[Case] = list(product(FORMS, THINGS, BLANK, CORNERS, (2, 4), (False, True), (False, True)))


@pytest.mark.parametrize("step", [89, pytest.param(1, marks=pytest.mark.slow)])
def test_what_was_planned_and_what_came_are_read_below_merged_months(read_text: Reader, step: int) -> None:
    wrong = []
    for case in ALL[::step]:
        _, things, blank, _, shops, *_ = case
        file = read_text(_table(case))
        series = file.series
        first = [series.frequency.iso(int(n)) for n in series.first]
        lengths = sorted(len(series[n]) for n in range(len(series)))
        whole = sorted([12] * shops + [12 - blank] * shops * (len(things) - 1))
        if first != ["2024-01-01"] * shops * len(things) or lengths != whole or series[0][0] != 50:
            wrong.append((case, first, lengths))
    assert not wrong


def _table(case: Case) -> str:
    form, things, blank, corner, shops, title, full = case
    keys = ["Region", "Dept"] if corner == "upper two" else ["Dept"]
    nothing = [""] * len(keys)
    above, below = (nothing, keys) if corner == "lower" else (keys, nothing)
    for group in [form(n) for n in range(12)] + ["Full year"] * full:
        above, below = [*above, group, *[""] * (len(things) - 1)], [*below, *things]
    rows = [
        [
            *[f"K{shop}"] * len(keys),
            *(
                "" if k and n >= 12 - blank else str(50 + (7 * shop + 13 * n + 5 * k) % 40)
                for n in range(12)
                for k in range(len(things))
            ),
            *["500"] * len(things) * full,
        ]
        for shop in range(shops)
    ]
    return "\n".join(",".join(line) for line in [*[["Cost report"]] * title, above, below, *rows])


def test_a_line_of_flags_below_months_names_nothing(read_text: Reader) -> None:
    flags = ["A", "A", "A", "A", "A", "A", "A", "A", "F", "F", "F", "F"]
    rows = [["K" + str(k), *(str(100 + 7 * k + 3 * n) for n in range(12))] for k in range(4)]
    text = "\n".join(",".join(line) for line in [["Dept", *map(FORMS[0], range(12))], ["Status", *flags], *rows])
    file = read_text(text)
    assert file.series.names == ("K0", "K1", "K2", "K3")
    assert file.series[0].tolist() == [100 + 3 * n for n in range(12)]


def test_things_that_begin_apart_are_no_plan_and_what_came(read_text: Reader) -> None:
    names = [f"{MONTHS[n]} 2024 {'Sold' if n % 2 else 'Bought'}" for n in range(12)]
    rows = [f"2024-01-{day:02d}," + ",".join(str(10 * day + n) for n in range(12)) for day in range(1, 20)]
    assert len(read_text("\n".join([",".join(["Day", *names]), *rows])).series[0]) == 19
