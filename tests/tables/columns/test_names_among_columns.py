"""What the names of other columns show: prices that were paid, net weights, parts of totals, opposite flows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from types import ModuleType
from typing import Any

import pytest
from tests.tables.conftest import Reader, codes, lines

from almanac.tables.columns.money import signed_amounts
from almanac.tables.columns.words import among_names

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(200)]
PAID = (
    *(("Price", "Payment method"), ("Preis", "Kunde"), ("Prix TTC", "Client"), ("Precio total", "Forma de pago")),
    *(("Prezzo", "Fattura"), ("Prijs incl. btw", "Klant"), ("Cena bez DPH", "Odběratel"), ("Pris", "Bokning")),
)
NOT_PAID = (("Price", "Station"), ("Unit price", "Customer"), ("Price per kg", "Customer"), ("Rate", "Customer"))
WEIGHTS = (
    *(("Gross (kg)", "Tare (kg)", "Net (kg)"), ("Brutto", "Tara", "Netto"), ("Peso bruto", "Tara", "Peso neto")),
    ("Bruttogewicht", "Leergewicht", "Nettogewicht"),
)
FLOWS = (
    *(("Consumption", "Generation"), ("Consumption", "Surplus Generation"), ("Import", "Export")),
    ("Bezug", "Einspeisung"),
    *(("Verbrauch", "Erzeugung"), ("Soutirage", "Injection"), ("Consumo", "Excedentes"), ("Prelievo", "Immissione")),
    *(("Levering", "Teruglevering"), ("Pobór", "Oddanie"), ("Uttag", "Inmatning")),
)  # fmt: skip
TAKEN = (
    *(("Net sales", "Discount amount"), ("Gross sales", "Voids"), ("Sales", "Tips"), ("Net sales", "Sales tax")),
    *(("Nettoumsatz", "Trinkgeld"), ("Ventes", "Remises"), ("Ventas", "Propinas"), ("Vendite", "Sconti")),
    *(("Omzet", "Fooien"), ("Umsatz", "Rabatte"), ("Revenue", "Refunds")),
)
ADDED = (("Income tax", "Property tax"), ("Salary", "Tips"), ("Bar sales", "Door sales"), ("Rent", "Taxes"))
WHOLES = (
    *(("Total Sleep Duration", "REM Sleep Duration"), ("Total orders", "New orders"), ("Sales total", "Online sales")),
    *(("Ventes total", "Ventes web"), ("Umsatz gesamt", "Umsatz online")),
)


def listed(price: str, shown_by: str, number: str = "Booking ID", seed: int = 1) -> str:
    """A row for each of some days, at most, with what it cost."""
    rng = random.Random(seed)
    days = [day for day in DAYS for _ in range(rng.randrange(3))]
    amounts = [f"{rng.randrange(900, 9000) / 100:.2f}" for _ in days]
    return lines(
        [f"B{n:05d}x" for n in range(len(days))], days, [rng.choice("ABC") for _ in days], amounts,
        header=f"{number},Date,{shown_by},{price}",
    )  # fmt: skip


@pytest.mark.parametrize(("price", "shown_by"), PAID)
def test_what_each_row_cost_adds_up(read_text: Reader, price: str, shown_by: str) -> None:
    file = read_text(listed(price, shown_by))
    assert file.reading.value_columns == (price,)
    assert file.series.measure(0).kind == "flow"
    assert not (file.series.values == file.series.values.max()).all()


def test_other_prices_are_levels(read_text: Reader) -> None:
    for price, shown_by in NOT_PAID:
        file = read_text(listed(price, shown_by, "Row"), values=(price,))
        assert {file.series.measure(n).kind for n in range(len(file.series))} == {"level"}, price


@pytest.mark.parametrize("names", WEIGHTS)
def test_of_a_load_its_net_weight_is_forecast(read_text: Reader, names: tuple[str, str, str]) -> None:
    rng = random.Random(names[0])
    days = [day for day in DAYS for _ in range(1 + rng.randrange(3))]
    tare, net = ([rng.randrange(low, 2 * low) for _ in days] for low in (14000, 18000))
    gross = [a + b for a, b in zip(tare, net, strict=True)]
    tickets = [f"T{n:05d}" for n in range(len(days))]
    file = read_text(lines(tickets, days, gross, tare, net, header=f"Ticket,Date,{','.join(names)}"))
    assert file.reading.value_columns == (names[2],)


def beside(names: tuple[str, str], *, part: bool = False) -> str:
    rng = random.Random(str(names))
    first = [rng.randrange(4000, 9000) for _ in DAYS]
    second = [int(value * rng.uniform(0.1, 0.4)) if part else rng.randrange(100, 900) for value in first]
    return lines(DAYS, first, second, header=f"Date,{','.join(names)}")


@pytest.mark.parametrize("names", FLOWS)
def test_what_is_used_and_what_is_made_are_opposite_sides(read_text: Reader, names: tuple[str, str]) -> None:
    assert "opposite_sides" in codes(read_text(beside(names)))
    rows = lines([day for day in DAYS for _ in names], names * len(DAYS), range(100, 500), header="Date,Channel,kWh")
    assert "opposite_sides" in codes(read_text(rows))


@pytest.mark.parametrize("names", TAKEN)
def test_what_is_taken_off_money_is_not_added_to_it(read_text: Reader, names: tuple[str, str]) -> None:
    series = read_text(beside(names)).series
    apart = {series.measure(n).counted for n in range(len(series))}
    assert len(apart) == len(series) or len(series) == 1


def test_other_money_is_added(read_text: Reader) -> None:
    for names in ADDED:
        series = read_text(beside(names)).series
        assert len(series) == 2, names
        assert len({series.measure(n).counted for n in range(2)}) == 1, names


@pytest.mark.parametrize("names", WHOLES)
def test_a_total_by_its_name_is_not_added_to_its_parts(read_text: Reader, names: tuple[str, str]) -> None:
    file = read_text(beside(names, part=True))
    assert "opposite_sides" in codes(file)


@pytest.mark.parametrize(("name", "where", "what"), [
    ("price", among_names, "has_word"), ("gross", among_names, "words_of"), ("gross", signed_amounts, "permutations"),
])  # fmt: skip
def test_names_are_looked_through_once_and_not_for_each_column(
    read_text: Reader, monkeypatch: pytest.MonkeyPatch, name: str, where: ModuleType, what: str
) -> None:
    def steps(count: int) -> int:
        known, made = getattr(where, what), 0

        def counting(*given: Any) -> Any:
            nonlocal made
            found = known(*given)
            made += len(found := list(found)) if what == "permutations" else 1
            return found

        with monkeypatch.context() as patch:
            patch.setattr(where, what, counting)
            days = [DAYS[n // 2] for n in range(40)]
            columns = [[n * 7 % 13 + k % 5 + 1 for n in range(40)] for k in range(count)]
            tickets = [f"T{n:05d}" for n in range(40)]
            names = ",".join(f"{name} {k}" for k in range(count))
            read_text(lines(days, tickets, *columns, header=f"Date,Ticket,{names}"))
        return made

    few, many = steps(60), steps(180)
    assert few > 0
    assert many <= 4 * few
