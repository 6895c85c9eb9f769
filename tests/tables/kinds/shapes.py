"""Shapes of dates: spans of a week, quarters and halves in many hands, stamps of programs, days without a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.tables.kinds.dates.no_year import latest_year
from tests.tables.kinds.sample_file import SampleFile, family, numbers, single, table

V, D = numbers(36), numbers(60)
MON = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
DAYS = [date(2023, 11, 20) + timedelta(n) for n in range(60)]
WEEKS = [date(2023, 1, 2) + timedelta(7 * n) for n in range(60)]
Form = Callable[[date, date], str]


@family
def spans_of_weeks() -> list[SampleFile]:
    forms: dict[str, Form] = {
        "Jan 1 - Jan 7, 2024": lambda a, b: f"{a:%b} {a.day} - {b:%b} {b.day}, {b.year}",
        "01.01.-07.01.2024": lambda a, b: f"{a:%d.%m.}-{b:%d.%m.%Y}",
        "30 Dec - 5 Jan 2024": lambda a, b: f"{a.day} {a:%b} - {b.day} {b:%b} {b.year}",
        "01/01/2024-07/01/2024": lambda a, b: f"{a:%d/%m/%Y}-{b:%d/%m/%Y}",
        "2024-01-01/2024-01-07": lambda a, b: f"{a}/{b}",
        "1 - 7 January 2024": lambda a, b: (
            f"{a.day}{'' if a.month == b.month else f' {a:%B}'} - {b.day} {b:%B} {b.year}"
        ),
        "KW1 (02.01.2023)": lambda a, _: f"KW{a.isocalendar()[1]} ({a:%d.%m.%Y})",
    }
    return [
        single(
            name,
            table([f'"{form(w, w + timedelta(6))}"' for w in WEEKS], D, header="Week,Sales"),
            D,
            "2023-01-02",
            "weekly",
        )
        for name, form in forms.items()
    ]


@family
def no_spans() -> list[SampleFile]:
    """A day, a dash and what could be a month of its own."""
    text = table([f"{n:02d}-janv.-2000" for n in range(1, 25)], D[:24], header="Date,Sales")
    return [single("01-janv.-2000", text, D[:24], "2000-01-01", "daily")]


@family
def quarters_in_many_hands() -> list[SampleFile]:
    roman = ("I", "II", "III", "IV")
    found = []
    for form in (
        "{r}/{y}", "{y}-{r}", "{q}. Qtr {y}", '"Qtr {q}, {y}"', "Q{q} ({a}-{b}) {y}", "{y}{q}", "{q}Q{s:02d}",
    ):  # fmt: skip
        cells = [
            form.format(
                q=n % 4 + 1, y=2011 + n // 4, s=11 + n // 4, r=roman[n % 4], a=MON[n % 4 * 3], b=MON[n % 4 * 3 + 2]
            )
            for n in range(36)
        ]
        found.append(single(f"quarter {form}", table(cells, V, header="Quarter,Sales"), V, "2011-01-01", "quarterly"))
    for form in ("{y}-M{n:02d}", "M{n} {y}", "Month {n} {y}", "End {m} {y}", "{m} {y} (prov.)", "{y} {n:02d}"):
        cells = [form.format(y=2019 + n // 12, n=n % 12 + 1, m=MON[n % 12]) for n in range(36)]
        found.append(single(f"month {form}", table(cells, V, header="Month,Sales"), V))
    return found


@family
def stamps_of_programs() -> list[SampleFile]:
    forms = (
        "%Y%m%dT000000Z", "%Y/%m/%d(月)", "%a %b %d 00:00:00 %Y", "%a %b %d %Y 00:00:00 GMT+0100 (CET)", "%Y_%m_%d",
        "%Y:%m:%d",
    )  # fmt: skip
    return [
        single(
            f"{form} of {name}",
            table([d.strftime(form) for d in days], D, header="Date,Sales"),
            D,
            str(days[0]),
            "daily",
        )
        for form in forms
        for name, days in (("a winter", DAYS), ("a spring", [d + timedelta(120) for d in DAYS]))
    ]


@family
def days_without_a_year() -> list[SampleFile]:
    week = "Mo Di Mi Do Fr Sa So".split()  # noqa: SIM905
    forms: dict[str, Callable[[date], str]] = {
        "Mo 20.11.": lambda d: f"{week[d.weekday()]} {d:%d.%m.}",
        "20.11.": lambda d: f"{d:%d.%m.}",
        "Nov 20": lambda d: f"{d:%b} {d.day}",
        "20-Nov": lambda d: f"{d.day}-{d:%b}",
    }
    found = []
    for name, form in forms.items():
        cells = [form(d) for d in DAYS]
        year = latest_year(DAYS) if "Mo" in name else 1  # weekdays say which year it may be
        first = f"{year:04d}-11-20"
        found.append(single(name, table(cells, D, header="Day,Sales"), D, first, "daily"))
        down = table(cells[::-1], D[::-1], header="Day,Sales")
        found.append(single(f"{name}, newest first", down, D, first, "daily"))
    leap = [date(2024, 2, 20) + timedelta(n) for n in range(60)]
    text = table([f"{d:%d.%m.}" for d in leap], D, header="Day,Sales")
    found.append(single("over a 29 February", text, D, "0004-02-20", "daily"))
    return found


@family
def weeks_and_slots() -> list[SampleFile]:
    names = ",".join(f"Wk{n}" for n in range(1, 53))
    rows = {"Tea": numbers(104, 10), "Milk": numbers(104, 50)}
    lines = [
        f"{name},{2021 + k}," + ",".join(map(str, values[52 * k : 52 * k + 52]))
        for name, values in rows.items()
        for k in range(2)
    ]
    wanted = {name: ("2021-01-04", values) for name, values in rows.items()}
    found = [SampleFile("weeks across", "\n".join([f"Product,Year,{names}", *lines]).encode(), "weekly", wanted)]
    hours = numbers(9 * 24)
    slots = [(day, f"{h:02d}:00-{h + 1:02d}:00") for day in DAYS[:9] for h in range(24)]
    start = "2023-11-20T00:00:00"
    for header, cells in (
        ("Date,Slot,Visits", [f"{d},{s}" for d, s in slots]),
        ("Slot,Visits", [f"{d:%d/%m/%Y} {s.replace('-', ' - ')}" for d, s in slots]),
    ):
        found.append(single(header, table(cells, hours, header=header), hours, start, "hourly", series="Visits"))
    return found
