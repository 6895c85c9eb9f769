"""Spans of the calendar, partial ones, and the same span last year; beside pandas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from almanac.core.calendar.fiscal import FiscalYear
from almanac.core.calendar.frequency import (
    BUSINESS_DAILY,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    ROWS,
    WEEKLY,
    YEARLY,
    Frequency,
    Unit,
)
from almanac.totals import SpanKind, can_divide, plan_spans


def number(frequency: Frequency, date: str) -> int:
    return int(frequency.numbers(np.array([date], "datetime64[s]"))[0])


@pytest.mark.parametrize(("kind", "code"), [("week", "W-SUN"), ("month", "M"), ("quarter", "Q"), ("year", "Y")])
@pytest.mark.parametrize("start", ["2026-06-29", "2026-01-01", "2025-12-27"])
def test_days_are_divided_as_pandas_divides_them(kind: str, code: str, start: str) -> None:
    spans = plan_spans(DAILY, number(DAILY, start), 200, SpanKind(kind))
    days = pd.date_range(start, periods=200)
    groups = pd.Series(1, days).groupby(days.to_period(code), sort=True)
    assert [span.stop - span.start for span in spans] == groups.size().tolist()
    whole = [len(pd.date_range(p.start_time, p.end_time, freq="D")) == n for p, n in groups.size().items()]
    assert [not span.partial for span in spans] == whole


def test_the_spans_of_a_horizon_follow_one_another() -> None:
    for kind in SpanKind:
        spans = plan_spans(DAILY, number(DAILY, "2026-06-29"), 100, kind)
        assert [span.start for span in spans] == [0, *(span.stop for span in spans[:-1])]
        assert spans[-1].stop == 100


def test_labels() -> None:
    first = number(DAILY, "2026-06-29")
    labels = {kind: plan_spans(DAILY, first, 28, kind)[0].label for kind in SpanKind}
    assert labels == {
        "horizon": "2026-06-29 to 2026-07-26",
        "week": "week of 2026-06-29",
        "month": "2026-06",
        "quarter": "2026-Q2",
        "year": "2026",
    }


def dates(frequency: Frequency, span: tuple[int, int] | None) -> tuple[str, str] | None:
    return None if span is None else (frequency.iso(span[0]), frequency.iso(span[1] - 1))


def test_a_whole_month_is_compared_with_the_same_month() -> None:
    spans = plan_spans(DAILY, number(DAILY, "2028-02-01"), 29, SpanKind.MONTH)
    assert dates(DAILY, spans[0].last_year) == ("2027-02-01", "2027-02-28")


def test_other_spans_of_days_are_compared_with_the_same_weekdays() -> None:
    first = number(DAILY, "2026-06-29")
    assert dates(DAILY, plan_spans(DAILY, first, 28, SpanKind.HORIZON)[0].last_year) == ("2025-06-30", "2025-07-27")
    assert dates(DAILY, plan_spans(DAILY, first, 28, SpanKind.MONTH)[0].last_year) == ("2025-06-30", "2025-07-01")


@pytest.mark.parametrize(
    ("frequency", "date", "expected"),
    [
        (MONTHLY, "2026-07-01", ("2025-07-01", "2025-09-01")),
        (QUARTERLY, "2026-07-01", ("2025-07-01", "2026-01-01")),
        (YEARLY, "2026-01-01", None),
        (WEEKLY, "2026-06-29", ("2025-06-30", "2025-07-14")),
        (BUSINESS_DAILY, "2026-06-29", ("2025-06-30", "2025-07-02")),
        (HOURLY, "2026-06-29T05:00", ("2025-06-30T05:00:00", "2025-06-30T07:00:00")),
        (ROWS, None, None),
    ],
)
def test_last_year_at_every_frequency(frequency: Frequency, date: str | None, expected: tuple[str, str] | None) -> None:
    first = 40 if date is None else number(frequency, date)
    assert dates(frequency, plan_spans(frequency, first, 3, SpanKind.HORIZON)[0].last_year) == expected


def test_a_span_that_is_not_over_has_no_last_year() -> None:
    first = number(MONTHLY, "2026-07-01")
    assert plan_spans(MONTHLY, first, 12, SpanKind.HORIZON)[0].last_year == (first - 12, first)
    assert plan_spans(MONTHLY, first, 13, SpanKind.HORIZON)[0].last_year is None


def test_a_year_of_days_is_compared_with_the_year_before() -> None:
    first = number(DAILY, "2026-07-01")
    assert plan_spans(DAILY, first, 365, SpanKind.HORIZON)[0].last_year == (first - 365, first)


def test_fiscal_years_begin_in_their_month() -> None:
    fiscal = replace(MONTHLY, fiscal=FiscalYear(3, "{y}/{n2} P{p2}"))
    spans = plan_spans(fiscal, number(fiscal, "2026-03-01"), 3, SpanKind.YEAR)
    assert [(span.start, span.stop) for span in spans] == [(0, 1), (1, 3)]


@pytest.mark.parametrize(
    ("frequency", "kinds"),
    [
        (ROWS, ["horizon"]),
        (YEARLY, ["horizon", "year"]),
        (QUARTERLY, ["horizon", "quarter", "year"]),
        (MONTHLY, ["horizon", "month", "quarter", "year"]),
        (Frequency(Unit.MONTH, 2), ["horizon", "year"]),
        (Frequency(Unit.WEEK, 2), ["horizon", "month", "quarter", "year"]),
        (WEEKLY, list(SpanKind)),
        (DAILY, list(SpanKind)),
    ],
)
def test_only_spans_that_periods_make_up_are_offered(frequency: Frequency, kinds: list[str]) -> None:
    assert [kind for kind in SpanKind if can_divide(frequency, kind)] == kinds


def test_a_span_that_is_finer_than_the_data_is_refused() -> None:
    with pytest.raises(ValueError, match="monthly periods do not make up spans of a week"):
        plan_spans(MONTHLY, 600, 12, SpanKind.WEEK)
