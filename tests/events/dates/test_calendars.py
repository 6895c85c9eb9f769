"""Events laid out on periods: weeks take the share of their days, months what moves, closed days nothing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from almanac.core.calendar.frequency import BUSINESS_DAILY, DAILY, HOURLY, MONTHLY, WEEKLY, Frequency
from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.entered.events import Event, EventColumn, EventKind, Span
from almanac.core.series import SeriesSet
from almanac.events import public_holidays
from almanac.events.dates.calendars import Term, column_term, dated_terms, periods_of


def series(frequency: Frequency, first: str, points: int, n: int = 1, **more: object) -> SeriesSet:
    start = int(frequency.numbers(np.array([first], "datetime64[s]"))[0])
    return SeriesSet(
        tuple(f"s{i}" for i in range(n)),
        np.ones(points * n),
        np.arange(n + 1) * points,
        np.full(n, start),
        frequency,
        **more,  # type: ignore[arg-type]
    )


def event(kind: EventKind, *days: str, **more: object) -> Event:
    spans = tuple(Span(date.fromisoformat(day[:10]), date.fromisoformat(day[-10:])) for day in days)
    return Event("E", kind, spans, **more)  # type: ignore[arg-type]


def periods_with(term: Term, known: SeriesSet, row: int = 0) -> dict[str, float]:
    start = int(known.first.min())
    at = np.flatnonzero(term.calendar[term.rows[row]])
    return {known.frequency.label(start + int(i)): round(float(term.calendar[term.rows[row], i]), 3) for i in at}


def terms_of(events: list[Event], known: SeriesSet, horizon: int = 0) -> list[Term]:
    return dated_terms(events, known, periods_of(known, horizon))


def test_days_before_and_after_a_holiday_are_apart_and_never_holidays_themselves() -> None:
    known = series(DAILY, "2024-12-01", 40)
    found = terms_of([event(EventKind.HOLIDAY, "2024-12-25"), event(EventKind.HOLIDAY, "2024-12-26")], known)
    assert [(term.offset, list(periods_with(term, known))) for term in found] == [
        (0, ["2024-12-25"]), (-1, ["2024-12-24"]), (0, ["2024-12-26"]), (1, ["2024-12-27"]),
    ]  # fmt: skip


def test_weeks_take_the_share_of_days() -> None:
    known = series(WEEKLY, "2024-01-01", 20)
    (term,) = terms_of([event(EventKind.SALE, "2024-01-10 2024-01-16", "2024-03-04 2024-03-08")], known)
    # 5 days of one week and 2 of the next; 5 of a third: shares of the fullest.
    assert periods_with(term, known) == {"2024-01-08": 1.0, "2024-01-15": 0.4, "2024-03-04": 1.0}


def test_months_only_have_what_moves() -> None:
    known = series(MONTHLY, "2015-01-01", 120)
    found = terms_of(list(public_holidays("DE", range(2014, 2026))), known)
    assert {term.name for term in found if term.offset == 0} == {
        "Good Friday",
        "Easter Monday",
        "Pentecost Monday",
        "Reformation Day",  # everywhere in 2017 only
    }
    easter = next(term for term in found if term.name == "Easter Monday" and term.offset == 0)
    # Easter Monday was in March in 2016 and 2018 … only in March or April, never elsewhere.
    assert {label[-2:] for label in periods_with(easter, known)} == {"03", "04"}
    assert periods_with(easter, known)["2016-03"] > 0 > periods_with(easter, known)["2016-04"]


def test_a_holiday_on_a_closed_day_has_no_effect() -> None:
    sundays = OpenPeriods(np.arange(7)[:, None] < 6, np.ones(12, dtype=bool))
    always = OpenPeriods(np.ones((7, 1), dtype=bool), np.ones(12, dtype=bool))
    known = series(DAILY, "2023-12-01", 400, n=2, open_periods=(sundays, always))
    found = terms_of([event(EventKind.HOLIDAY, "2023-12-26", "2024-03-31", "2024-12-26")], known)  # 31 March: a Sunday
    on = found[0]
    assert list(periods_with(on, known, 0)) == ["2023-12-26", "2024-12-26"]
    assert list(periods_with(on, known, 1)) == ["2023-12-26", "2024-03-31", "2024-12-26"]


def test_weekends_are_none_of_business_days() -> None:
    known = series(BUSINESS_DAILY, "2024-01-01", 60)
    (term,) = terms_of([event(EventKind.SALE, "2024-02-03 2024-02-05")], known)  # Saturday to Monday
    assert list(periods_with(term, known)) == ["2024-02-05"]


def test_all_hours_of_a_day() -> None:
    known = series(HOURLY, "2024-01-01", 96)
    (term,) = terms_of([event(EventKind.SALE, "2024-01-02")], known)
    labels = list(periods_with(term, known))
    assert (len(labels), labels[0], labels[-1]) == (24, "2024-01-02 00:00", "2024-01-02 23:00")


def test_yearly_events_come_every_year_also_on_29_february() -> None:
    known = series(DAILY, "2022-01-01", 900)
    yearly = event(EventKind.SALE, "2020-02-29", yearly=True)
    assert list(periods_with(terms_of([yearly], known)[0], known)) == ["2022-02-28", "2023-02-28", "2024-02-29"]


def test_events_of_some_series_by_name_or_by_group() -> None:
    known = series(DAILY, "2024-01-01", 30, n=3, key_columns=("Shop",), keys=(("North",), ("South",), ("North",)))
    (by_group,) = terms_of([event(EventKind.SALE, "2024-01-05", series=("North",))], known)
    (by_name,) = terms_of([event(EventKind.SALE, "2024-01-05", series=("s1",))], known)
    assert (by_group.rows.tolist(), by_name.rows.tolist()) == ([0, -1, 0], [-1, 0, -1])


def test_holidays_that_share_their_weeks_are_one() -> None:
    known = series(WEEKLY, "2020-01-06", 200)
    days = [f"{year}-12-2{{}}" for year in (2020, 2021, 2023)]
    first = Event(
        "Christmas Day", EventKind.HOLIDAY, tuple(event(EventKind.HOLIDAY, d.format(5)).spans[0] for d in days)
    )
    second = Event("Boxing Day", EventKind.HOLIDAY, tuple(event(EventKind.HOLIDAY, d.format(6)).spans[0] for d in days))
    names = {term.name for term in terms_of([first, second], known) if term.offset == 0}
    assert names == {"Christmas Day and Boxing Day"}


def test_a_column_is_where_it_says() -> None:
    known = series(DAILY, "2024-01-01", 30, n=2)
    start = int(known.first[0])
    column = EventColumn(
        "promo", EventKind.SALE, np.array([1, 1]), start + np.array([3, 35]), np.array([0.5, 1.0]), start + 40
    )
    term = column_term(column, known, periods_of(known, 10))
    assert term is not None
    assert term.rows.tolist() == [-1, 0]
    assert periods_with(term, known, 1) == {"2024-01-04": 0.5, "2024-02-05": 1.0}
    assert term.at(np.array([0, 1, 1]), np.array([3, 3, 999])) == pytest.approx([0, 0.5, 0])
    assert column_term(column, known, periods_of(series(DAILY, "2030-01-01", 5, n=2), 1)) is None
