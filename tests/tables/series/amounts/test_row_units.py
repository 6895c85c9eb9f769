"""Numbers in different currencies or units are never added together."""

from __future__ import annotations

from tests.tables.conftest import Reader, codes, finding, lines, months


def test_a_series_that_the_person_chose_may_mix_them_and_that_is_said(read_text: Reader) -> None:
    rows = [(month, shop, "USD" if n % 3 else "EUR", 100 + n) for n, month in enumerate(months(30)) for shop in "AB"]
    text = lines(*map(list, zip(*rows, strict=True)), header="Month,Shop,Currency,Amount")
    proposed = read_text(text)
    assert proposed.reading.series_columns == ("Shop", "Currency")
    assert "Each currency is a separate series" in finding(proposed, "several_units").fix
    chosen = read_text(text, series=("Shop",))
    assert "They count as numbers of one currency" in finding(chosen, "several_units").fix


def test_shops_with_a_currency_each_are_series_already(read_text: Reader) -> None:
    rows = [
        (month, shop, {"A": "USD", "B": "EUR"}[shop], 100 + n) for n, month in enumerate(months(30)) for shop in "AB"
    ]
    file = read_text(lines(*map(list, zip(*rows, strict=True)), header="Month,Shop,Currency,Amount"))
    assert len(file.series) == 2
    assert "several_units" not in codes(file)


def test_cells_in_two_currencies_are_said(read_text: Reader) -> None:
    cells = [f"EUR{100 + n}" if n % 2 else f"USD{100 + n}" for n in range(30)]
    said = finding(read_text(lines(months(30), cells, header="Month,Sales")), "several_units")
    assert said.what == "“Sales” has 2 currencies: USD (15), EUR (15)."
