"""What is known not to be a date without trying every pattern is no date by any of them."""

from __future__ import annotations

import random

import pytest

from almanac.tables.values.dates import date_text
from almanac.tables.values.dates import read_dates as read_dates_module
from almanac.tables.values.dates.calendar_names import _PARTS as DATE_PARTS
from almanac.tables.values.dates.calendar_names import MONTHS, WEEKDAYS
from almanac.tables.values.dates.date_patterns import NEVER_A_DATE, SHAPES, SHAPES_WITHOUT_LETTERS, is_possible
from almanac.tables.values.dates.date_text import is_shaped_like_date, may_begin_date
from almanac.tables.values.dates.one_date import _text_as_date, one_date, parse_date
from almanac.tables.values.dates.read_dates import _text_looks_like_date, looks_like_date, read_dates

TEXTS = 3000
PARTS = ("2024", "1999", "2025", "01", "12", "13", "31", "59", "0", "3", "001", "024", "12345")
SIGNS = "-/._: ,()'*†–°"


def test_numbers_that_are_never_dates_fit_no_shape() -> None:
    chance = random.Random(0)
    rejected = 0
    for _ in range(TEXTS):
        whole = chance.choice((*PARTS, str(chance.randrange(10 ** chance.randrange(1, 16)))))
        rest = chance.choice((*PARTS, "", str(chance.randrange(10 ** chance.randrange(1, 7)))))
        text = chance.choice(("", "", "-", "+")) + whole + chance.choice((".", ",", "")) + rest
        if NEVER_A_DATE.fullmatch(text):
            rejected += 1
            fits = [(match, reader) for pattern, reader in SHAPES if (match := pattern.fullmatch(text))]
            assert not any((parts := reader(match)) and is_possible(parts) for match, reader in fits), text
    assert rejected > TEXTS / 2


def test_other_shapes_fit_no_text_without_letters() -> None:
    chance = random.Random(1)
    others = [pattern for pattern, _ in SHAPES if pattern not in {shape for shape, _ in SHAPES_WITHOUT_LETTERS}]
    for _ in range(TEXTS):
        parts = [chance.choice(PARTS) + chance.choice(("", *SIGNS)) for _ in range(chance.randrange(1, 5))]
        text = "".join(parts)
        assert not [pattern.pattern for pattern in others if pattern.fullmatch(text)], text


@pytest.mark.parametrize(
    "odd", ["2024-10-02 08+03", "2024-10-02 08-03", "2024-10-02 08:0Z", "2024-10-+2", "2024-10-02 08:00+03"]
)
def test_a_time_is_never_moved_to_another_zone_without_a_word(odd: str) -> None:
    usual = ["2024-10-01", "2024-10-01 07:00", "2024-10-01 07:00:00"]
    same = next((text for text in usual if len(text) == len(odd)), usual[1])
    read = read_dates([same, odd])
    assert read.understood[0]
    assert not read.understood[1] or read.offsets is not None or "T08:00" in str(read.day_first[1])


TEMPLATES = (
    *(
        "{w} 2024",
        "{w}2024",
        "{w} 12, 2024",
        "{w}-24",
        "{w}. 3 2024",
        "{w} 1 2024",
        "{w}1/2024",
        "I{w} 2024",
        "{w}de 2024",
    ),
    *("{w} of 2024", "{w} 2024 12/01", "{w}-Mar 2024", "{w} 12 14:30:00 UTC 2024", "{w} quarter 2005", "{w} 3 (2024)"),
    *("{w}., 12 March 2024", "{w} 12.03.2024", "{w} commencing 12 May 2024", "{w} vom 12.05.2024", "{w}24/25", "{w}"),
    *("{w} 12 (12.05.2024)", "{w} 1 - {w} 7, 2024", "{w}/c 12 May 2024", "{w}: 12 May 2024", "{w} 17", "FY {w} 2024"),
)
WORDS = sorted({*MONTHS, *WEEKDAYS, *(word for known in DATE_PARTS.values() for word in known)})
OTHER_WORDS = ("fy", "sy", "ay", "cy", "q", "t", "h", "s", "m", "p", "w", "i", "iv", "sem", "end", "start", "die Woche")
NAMES = (
    "product",
    "Umsatz",
    "Item",
    "Bread",
    "x",
    "Yearly",
    "Marge",
    "Mayor",
    "Ikea",
    "Ivy",
    "code",
    "März",
    "ΜΆΡΤΙΟΣ",
)


@pytest.mark.parametrize("share", [150, pytest.param(6, marks=pytest.mark.slow)])
def test_what_begins_with_no_word_of_dates_fits_no_shape(share: int, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [form for word in (*WORDS[::share], *OTHER_WORDS, *NAMES) for form in (word, word.upper(), word.title())]
    texts = [template.format(w=word) for template in TEMPLATES for word in words]

    def read() -> list[object]:
        for cached in (_text_looks_like_date, _text_as_date, parse_date):
            cached.cache_clear()
        return [(is_shaped_like_date(text), looks_like_date(text), one_date(text)) for text in texts]

    quick = read()
    monkeypatch.setattr(date_text, "may_begin_date", lambda _: True)
    monkeypatch.setattr(read_dates_module, "may_begin_date", lambda _: True)
    slow = read()
    assert [text for text, one, other in zip(texts, quick, slow, strict=True) if one != other] == []
    assert not any(may_begin_date(text) for text in ("product 17", "Umsatz 2024", "Mayor 12, 2024"))
