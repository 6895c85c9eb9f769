"""Rhythms: weeks that end on any day, business days, month ends, 4-4-5, gaps, late starts."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from tests.tables.kinds.sample_file import NAN, SampleFile, family, months, numbers, single, table

V = numbers(60)


@family
def weeks() -> list[SampleFile]:
    found = []
    for n in range(7):
        days = [date(2022, 1, 3) + timedelta(n + 7 * k) for k in range(60)]
        text = table(days, V, header="Week ending,Sales")
        found.append(single(f"weeks on {days[0]:%A}", text, V, days[0].isoformat(), "weekly"))
    two = [date(2022, 1, 7) + timedelta(14 * k) for k in range(60)]
    found.append(single("fortnights", table(two, V, header="Pay day,Sales"), V, "2022-01-07", "every 2 weeks"))
    spans = [
        f"{d:%d.%m.%Y} - {d + timedelta(6):%d.%m.%Y}" for d in (date(2022, 1, 3) + timedelta(7 * k) for k in range(60))
    ]
    found.append(
        single("weeks from - to", table(spans, V, header="Week;Sales", delimiter=";"), V, "2022-01-03", "weekly")
    )
    return found


@family
def days() -> list[SampleFile]:
    business = [d for n in range(84) if (d := date(2024, 1, 1) + timedelta(n)).weekday() < 5]
    values = numbers(len(business))
    found = [
        single(
            "business days",
            table(business, values, header="Date,Close"),
            values,
            "2024-01-01",
            "business-daily",
            series="Close",
        )
    ]
    holidays = [n for n, d in enumerate(business) if d in (date(2024, 1, 15), date(2024, 2, 19))]
    text = table(
        [d for n, d in enumerate(business) if n not in holidays],
        [v for n, v in enumerate(values) if n not in holidays],
        header="Date,Close",
    )
    wanted = [NAN if n in holidays else v for n, v in enumerate(values)]
    found.append(single("business days with holidays", text, wanted, "2024-01-01", "business-daily", series="Close"))
    six = [d for n in range(84) if (d := date(2024, 1, 1) + timedelta(n)).weekday() < 6]
    open_days = dict(zip(six, numbers(len(six)), strict=True))
    every = [date(2024, 1, 1) + timedelta(n) for n in range((six[-1] - six[0]).days + 1)]
    found.append(
        single(
            "closed on Sundays",
            table(six, open_days.values(), header="Date,Sales"),
            [open_days.get(d, NAN) for d in every],
            "2024-01-01",
            "daily",
        )
    )
    return found


@family
def month_days() -> list[SampleFile]:
    ends = [date(2019 + n // 12, n % 12 + 1, calendar.monthrange(2019 + n // 12, n % 12 + 1)[1]) for n in range(60)]
    found = [single("month ends", table(ends, V, header="Date,Sales"), V, "2019-01-31")]
    last = []
    for day in ends:
        while day.weekday() > 4:
            day -= timedelta(1)
        last.append(day)
    found.append(single("last business days", table(last, V, header="Date,Sales"), V, "2019-01-31"))
    firsts = []
    for text in months(60):
        day = date.fromisoformat(text)
        while day.weekday() > 4:
            day += timedelta(1)
        firsts.append(day)
    found.append(single("first business days", table(firsts, V, header="Date,Sales"), V, "2019-01-01"))
    found.append(single("the 15th", table([d[:8] + "15" for d in months(60)], V, header="Date,Sales"), V, "2019-01-15"))
    quarter = [e for e in ends if e.month % 3 == 0]
    found.append(single("quarter ends", table(quarter, V[:20], header="Date,Sales"), V[:20], "2019-03-31", "quarterly"))
    years = [date(1980 + n, 12, 31) for n in range(40)]
    found.append(single("year ends", table(years, V[:40], header="Date,Sales"), V[:40], "1980-12-31", "yearly"))
    fiscal = [date(1980 + n, 6, 30) for n in range(40)]
    found.append(
        single(
            "fiscal years that end in June", table(fiscal, V[:40], header="Date,Sales"), V[:40], "1980-06-30", "yearly"
        )
    )
    return found


@family
def retail_calendar() -> list[SampleFile]:
    # 4-4-5: months that end after 4, 4 and 5 weeks, on Saturdays.
    day, ends = date(2019, 2, 2), []
    for n in range(60):
        day += timedelta(7 * (5 if n % 3 == 2 else 4))
        ends.append(day)
    return [single("4-4-5 months", table(ends, V, header="Period end,Sales"), V, "2019-02-01", "monthly")]


@family
def holes() -> list[SampleFile]:
    keep = [n for n in range(60) if n not in (7, 8, 30)]
    text = table([months(60)[n] for n in keep], [V[n] for n in keep], header="Month,Sales")
    found = [single("missing months", text, [V[n] if n in keep else NAN for n in range(60)])]
    rows = [(d, "A", v) for d, v in zip(months(60), V, strict=True)]
    rows += [(d, "B", v) for d, v in zip(months(60)[12:40], V[12:40], strict=True)]
    text = "Month,Shop,Sales\n" + "\n".join(",".join(map(str, row)) for row in sorted(rows))
    series = {"A": ("2019-01-01", V), "B": ("2020-01-01", V[12:40])}
    found.append(SampleFile("a late start and an early end", text.encode(), "monthly", series))
    wide = table(months(60), V, ["" if n < 12 or n >= 40 else V[n] for n in range(60)], header="Month,A,B")
    found.append(SampleFile("a late start beside", wide.encode(), "monthly", series))
    return found


@family
def no_dates() -> list[SampleFile]:
    return [
        single("no dates", table(V, header="Sales"), V, "row 1", "row by row"),
        single("no dates and no names", table(V), V, "row 1", "row by row", series="Column A"),
        single("row numbers", table(range(1, 61), V, header="No.,Sales"), V, "row 1", "row by row"),
        single("week numbers alone", table(range(1, 41), V[:40], header="Week,Sales"), V[:40], "row 1", "row by row"),
        single(
            "day numbers", table([f"Day {n}" for n in range(1, 61)], V, header="Day,Sales"), V, "row 1", "row by row"
        ),
    ]
