"""Lists of adjustments: amounts and dates as people write them, and every row that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.entered.lists import RowFault
from almanac.core.problems import ProblemError
from almanac.tables.entered_lists import adjustments_of_rows

HEADING = ("series", "from", "change", "amount")


def read(*rows: Sequence[str], heading: Sequence[str] = HEADING) -> tuple[tuple[Adjustment, ...], tuple[RowFault, ...]]:
    found = adjustments_of_rows([heading, *rows], "list.csv")
    assert found.faults is not None
    return found.entries, found.faults.rows


def amount(text: str, change: str = "set") -> float:
    (found,), _ = read(("Tea", "2025-01", change, text))
    return found.amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1 200,5", 1200.5),
        ("1\u202f200", 1200),
        ("1\u00a0200\u00a0000", 1_200_000),
        ("1’200.50", 1200.5),
        ("1'200", 1200),
        ("1,234,567", 1_234_567),
        ("1.234.567,8", 1_234_567.8),
        ("−25,5", -25.5),
        ("+3", 3),
    ],
)
def test_numbers_of_every_country(text: str, value: float) -> None:
    assert amount(text) == value


@pytest.mark.parametrize(("text", "factor"), [("+20%", 1.2), ("-20 %", 0.8), ("−5%", 0.95), ("80%", 0.8), ("1,5", 1.5)])
def test_factors_may_be_percentages(text: str, factor: float) -> None:
    assert amount(text, "scale") == pytest.approx(factor)


@pytest.mark.parametrize("text", ["", "lots", "1.200", "20%", "1,2,3", "--5", "9" * 400, "1e400", "nan"])
def test_what_is_no_clear_number_is_said_with_its_row(text: str) -> None:
    entries, (fault,) = read(("Tea", "2025-01", "set", text))
    assert not entries
    assert (fault.row, fault.name) == (2, "Tea")


def test_other_amounts_of_the_list_show_how_its_numbers_are_written() -> None:
    (first, _), faults = read(("Tea", "2025-01", "set", "1.200"), ("Tea", "2025-02", "set", "25,5"))
    assert (first.amount, faults) == (1200, ())


# Of each language a heading with synonyms of every column, a change and a note of it.
LANGUAGES = {
    "German": (("Produkt", "Von", "Bis", "Änderung", "Betrag", "Bemerkung"), ("setzen", "mal", "addieren")),
    "French": (("Produit", "Du", "Au", "Modification", "Montant", "Commentaire"), ("fixer", "fois", "ajouter")),
    "Spanish": (("Producto", "Desde", "Hasta", "Cambio", "Importe", "Motivo"), ("fijar", "por", "sumar")),
    "Italian": (("Prodotto", "Dal", "Al", "Modifica", "Importo", "Nota"), ("impostare", "per", "aggiungere")),
    "Portuguese": (("Produto", "De", "Até", "Alteração", "Valor", "Nota"), ("definir", "vezes", "somar")),
    "Dutch": (("Product", "Van", "Tot en met", "Wijziging", "Bedrag", "Opmerking"), ("instellen", "keer", "optellen")),
    "Polish": (("Produkt", "Od", "Do", "Zmiana", "Kwota", "Uwaga"), ("ustaw", "razy", "dodać")),
    "Swedish": (
        ("Produkt", "Från", "Till och med", "Ändring", "Belopp", "Anteckning"),
        ("ange", "gånger", "plus"),
    ),
    "English": (("Product", "Start", "End", "Action", "Quantity", "Comment"), ("Set to", "times", "+")),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_changes_in_nine_languages(language: str) -> None:
    heading, words = LANGUAGES[language]
    rows = [("Tea", "01.07.2026", "31.07.2026", word, "2", "Why") for word in words]
    entries, faults = read(*rows, heading=heading)
    assert faults == ()
    kinds = (AdjustmentKind.SET, AdjustmentKind.SCALE, AdjustmentKind.ADD)
    assert entries == tuple(Adjustment("Tea", "2026-07-01", "2026-07-31T23:59:59", kind, 2.0, "Why") for kind in kinds)


@pytest.mark.parametrize(
    ("dates", "heading", "first"),
    [
        (("03/04/2026", "25/04/2026"), "from", "2026-04-03"),
        (("03/04/2026", "04/25/2026"), "from", "2026-03-04"),
        (("03/04/2026", "04/05/2026"), "von", "2026-04-03"),
        (("3.4.2026", "4.5.2026"), "from", "2026-04-03"),
        (("3 April 2026", "1. Mai 2026"), "from", "2026-04-03"),
    ],
)
def test_the_other_dates_show_which_comes_first_day_or_month(dates: Sequence[str], heading: str, first: str) -> None:
    rows = [("Tea", date, "set", "1") for date in dates]
    entries, faults = read(*rows, heading=("series", heading, "change", "amount"))
    assert faults == ()
    assert entries[0].first == first


def test_a_date_that_may_be_two_is_not_guessed() -> None:
    _, faults = read(("Tea", "03/04/2026", "set", "1"), ("Tea", "2026-05-01", "set", "lots"))
    assert [fault.row for fault in faults] == [2, 3]
    assert "2026-03-04 or 2026-04-03" in faults[0].why


def test_two_columns_for_one_thing_are_not_guessed() -> None:
    with pytest.raises(ProblemError, match="“Store”, “Product”"):
        read(("A", "Tea", "2026-05-01", "set", "1"), heading=("Store", "Product", "from", "change", "amount"))
