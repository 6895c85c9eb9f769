"""Columns such as promo (0 and 1) say when an event is: files of many shapes, and files that only look like it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, finding, lines, months

from almanac.core.entered.events import EventColumn, EventKind
from almanac.tables import ReadFile
from almanac.tables.columns.event_columns import event_kind

NAMES = {
    EventKind.SALE: ("promo", "Promo", "on_promotion", "is_promo", "Aktion", "Promotion", "oferta", "aanbieding",
        "promo flag", "Campaign", "rea", "Angebot"),
    EventKind.HOLIDAY: ("holiday", "Feiertag", "is_holiday", "feriado", "Jour férié", "school holiday", "święto"),
    EventKind.CLOSURE: ("closed", "geschlossen", "fermé", "cerrado"),
    EventKind.STOCK_OUT: ("out_of_stock", "stockout", "ausverkauft", "agotado", "rupture de stock"),
}  # fmt: skip
MARKS = (("1", "0"), ("yes", "no"), ("ja", "nein"), ("oui", "non"), ("TRUE", "FALSE"), ("x", ""), ("Y", "N"), ("1", ""))
DATES, TARGETS, STORES = (
    ("date", "Datum", "fecha"),
    ("sales", "Umsatz", "ventas", "units"),
    ("store", "Filiale", "tienda"),
)


@dataclass
class Sample:
    """A file and the truth about its column: on which dates each store has the event."""

    text: str
    name: str
    kind: EventKind
    weekly: bool
    when: dict[str, set[date]]
    last: date


def sample(seed: int) -> Sample:
    rng = random.Random(seed)
    kind = rng.choice(list(NAMES))
    name, (yes, no) = rng.choice(NAMES[kind]), rng.choice(MARKS)
    heads = [rng.choice(DATES), rng.choice(STORES), rng.choice(TARGETS), name]
    several, weekly, ahead = rng.random() < 0.5, rng.random() < 0.4, rng.choice((0, 0, 8, 28))
    stores = ["North", "South", "West"][: rng.randint(2, 3)] if several else [""]
    count = rng.randint(70, 120)
    start = date(2023, 1, 2) + timedelta(7 * rng.randint(0, 30))
    days = [start + timedelta(n * (7 if weekly else 1)) for n in range(count + ahead)]
    delimiter, german = rng.choice(",;\t"), rng.random() < 0.3
    german = german and delimiter != ","
    order = rng.sample(range(4), 4) if rng.random() < 0.5 else [0, 1, 2, 3]
    when: dict[str, set[date]] = {store: set() for store in stores}
    rows = []
    on = dict.fromkeys(stores, False)
    for n, day in enumerate(days):
        for store in stores:
            if rng.random() < 0.3:
                on[store] = rng.random() < 0.25
            if on[store]:
                when[store].add(day)
            value = round(100 + 20 * rng.random() + 40 * on[store], 1)
            written = "" if n >= count else f"{value}".replace(".", ",") if german else f"{value}"
            when_text = day.strftime("%d.%m.%Y") if german else day.isoformat()
            cells = [when_text, store, written, yes if on[store] else no]
            rows.append(delimiter.join(cells[i] for i in order if several or i != 1))
    text = "\n".join([delimiter.join(heads[i] for i in order if several or i != 1), *rows]) + "\n"
    return Sample(text, name, kind, weekly, when, days[-1])


def read_as(file: ReadFile, wanted: Sample) -> bool:
    """Whether the column is read as the truth says, and the series are the stores."""
    if not any(wanted.when.values()):
        return True  # without a single event there is nothing to find
    if len(file.event_columns) != 1 or file.reading.frequency.name != ("weekly" if wanted.weekly else "daily"):
        return False
    (column,) = file.event_columns
    names = file.series.names
    found: dict[str, set[date]] = {name: set() for name in names}
    dates = file.series.frequency.dates(column.periods).astype("datetime64[D]").tolist()
    for i, day in zip(column.series, dates, strict=True):
        found[names[i]].add(day)
    truth = wanted.when if len(names) > 1 else {names[0]: wanted.when[""]}
    last = file.series.frequency.dates(np.array([column.last])).astype("datetime64[D]")[0]
    return (column.kind, found, last) == (wanted.kind, truth, np.datetime64(wanted.last))


@pytest.mark.parametrize("block", range(2))
def test_event_columns_are_read_as_they_are(read_text: Reader, block: int) -> None:
    wrong = [
        seed for seed in range(20 * block, 20 * block + 20) if not read_as(read_text(sample(seed).text), sample(seed))
    ]
    assert not wrong


@pytest.mark.slow
def test_event_columns_of_many_files(read_text: Reader) -> None:
    assert not [seed for seed in range(40, 400) if not read_as(read_text(sample(seed).text), sample(seed))]


def daily(flag: list[object], header: str) -> str:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(len(flag))]
    return lines(days, [100 + n * 37 % 23 for n in range(len(flag))], flag, header=header)


def test_the_finding_says_how_often_and_can_be_turned(read_text: Reader) -> None:
    text = daily([int(n % 10 < 2) for n in range(90)], "Date,Sales,promo")
    file = read_text(text)
    found = finding(file, "event_column")
    assert "18 rows; none is to come" in found.what
    assert [choice.label for choice in found.choices] == ["An event", "Leave it out"]
    assert file.series.names == ("Sales",)
    ignored = read_text(text, **dict(found.choices[1].sets))
    assert ignored.event_columns == ()
    assert finding(ignored, "event_column").chosen == 1


def test_weeks_take_the_share_of_their_days(read_text: Reader) -> None:
    (column,) = read_text(
        daily([int(n % 14 < 3) for n in range(140)], "Date,Sales,promo"), frequency="weekly"
    ).event_columns
    assert set(np.round(column.shares * 7).astype(int)) == {3}
    assert len(column.periods) == 10


@pytest.mark.parametrize(
    ("header", "flag"),
    [
        ("Date,Sales,promo", [n % 3 for n in range(60)]),  # three kinds of promotion are no yes and no
        ("Date,Sales,promo", [1] * 60),  # always
        ("Date,Sales,returned", [n % 2 for n in range(60)]),  # the name says nothing
        ("Date,Sales,promo", ["summer" if n % 9 == 0 else "no" for n in range(60)]),
        ("Date,Sales,promotion cost", [n % 2 for n in range(60)]),
    ],
)
def test_what_only_looks_like_an_event_is_none(read_text: Reader, header: str, flag: list[object]) -> None:
    assert read_text(daily(flag, header)).event_columns == ()


def test_a_column_that_is_to_be_forecast_is_no_event(read_text: Reader) -> None:
    text = daily([int(n % 5 == 0) for n in range(60)], "Date,Sales,promo")
    assert read_text(text, values=("promo",)).event_columns == ()


def test_receipts_have_no_event_column(read_text: Reader) -> None:
    rng = random.Random(5)
    rows = [f"2024-01-{1 + n // 12:02},{1000 + n},{rng.randint(3, 90)},{rng.randint(0, 1)}" for n in range(300)]
    assert read_text("date,receipt,amount,promo\n" + "\n".join(rows)).event_columns == ()


def test_names_in_capitals_and_with_prefixes() -> None:
    kinds = {"IS_PROMO": EventKind.SALE, "PromoFlag": EventKind.SALE, "StateHoliday": EventKind.HOLIDAY}
    assert {name: event_kind(name) for name in kinds} == kinds
    assert event_kind("weekend") is event_kind("Price") is None


def test_monthly_columns(read_text: Reader) -> None:
    text = lines(
        months(40), [n * 7 % 11 + 50 for n in range(40)], [int(n % 8 == 0) for n in range(40)], header="m,Sold,promo"
    )
    (column,) = read_text(text).event_columns
    assert isinstance(column, EventColumn)
    assert len(column.periods) == 5
