"""Stock lists in many languages, and what is said of cells that cannot be read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from almanac.core.problems import ProblemError
from almanac.tables import Duration, StockEntry, read_stock_list
from almanac.tables.stock_list.headings import StockColumn, stock_column

LANGUAGES = {
    "English": (
        "Product",
        "Stock on hand",
        "On order",
        "Lead time (days)",
        "Order every",
        "Pack size",
        "Service level",
    ),
    "German": ("Artikel", "Lagerbestand", "Bestellt", "Lieferzeit (Tage)", "Bestellrhythmus", "VPE", "Servicegrad"),
    "French": (
        "Produit",
        "Stock actuel",
        "En commande",
        "Délai de livraison (jours)",
        "Fréquence de commande",
        "Colisage",
        "Taux de service",
    ),
    "Spanish": (
        "Producto",
        "Existencias",
        "En pedido",
        "Plazo de entrega (días)",
        "Ciclo de pedido",
        "Tamaño de lote",
        "Nivel de servicio",
    ),
    "Italian": (
        "Prodotto",
        "Giacenza",
        "In ordine",
        "Tempo di consegna (giorni)",
        "Ordinare ogni",
        "Confezione",
        "Livello di servizio",
    ),
    "Portuguese": (
        "Produto",
        "Estoque",
        "Em encomenda",
        "Prazo de entrega (dias)",
        "Encomendar a cada",
        "Embalagem",
        "Nível de serviço",
    ),
    "Dutch": ("Artikel", "Voorraad", "Besteld", "Levertijd (dagen)", "Bestelinterval", "Verpakking", "Servicegraad"),
    "Polish": ("Nazwa", "Stan", "Zamówione", "Czas dostawy (dni)", "Zamawiać co", "Opakowanie", "Poziom obsługi"),
    "Swedish": (
        "Vara",
        "Lagersaldo",
        "Beställt",
        "Ledtid (dagar)",
        "Beställningsintervall",
        "Förpackning",
        "Servicenivå",
    ),
}
ORDER = tuple(StockColumn[name] for name in ("PRODUCT", "ON_HAND", "ON_ORDER", "LEAD", "REVIEW", "PACK", "CERTAINTY"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_understood_in_nine_languages(language: str) -> None:
    assert tuple(stock_column(heading) for heading in LANGUAGES[language]) == ORDER
    found = read_stock_list([LANGUAGES[language], ("Tea", "12", "3", "5", "7 d", "6", "95%")])
    assert found.entries == (StockEntry(("Tea",), 2, 12, 3, Duration(5, "day"), Duration(7, "day"), 6, 0.95),)
    assert found.problems == ()


@pytest.mark.parametrize("heading", ["Supplier", "Price", "Lieferant", "Country", "Date", "Category"])
def test_other_headings_are_no_stock(heading: str) -> None:
    assert stock_column(heading) is None


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("95%", 0.95),
        ("95 %", 0.95),
        ("95", 0.95),
        ("0.95", 0.95),
        ("97,5%", 0.975),
        ("1 in 20", 0.95),
        ("Runs out at most once in 20 times", 0.95),
        ("einmal in 50", 0.98),
        ("une fois sur 20", 0.95),
        ("99.9", 0.999),
    ],
)
def test_certainty_in_plain_words_and_numbers(text: str, certainty: float) -> None:
    found = read_stock_list([("Product", "Stock", "Lead time", "Certainty"), ("Tea", "1", "1", text)])
    assert found.entries[0].certainty == pytest.approx(certainty)


@pytest.mark.parametrize("text", ["100%", "1", "0", "often", "20%", "-5", "950"])
def test_what_is_no_certainty_is_left_out_and_said(text: str) -> None:
    found = read_stock_list(
        [("Product", "Stock", "Lead time", "Certainty"), ("Tea", "1", "1", text), ("Jam", "1", "1", "")]
    )
    assert [entry.names for entry in found.entries] == [("Jam",)]
    assert found.unread == (("Tea",),)
    assert (found.problems[0].code, found.problems[0].rows) == ("unreadable_stock_cell", (2,))


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("10", Duration(10)),
        ("10 days", Duration(10, "day")),
        ("2 Wochen", Duration(2, "week")),
        ("1 mois", Duration(1, "month")),
        ("3 working days", Duration(3, "business day")),
        ("2,5 Tage", Duration(2.5, "day")),
        ("14d", Duration(14, "day")),
    ],
)
def test_lengths_of_time(text: str, lead: Duration) -> None:
    assert read_stock_list([("Product", "Stock", "Lead time"), ("Tea", "1", text)]).entries[0].lead == lead


@pytest.mark.parametrize(
    ("column", "text"),
    [(1, "a few"), (1, ""), (2, "-3"), (3, "2-3 days"), (3, "soon"), (3, ""), (3, "5 boxes"), (4, "0"), (4, "-6")],
)
def test_a_cell_that_cannot_be_read_is_named_by_its_row(column: int, text: str) -> None:
    row = ["Tea", "5", "0", "2 days", "6"]
    row[column] = text
    heading = ("Product", "Stock", "On order", "Lead time", "Pack size")
    found = read_stock_list([("Our stock",), (), heading, ("Jam", "5", "0", "2 days", "6"), row])
    assert [entry.names for entry in found.entries] == [("Jam",)]
    assert found.problems[0].rows == (5,)
    assert f"“{heading[column]}”" in found.problems[0].what


def test_decimals_are_read_as_the_whole_list_writes_them() -> None:
    heading = ("Artikel", "Bestand", "Lieferzeit (Tage)")
    german = read_stock_list([heading, ("Mehl", "1.250,5", "2"), ("Tee", "1.200", "3")])
    assert [entry.on_hand for entry in german.entries] == [1250.5, 1200]
    either = read_stock_list([heading, ("Mehl", "1.200", "2")])
    assert either.entries == ()
    assert either.problems[0].code == "unreadable_stock_cell"


def test_the_sheet_about_stock_is_found_next_to_the_sales(tmp_path: Path) -> None:
    path, book = tmp_path / "shop.xlsx", openpyxl.Workbook()
    sales, stock = book.active, book.create_sheet("Stock")
    sales.append(["Date", "Product", "Sold"])
    sales.append(["2026-01-01", "Tea", 5])
    stock.append(["Product", "Stock", "Lead time (weeks)", "Certainty"])
    stock.append(["Tea", -4, 2, 0.98])
    stock["D2"].number_format = "0%"
    book.save(path)
    assert read_stock_list(path).entries == (StockEntry(("Tea",), 2, -4, None, Duration(2, "week"), None, None, 0.98),)


def test_a_text_file_with_any_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("Item;On hand;Lead time\n\nTea;5;3 days\n", encoding="utf-8")
    assert [entry.names for entry in read_stock_list(path).entries] == [("Tea",)]


def test_names_in_the_columns_that_the_series_are_split_by() -> None:
    rows = [("SHOP", "Stock", "Product", "Lead time"), ("North", "5", "Tea", "2")]
    found = read_stock_list(rows, keys=("Shop", "Product"))
    assert found.by_keys
    assert found.entries[0].names == ("North", "Tea")


def test_columns_that_are_not_used_are_said() -> None:
    found = read_stock_list([("Product", "Stock", "Lead time", "Supplier"), ("Tea", "5", "2", "Smith")])
    assert [problem.code for problem in found.problems] == ["unused_stock_columns"]


@pytest.mark.parametrize("rows", [[], [("Product", "Stock"), ("Tea", "5")], [("Tea", "5", "3")]])
def test_a_list_without_stock_or_lead_times_is_refused(rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(ProblemError) as caught:
        read_stock_list(rows)
    assert caught.value.problem.code == "no_stock_list"
