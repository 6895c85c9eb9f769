"""What a person types is understood in every locale: "25,5" and "25.5" mean the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from almanac.desktop.formatting.number_entry import read_number

LOCALES = ("en_US", "de_DE", "fr_FR", "es_ES", "de_CH", "en_IN")
CLEAR = {
    "25,5": 25.5,
    "25.5": 25.5,
    "0,125": 0.125,
    "0.125": 0.125,
    "1234": 1234,
    "1234,567": 1234.567,
    "1.234,56": 1234.56,
    "1,234.56": 1234.56,
    "1.234.567": 1234567,
    "1,234,567": 1234567,
    "1 234,5": 1234.5,
    "1\u202f234,5": 1234.5,
    "1’234.5": 1234.5,
    "-3,5": -3.5,
    "−3.5": -3.5,
    "€ 12,50": 12.5,
    ",5": 0.5,
    "1,056,000,000": 1_056_000_000,
}
AMBIGUOUS = {"en_US": (1.234, 1234), "de_DE": (1234, 1.234), "fr_FR": (1.234, 1.234), "de_CH": (1.234, 1.234)}


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def test_a_clear_number_means_the_same_in_every_locale(locale: str) -> None:  # noqa: ARG001
    for text, value in CLEAR.items():
        typed = read_number(text)
        assert typed is not None, text
        assert typed.value == pytest.approx(value), text


def test_an_ambiguous_number_is_read_as_the_locale_writes_it(locale: str) -> None:
    dot, comma = AMBIGUOUS.get(locale, (None, None))
    for text, value in (("1.234", dot), ("1,234", comma)):
        typed = read_number(text)
        assert typed is not None
        assert value is None or typed.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "-", "abc", "1.2.3", "1,23,4", "2.55E+02", "12-3", "1.234,567.8", "1..2"])
def test_other_text_is_not_guessed(text: str) -> None:
    assert read_number(text) is None


def test_what_the_locale_writes_is_read_back(locale: str) -> None:  # noqa: ARG001
    for value, decimals in ((1234.5, 1), (1_056_000_000.0, 0), (0.25, 2), (12345.678, 3)):
        typed = read_number(QLocale().toString(value, "f", decimals))
        assert typed is not None
        assert (typed.value, typed.decimals) == (pytest.approx(value), decimals)
