"""Two columns of which each row fills one are money out and in where a balance shows it, whatever their names."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines

NAMES = [  # of the reference, what goes out, what comes in, and the balance
    ("אסמכתא", "בחובה", "בזכות", 'היתרה בש"ח'),
    ("เลขที่", "ถอนเงิน", "ฝากเงิน", "คงเหลือ"),
    ("აღწერა", "გასული", "შემოსული", "ნაშთი"),
    ("Reference", "One side", "Other side", "Remains"),
]


def _account(names: tuple[str, ...], seed: int, newest_first: bool, in_first: bool, shown: bool) -> tuple[str, float]:
    """A list of an account's payments, and what came in less what went out."""
    rng, left, rows, net = random.Random(seed), 40_000.0, [], 0.0
    day = date(2024, 1, 1)
    for _ in range(220):
        day += timedelta(days=rng.choice((0, 0, 1, 1, 2)))
        comes_in = rng.random() < 0.06
        amount = 12_500.0 if comes_in else round(rng.uniform(20, 700), 2)
        net += amount if comes_in else -amount
        left += amount if comes_in else -amount
        sides = [f"{amount:.2f}" if comes_in is side else "" for side in (False, True)]
        rows.append([str(day), rng.randint(90_000, 999_999), *sides[:: -1 if in_first else 1], f"{left:.2f}"])
    reference, out, into, balance = names
    header = [
        "Date",
        reference,
        *([into, out] if in_first else [out, into]),
        f'"{balance.replace(chr(34), chr(34) * 2)}"',
    ]
    rows = rows[::-1] if newest_first else rows
    kept = slice(None) if shown else slice(0, -1)
    text = lines(*map(list, zip(*[row[kept] for row in rows], strict=True)), header=",".join(header[kept]))
    return text, net


@pytest.mark.parametrize("names", [NAMES[0], *(pytest.param(names, marks=pytest.mark.slow) for names in NAMES[1:])])
@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("in_first", [True, False])
def test_a_balance_shows_what_went_out_and_came_in(
    read_text: Reader, names: tuple[str, ...], newest_first: bool, in_first: bool
) -> None:
    text, net = _account(names, 5, newest_first, in_first, shown=True)
    file = read_text(text)
    assert f"“{names[1]}” is money out, and “{names[2]}” money in." in finding(file, "money_in_and_out").what
    assert np.nansum(file.series.values) == pytest.approx(net)


def test_without_a_balance_nothing_is_said(read_text: Reader) -> None:
    text, _ = _account(NAMES[3], 5, newest_first=False, in_first=False, shown=False)
    assert "money_in_and_out" not in codes(read_text(text))
