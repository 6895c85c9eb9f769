"""Names that no sum may join are known in nine languages, and names that are only like them are not."""

from __future__ import annotations

import pytest

from almanac.tables.columns.money.sides import opposite_sides, planned_names


@pytest.mark.parametrize(
    ("out", "into"),
    [
        ("Expenses", "Income"), ("Staff costs", "Revenue"), ("Sold", "Received"), ("Wareneinsatz Kosten", "Umsatz"),
        ("Coûts", "Recettes"), ("Gastos", "Ingresos"), ("Spese", "Ricavi"), ("Despesas", "Receitas"),
        ("Verkauf (EUR)", "Einkauf (EUR)"), ("Uitgaven", "Omzet"), ("Koszty", "Przychody"), ("Kostnader", "Intäkter"),
        ("Goods issue", "Goods receipt"), ("Closed", "Opened"), ("Tickets closed", "Tickets opened"),
        ("Left", "Joined"),
        ("Discharges", "Admissions"), ("Leavers", "Hires"), ("Leavers", "New hires"),
        ("Members left", "Members joined"),
        ("Abgänge", "Zugänge"), ("Austritte", "Eintritte"), ("Fortzüge", "Zuzüge"), ("Décès", "Naissances"),
        ("Dimissioni", "Ricoveri"), ("Bajas", "Altas"), ("Zwolnienia", "Przyjęcia"), ("Utskrivningar", "Inskrivningar"),
        ("Uitstroom", "Instroom"), ("Unsubscribed", "Subscribed"), ("Resolved", "Created"), ("Lost", "Won"),
        ("Ut fra konto", "Inn på konto"), ("Ud", "Ind"), ("Hævet", "Indsat"),
        ("Udgifter", "Indtægter"), ("Utgifter", "Inntekter"), ("Otto", "Pano"), ("Menot", "Tulot"),
        ("Výdaje", "Příjmy"), ("Má dáti", "Dal"), ("Terhelés", "Jóváírás"), ("Kiadás", "Bevétel"),
        ("Borç", "Alacak"), ("Çıkan", "Giren"), ("Cheltuieli", "Venituri"), ("Isplata", "Uplata"),
        ("Odliv", "Priliv"), ("Расход", "Приход"), ("Дебет", "Кредит"), ("Видатки", "Надходження"),
        ("Χρέωση", "Πίστωση"), ("出金金額", "入金金額"), ("借方", "貸方"), ("支出", "收入"), ("출금액", "입금액"),
    ],
)  # fmt: skip
def test_opposite_sides_are_known_in_either_order(out: str, into: str) -> None:
    assert opposite_sides([out, into]) == opposite_sides([into, out]) == ([out], [into])


@pytest.mark.parametrize("names", [("North", "South"), ("Sales North", "Sales South"), ("Entrance A", "Entrance B"),
    ("Costs Berlin", "Costs Paris"), ("Lunch", "Dinner"), ("Receipts", "Till 2"),
    ("Cash", "Debit Card", "Credit Card"), ("Google", "Meta", "TikTok"), ("Walmart", "Target"),
    ("In-patients", "Out-patients"), ("Room sales", "Minibar charges"), ("Income tax", "Cost of goods"),
    ("Sales", "Service", "Charges & fees"), ("Sales desk", "Returns desk", "Picks"), ("Import beers", "Export beers"),
    ("Left", "Right"), ("New customers", "Lost parcels"), ("Hired cars", "Left luggage"), ("New York", "Lost Hills"),
    ("Births", "Weddings"), ("Arrivals hall", "Departures lounge"), ("New customers", "Regulars"), ("Hired", "Owned"),
    ("Completed", "Cancelled"), ("Closed North", "Closed South"), ("Admissions", "Gift shop"), ("Open", "Late"),
    ("Budget", "Standard", "Deluxe"), ("Forecast", "Sport", "Weather"), ("Konto 1", "Konto 2"),
    ("Utleie", "Innleie"), ("Ind. varer", "Udlejning"), ("Plata", "Oro"), ("Dal", "Rice")])  # fmt: skip
def test_parts_of_one_whole_are_no_sides(names: tuple[str, ...]) -> None:
    assert opposite_sides(names) is None
    assert not planned_names(names)


@pytest.mark.parametrize(
    ("planned", "real"),
    [
        ("Budget", "Actual"), ("Forecast", "Sales"), ("Target", "Actual"), ("Plan Umsatz", "Ist Umsatz"),
        ("Vorjahr", "Umsatz"), ("Prévu", "Réel"), ("Presupuesto", "Real"), ("Last year", "This year"),
        ("Begroting", "Realisatie"), ("Budżet", "Wykonanie"), ("Sales budget", "Sales"),
    ],
)  # fmt: skip
def test_plans_next_to_what_came_are_known(planned: str, real: str) -> None:
    assert planned_names([planned, real]) == planned_names([real, planned]) == [planned]


@pytest.mark.parametrize("names", [("Plan A", "Plan B"), ("Basic plan", "Pro plan"), ("Budget hotel", "Luxury hotel")])
def test_products_called_plans_are_none(names: tuple[str, ...]) -> None:
    assert not planned_names(names)
