"""Lines that are sums or differences of others are found in every layout, and never where numbers are only alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months

from almanac.core.number_signs import MINUS
from almanac.tables import ReadFile

NAMES = ("Gross", "Fees", "Discounts", "Rent", "Wages", "Power")
Columns = Mapping[str, list[float]]


def statement(rng: random.Random, most: int) -> tuple[Columns, str]:
    """Columns of which "Net" is worked out from ``most`` others or fewer, and what the finding says of it."""
    periods, cents = rng.randint(14, 60), rng.choice((1, 100))
    names = rng.sample(NAMES, rng.randint(2, 5))
    columns = {name: [rng.randint(50, 9000) / cents for _ in range(periods)] for name in names}
    signs = {name: rng.choice((1, -1)) for name in rng.sample(names, rng.randint(2, min(most, len(names))))}
    first, second, *_ = signs
    signs |= {first: 1, second: -1}
    net = [round(sum(sign * columns[name][t] for name, sign in signs.items()), 2) for t in range(periods)]
    added, less = ([f"“{name}”" for name in names if signs.get(name) == sign] for sign in (1, -1))
    return {**columns, "Net": net}, f"“Net” is {' '.join([' + '.join(added), *(f'{MINUS} {name}' for name in less)])}."


def side_by_side(columns: Columns) -> str:
    return lines(months(len(columns["Net"])), *columns.values(), header=",".join(["Month", *columns]))


def across(columns: Columns) -> str:
    header = ",".join(["Line", *months(len(columns["Net"]), "{y}-{m:02d}")])
    return lines(list(columns), *map(list, zip(*columns.values(), strict=True)), header=header)


def below_each_other(columns: Columns) -> str:
    dates = months(len(columns["Net"]))
    rows = [(date, name, values[t]) for t, date in enumerate(dates) for name, values in columns.items()]
    return lines(*map(list, zip(*rows, strict=True)), header="Month,Line,Value")


def of_two_shops(columns: Columns) -> str:
    rows = [
        (date, shop, name, values[t])
        for t, date in enumerate(months(len(columns["Net"])))
        for shop in ("North", "South")
        for name, values in columns.items()
    ]
    return lines(*map(list, zip(*rows, strict=True)), header="Month,Shop,Line,Value")


LAYOUTS: tuple[Callable[[Columns], str], ...] = (side_by_side, across, below_each_other, of_two_shops)


def check(read_text: Reader, layout: Callable[[Columns], str], seed: int) -> None:
    # Below each other, a line that three others add up to is a row of totals, and left out.
    columns, said = statement(random.Random(seed), 2 if layout in (below_each_other, of_two_shops) else 5)
    text = layout(columns)
    file = read_text(text)
    found = finding(file, "computed_series")
    assert (found.what, found.column) == (said, "Net")
    assert kinds(file) == set(columns)
    together = next(choice for choice in found.choices if choice.label == "Add them together")
    assert kinds(read_text(text, **dict(together.sets))) == {""}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_worked_out_from_others_are_kept_apart(read_text: Reader, layout: Callable[[Columns], str]) -> None:
    for seed in range(3):
        check(read_text, layout, seed)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_hundreds_of_statements_are_kept_apart(read_text: Reader, layout: Callable[[Columns], str]) -> None:
    for seed in range(3, 90):
        check(read_text, layout, seed)


@pytest.mark.parametrize("most", [1, 3, 30, 100_000])
def test_lines_that_are_only_alike_are_none(read_text: Reader, most: int) -> None:
    for seed in range(5):
        chance = np.random.default_rng(seed)
        columns = {name: chance.integers(0, most, 24, endpoint=True).tolist() for name in ("Net", *NAMES)}
        assert "computed_series" not in codes(read_text(side_by_side(columns)))


def test_a_tax_that_is_a_share_of_the_price_and_blank_cells_do_not_hide_the_sum(read_text: Reader) -> None:
    net = [100.0 * n for n in range(3, 27)]
    refunds = [round(n / 7, 2) if n % 3 else "" for n in range(24)]
    left = [round(1.2 * n - (r or 0), 2) for n, r in zip(net, refunds, strict=True)]
    columns = [net, [n / 5 for n in net], refunds, left]
    file = read_text(lines(months(24), *columns, header="Month,Price,Tax,Refunds,Left"))
    assert finding(file, "computed_series").what == f"“Left” is “Price” + “Tax” {MINUS} “Refunds”."


def kinds(file: ReadFile) -> set[str]:
    return {file.series.measure(i).counted for i in range(len(file.series))}


def test_nothing_adds_up_to_tiny_values(read_text: Reader) -> None:
    columns = [[f"{(1 + (n * k) % 7) * 1e-9:.3e}" for n in range(36)] for k in (1, 2, 3, 5)]
    assert "computed_series" not in codes(read_text(lines(months(36), *columns, header="Month,A,B,C,D")))


@pytest.mark.parametrize("seed", range(2))
def test_what_is_left_over_of_many_lines_is_known(read_text: Reader, seed: int) -> None:
    rng = random.Random(seed)
    came, went = rng.randint(1, 4), rng.randint(6, 14)
    names = [f"Line {n}" for n in range(came + went)]
    columns = {name: [float(rng.randint(50, 9000)) for _ in range(12)] for name in names}
    signs = [1] * came + [-1] * went
    left = [sum(sign * column[t] for sign, column in zip(signs, columns.values(), strict=True)) for t in range(12)]
    savings = [float(rng.randint(50, 9000)) for _ in range(12)]
    between = {"Savings": savings} if seed % 2 else {}
    file = read_text(across({**columns, **between, "Net": left}))
    said = finding(file, "computed_series").what
    assert said.startswith(f"“Net” is “{names[0]}”")
    assert ("“Savings”" in said, said.count(MINUS)) == (False, went)
    assert "computed_series" not in codes(read_text(across({**columns, "Net": [n + 1 + n % 5 for n in left]})))


@pytest.mark.parametrize("names", ["Sales,Sales YTD", "Umsatz,Umsatz kumuliert", "Cumulative sales,Sales"])
@pytest.mark.parametrize("same", [True, False])
def test_a_running_total_is_not_added_to_what_it_is_the_total_of(read_text: Reader, names: str, same: bool) -> None:
    chance = np.random.default_rng(4)
    sold = chance.integers(200, 900, 36)
    total = np.cumsum(sold if same else chance.integers(200, 900, 36))
    first, second = names.split(",")
    columns = [sold.tolist(), total.tolist()] if first in second else [total.tolist(), sold.tolist()]
    file = read_text(lines(months(36), *columns, header=f"Month,{names}"))
    assert ("computed_series" in codes(file)) == same
    assert len(kinds(file)) == (2 if same else 1)


@pytest.mark.parametrize("order", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 6))])
def test_copies_that_cancel_one_another_say_nothing_of_a_third_pair(read_text: Reader, order: int) -> None:
    chance = np.random.default_rng(order)
    warm, rain, wind = (chance.integers(100, 900, 60).tolist() for _ in range(3))
    columns = [("Outdoor", warm), ("Feels like", warm), ("Event", rain), ("Wind", wind), ("Daily", rain)]
    shuffled = chance.permutation(len(columns)) if order else range(len(columns))
    names, numbers = zip(*[columns[n] for n in shuffled], strict=True)
    file = read_text(lines(months(60), *numbers, header=",".join(["Month", *names])))
    assert "computed_series" not in codes(file)
    with_sum = [*numbers, [a + b for a, b in zip(rain, wind, strict=True)]]
    found = read_text(lines(months(60), *with_sum, header=",".join(["Month", *names, "Both"])))
    assert finding(found, "computed_series").column == "Both"
