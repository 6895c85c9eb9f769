"""Amounts with any sign, code or letters for money are numbers in that unit, and codes with letters are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
AMOUNTS = [12_000 + 971 * (n * 37 % 60) for n in range(60)]
SIGNS = {
    **{sign: sign for sign in ["₪", "₴", "฿", "₱", "₦", "₡", "₲", "₸", "₼", "₾", "৳", "¢", "C$", "HK$", "NT$"]},
    **{"￥": "¥", "\\": "¥", "＄": "$", "￡": "£"},
    **{f"{code} ": code for code in ["AED", "CNY", "RUB", "ZAR", "THB", "KES"]},
    **{f"{letters} ": letters for letters in ["Rp", "RM", "Rs.", "R", "Ksh", "Lt", "Q", "S/", "лв"]},
}


@pytest.mark.parametrize("behind", [False, True])
def test_an_amount_has_the_unit_that_is_written_next_to_it(read_text: Reader, behind: bool) -> None:
    names = [f"Till {n}" for n in range(len(SIGNS))]  # each is paid in something else
    written = [[f"{n:,} {sign.strip()}" if behind else f"{sign}{n:,}" for sign in SIGNS] for n in AMOUNTS]
    rows = [",".join([str(day), *(f'"{text}"' for text in texts)]) for day, texts in zip(DAYS, written, strict=True)]
    file = read_text("\n".join([",".join(["Date", *names]), *rows]))
    assert {name: file.series[file.series.names.index(name)].tolist() for name in names} == dict.fromkeys(
        names, AMOUNTS
    )
    units = [file.series.measure(file.series.names.index(name)).unit for name in names]
    assert units == list(SIGNS.values())


def test_letters_before_amounts_that_come_again_are_codes(read_text: Reader) -> None:
    rows = [f"{day},AB 1.{k}00,{100 * k + n % 7}" for n, day in enumerate(DAYS) for k in range(1, 10)]
    assert len(read_text("\n".join(["Date,Art,Sold", *rows])).series) == 9


@pytest.mark.parametrize("code", ["Q{:d}", "A-{:,}", "v1.{:02d}", "Pen {:d}"])
def test_letters_before_plain_numbers_are_codes(read_text: Reader, code: str) -> None:
    rows = [f'{day},"{code.format(1 + k)}",{100 * k + n % 7}' for n, day in enumerate(DAYS) for k in range(3)]
    file = read_text("\n".join(["Date,Which,Taken", *rows]))
    assert len(file.series) == 3


@pytest.mark.parametrize("unit", ["TL", "TRY", "lei", "Ft", "kg", "EUR"])
@pytest.mark.parametrize("minus", ["-", "−"])
def test_amounts_that_are_all_negative_have_their_unit_taken_off(read_text: Reader, unit: str, minus: str) -> None:
    rows = [f"{day};{minus}{n // 1000}.{n % 1000:03d},90 {unit}" for day, n in zip(DAYS, AMOUNTS, strict=True)]
    file = read_text("\n".join(["Date;Change", *rows]), sign="all")
    assert file.series[0].tolist() == [-n - 0.9 for n in AMOUNTS]


def test_texts_that_begin_with_a_dash_are_no_amounts(read_text: Reader) -> None:
    rows = [f"{day};- {n % 3} of 5 sold;{n}" for n, day in enumerate(DAYS)]
    assert read_text("\n".join(["Date;Note;Sold", *rows])).reading.value_columns == ("Sold",)
