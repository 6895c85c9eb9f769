"""Separators of a locale, against Unicode's tables."""

from __future__ import annotations

import pytest
from babel import Locale, localedata

from almanac.core.csv_style import FOR_PROGRAMS, WITH_COMMA, csv_style_of

NAMES = "cs da de el en es fi fr he hi hu id it ja ko nb nl pl pt ro ru sk sv th tr uk vi zh"
LANGUAGES = NAMES.split()
OTHER_RULES = ("fr_RW", "en_US_POSIX", "el_POLYTON")  # variants, and one place that differs from its neighbours


def test_the_decimal_sign_is_that_of_the_locale() -> None:
    codes = [code for code in localedata.locale_identifiers() if code.split("_")[0] in LANGUAGES]
    assert len(codes) > 200
    for code in (code for code in codes if code not in OTHER_RULES):
        expected = Locale.parse(code).number_symbols["latn"]["decimal"]
        found = csv_style_of(code)
        assert found is not None, code
        assert found.decimal == expected, code


@pytest.mark.parametrize(("code", "style"), [("de", WITH_COMMA), ("pt-BR", WITH_COMMA), ("de_CH.UTF-8", FOR_PROGRAMS)])
def test_codes_may_be_written_in_several_ways(code: str, style: object) -> None:
    assert csv_style_of(code) == style


@pytest.mark.parametrize("text", ["", "german please", "d", "1,5"])
def test_other_texts_are_no_locale(text: str) -> None:
    assert csv_style_of(text) is None
