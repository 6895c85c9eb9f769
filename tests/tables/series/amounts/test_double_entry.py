"""Books kept by double entry are read by account, and lists of money whose sides are not equal are not."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines

FAST, SLOW = 8, 200
SIDES = (
    *(("Debit", "Credit"), ("Debet", "Kredit"), ("Soll", "Haben"), ("Débit", "Crédit"), ("Debe", "Haber")),
    *(("Dare", "Avere"), ("Débito", "Crédito"), ("Debit amount", "Credit amount")),
)
ACCOUNTS = (
    *("Account", "Konto", "Nominal A/C", "Account name", "Compte", "Cuenta", "Conto", "GL account", "Sachkonto"),
    *("CompteNum", "Kontobezeichnung", "Grootboekrekening"),
)
NAMES = (("Bank", "Sales", "Tax", "Rent"), ("1930", "3001", "2611", "5010"), ("1200", "8400", "1776", "4210"))
Row = tuple[date, int, str, float]  # date, number of the voucher, account, amount: above 0 is a debit


def vouchers(rng: random.Random, names: tuple[str, ...], count: int) -> list[Row]:
    rows: list[Row] = []
    day = date(2023, 1, 2)
    for number in range(count):
        amount = rng.randrange(1000, 90000) / 100
        tax = round(amount * 0.2, 2)
        sale = [(names[0], round(amount + tax, 2)), (names[1], -amount), (names[2], -tax)]
        rent = [(names[3], amount), (names[0], -amount)]
        rows += [(day, number, name, value) for name, value in rng.choice((sale, sale, rent))]
        day += timedelta(days=rng.choice((0, 1, 1, 2)))
    return rows


def as_text(rng: random.Random, rows: list[Row], account: str) -> str:
    days, numbers, names, values = map(list, zip(*rows, strict=True))
    nothing = rng.choice(("", "0", "0.00"))
    form = rng.choice(("columns", "signs", "marks"))
    first = (days, [f"V{n}" for n in numbers], names)
    header = f"Date;Voucher;{account}"
    if form == "columns":
        out, into = rng.choice(SIDES)
        debits = [f"{value:.2f}" if value > 0 else nothing for value in values]
        credited = [f"{-value:.2f}" if value < 0 else nothing for value in values]
        return lines(*first, debits, credited, header=f"{header};{out};{into}", delimiter=";")
    if form == "signs":
        return lines(*first, [f"{value:.2f}" for value in values], header=f"{header};Amount", delimiter=";")
    marks = ["D" if value > 0 else "C" for value in values]
    return lines(*first, [f"{abs(v):.2f}" for v in values], marks, header=f"{header};Amount;D/C", delimiter=";")


def check(rng: random.Random, read_text: Reader) -> None:
    names = rng.choice(NAMES)
    rows, account = vouchers(rng, names, rng.randint(60, 150)), rng.choice(ACCOUNTS)
    kind = rng.choice(("books", "books", "one account", "one side short", "no account"))
    if kind == "one account":  # as a bank lists them
        rows = [row for row in rows if row[2] == names[0]]
    elif kind == "one side short":  # no books: every third voucher is not balanced
        rows = [row for n, row in enumerate(rows) if row[1] % 3 or n + 1 == len(rows) or row[1] == rows[n + 1][1]]
    file = read_text(as_text(rng, rows, "Text" if kind == "no account" else account))
    told = "double_entry" in codes(file)
    assert told == (kind in ("books", "no account")), (kind, sorted(codes(file)))
    if kind == "no account":
        assert finding(file, "double_entry").asks
        assert [question.code for question in file.reading.questions] == ["double_entry"]
        assert file.series.values.any()
    elif kind == "books":
        assert {key[0] for key in file.series.keys} == {row[2] for row in rows}, file.series.names
        assert len({file.series.measure(n).counted for n in range(len(file.series))}) == len(file.series)
        for n, key in enumerate(file.series.keys):
            total = sum(row[3] for row in rows if row[2] == key[0])
            assert abs(np.nansum(file.series[n])) == pytest.approx(abs(total), abs=0.01)


def test_books_are_read_by_account(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"books {seed}"), read_text)


@pytest.mark.slow
def test_hundreds_of_books_are_read_by_account(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"books {seed}"), read_text)
