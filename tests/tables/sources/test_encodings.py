"""A table with a few letters beyond ASCII in its names is read in its own encoding."""

from __future__ import annotations

import pytest

from almanac.tables.sources.encodings import find_encoding

WORDS = {
    "cp1250": [
        "Ilość", "Wartość", "Wilgotność", "Powierzchnia całkowita", "Miesiąc", "Sprzedaż", "Zużycie gazu",
        "Odbiór ścieków", "Počet", "Částka", "Účet", "Měsíc", "Množství", "Účinnost", "Příjem", "Výdaje v Kč",
        "Teplota vzduchu ve výšce", "Mennyiség", "Idő", "Fő", "Bevétel", "Śr. opady", "Źródło", "Összeg és idő",
        "Količina", "Število obiskovalcev", "Plačano",
    ],
    "cp1252": [
        "Größe", "Außentemperatur", "Übernachtungen", "Erlös", "Menge in Stück", "Quantité", "Dépenses",
        "Recettes à jour", "Œufs vendus", "Cœurs de palme", "Problème", "Deuxième étage", "Città", "Quantità",
        "Perché", "Caffè", "¿Cuántos?", "Œnologie", "Año", "Señal", "Mañana", "Compañía", "São Paulo", "Situação",
        "Previsões", "Põe", "Måned", "Antal på lager", "Æbler", "Træ", "Køb", "Försäljning", "Myyntimäärä",
        "Käyttöönotto",
    ],
    "mac_roman": ["Nürnberg", "Köln", "Umsatz für Müller", "Mönchengladbach"],
    "cp1251": ["Выручка", "Количество", "Месяц", "Дата продажи", "Сума, грн", "Област", "Продажби"],
}  # fmt: skip
CASES = [(encoding, word) for encoding, words in WORDS.items() for word in words]


def table(name: str, thousands: str = "") -> str:
    rows = [f"{d:02d}.03.2024;{1 + d % 3}{thousands}{100 + d * 37 % 800},{d % 10}0;{d % 7}" for d in range(1, 32)]
    return "\n".join([f"Data;{name};n", *rows, ""])


@pytest.mark.parametrize(("encoding", "word"), CASES)
@pytest.mark.parametrize("thousands", ["", "\xa0"])
def test_one_name_shows_the_encoding(encoding: str, word: str, thousands: str) -> None:
    if not word.isascii():
        data = table(word, thousands).encode(encoding)
        assert data.decode(find_encoding(data).encoding).splitlines()[0].split(";")[1] == word


def test_blanks_between_thousands_alone_show_a_text_of_the_west() -> None:
    assert find_encoding(table("Sales", "\xa0").encode("cp1252")).encoding == "cp1252"


HEBREW = [
    "תאריך ערך",
    "תיאור התנועה",
    "יתרה בשקלים",
    "סכום מכירות",
    "כרטיסי אשראי",
    "הכנסות ממכירת לחם",
    "הוצאות שוטפות",
]


@pytest.mark.parametrize("first", range(5))
def test_hebrew_is_not_taken_for_small_cyrillic_letters(first: int) -> None:
    text = table(";".join(HEBREW[first : first + 3]))
    data = text.encode("cp1255")
    assert data.decode(find_encoding(data).encoding) == text


def test_small_cyrillic_letters_are_not_taken_for_hebrew() -> None:
    text = table("количество проданных билетов;сумма без налога;доход от аренды помещений")
    data = text.encode("cp1251")
    assert data.decode(find_encoding(data).encoding) == text
