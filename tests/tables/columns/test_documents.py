"""Papers of several kinds in one list are no sum: invoices, credit notes and payments are series by kind."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader, codes, lines

TYPES = (
    *(("SI", "SC", "SR"), ("PI", "PC", "PP"), ("Invoice", "Credit note", "Payment"), ("Invoice", "Payment")),
    *(("Rechnung", "Gutschrift", "Zahlung"), ("Facture", "Avoir", "Règlement"), ("Fattura", "Nota di credito")),
    *(("Fatura-recibo", "Fatura simplificada", "Nota de crédito"), ("Factura", "Factura rectificativa")),
    *(("Faktura", "Dobropis"), ("Faktura", "Faktura korygująca"), ("Sale", "Refund"), ("Продажа", "Возврат")),
    *(("売上", "返品"), ("销售", "退货"), ("Satış", "İade")),
    *(("Factuur", "Creditnota", "Betaling"), ("Bill", "Vendor credit", "Bill payment")),
)
NO_TYPES = (
    ("Card", "Cash"),
    ("SI", "NO"),
    ("Invoice", "Quote", "Order"),
    ("Retail", "Trade"),
    ("Invoice", "Web", "Shop"),
)


def table(kinds: tuple[str, ...], name: str, *, signed: bool = False) -> str:
    rng = random.Random(str(kinds))
    days = [date(2024, 1, 1) + timedelta(n // 3) for n in range(360)]
    types = [kinds[min(rng.randrange(5), len(kinds) - 1)] for _ in days]
    sign = {kind: -1 if signed and n else 1 for n, kind in enumerate(kinds)}
    net = [f"{sign[kind] * rng.randrange(1000, 90000) / 100:.2f}" for kind in types]
    paid = [rng.choice("YN") for _ in days]
    return lines(range(1, 361), types, days, net, paid, header=f"No,{name},Date,Net,Paid")


@pytest.mark.parametrize("kinds", TYPES)
def test_papers_of_several_kinds_are_series_that_no_total_joins(read_text: Reader, kinds: tuple[str, ...]) -> None:
    file = read_text(table(kinds, "Type"))
    assert file.reading.series_columns == ("Type",)
    assert {file.series.measure(n).counted for n in range(len(kinds))} == set(kinds)
    assert "opposite_sides" in codes(file)


def test_other_kinds_are_added_up(read_text: Reader) -> None:
    for kinds in NO_TYPES:
        assert "opposite_sides" not in codes(read_text(table(kinds, "Type"))), kinds


def test_credit_notes_with_a_minus_are_taken_off(read_text: Reader) -> None:
    assert "opposite_sides" not in codes(read_text(table(TYPES[2], "Type", signed=True), sign="all"))
