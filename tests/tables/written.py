"""Random tables, written the way people and programs of many countries write them, with the one right reading."""

from __future__ import annotations

import calendar
import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st
from tests.tables.kinds.calendars import NAMES, SHORT
from tests.tables.kinds.sample_file import NAN

KEYS = (
    "North",
    "South",
    "Nürnberg",
    "Orléans",
    "Peñíscola",
    "Product 7",
    "Größe XL",
    "A-12",
    "Milk, fresh",
    "Tea; green",
)
TITLES = (
    "Sales report",
    "Report for the year",
    "Übersicht der Filialen",
    "# exported by the till",
    "Printed by: J. Smith",
)
FOOTERS = ("Source: the till", "All figures are provisional.", "Quelle: eigene Erhebung", "* revised")
HEADS = {
    "yearly": ("Year", "Jahr", "Année"),
    "quarterly": ("Quarter", "Quartal", "Period"),
    "monthly": ("Month", "Monat", "Mois", "Date", "Period"),
    "weekly": ("Week", "Woche", "Date", "Week ending"),
    "daily": ("Date", "Datum", "Fecha", "Day", "Data"),
    "hourly": ("Time", "Timestamp", "Zeit", "Date"),
}
VALUES = ("Sales", "Umsatz", "Visits", "Ventes", "kWh", "Menge")
Style = Callable[[datetime], str]


@dataclass(frozen=True)
class Written:
    """A file and its series: for each name the date of its first value and its values, evenly spaced."""

    content: bytes
    frequency: str
    series: dict[str, tuple[str, list[float]]]
    told: str

    def __repr__(self) -> str:
        return f"{self.told}\n{self.content[:1500]!r}"


@dataclass(frozen=True)
class Locale:
    """How numbers are written: ``form`` is what goes around them, ``negative`` around that (or inside of it)."""

    decimal: str
    thousands: str
    form: str
    negative: str
    inside: bool
    missing: str

    def write(self, value: float, places: int) -> str:
        if value != value:
            return self.missing
        text = f"{abs(value):,.{places}f}".replace(",", "T").replace(".", self.decimal).replace("T", self.thousands)
        if value >= 0:
            return self.form.format(text)
        inner, outer = (self.negative, self.form) if self.inside else (self.form, self.negative)
        return outer.format(inner.format(text))


LOCALES = st.builds(
    lambda signs, *others: Locale(*signs, *others),
    st.sampled_from(
        [
            (".", ""),
            (",", ""),
            (".", ","),
            (",", "."),
            (",", " "),
            (".", " "),
            (".", "'"),
            (",", "\xa0"),
            (",", "\u202f"),
            (".", "’"),
        ]
    ),
    st.sampled_from(["{}"] * 5 + ["€{}", "{} €", "$ {}", "{} EUR", "£{}", "{} kr", "{}%"]),
    st.sampled_from(["-{}"] * 4 + ["({})", "{}-", "\u2212{}"]),
    st.booleans(),
    st.sampled_from(["", "", "-", "n/a", "NA", "...", "(S)", "***"]),
)


def _form(pattern: str) -> Style:
    """A strftime pattern, where %-d and %-m are unpadded on every system."""
    return lambda d: d.strftime(pattern.replace("%-d", str(d.day)).replace("%-m", str(d.month)))


def _orders(clock: str = "") -> list[Style]:
    forms = [f"%Y{s}%m{s}%d" for s in "-/. "]
    for day, month in (("%d", "%m"), ("%-d", "%-m")):
        forms += [f"{day}{s}{month}{s}{year}" for s in "./-" for year in ("%Y", "%y")]
        forms.append(f"{month}/{day}/%Y")
    return [_form(form + clock) for form in (*forms, "%Y%m%d", "%a %d/%m/%Y")]


def _worded(form: str, names: dict[str, str]) -> list[Style]:
    def style(words: list[str]) -> Style:
        return lambda d: form.format(d=d.day, m=words[d.month - 1], y=d.year, yy=d.year % 100)

    return [style(text.split()) for text in names.values()]


def _quarter(form: str) -> Style:
    return lambda d: form.format(y=d.year, q=(d.month + 2) // 3, yy=d.year % 100)


def _week(form: str) -> Style:
    return lambda d: form.format(y=d.isocalendar()[0], w=d.isocalendar()[1])


def serial(day: datetime) -> str:
    """The number Excel keeps for the day."""
    return str((day.date() - date(1899, 12, 30)).days)


STYLES: dict[str, list[Style]] = {
    "yearly": [_form("%Y"), _form("FY%Y")],
    "quarterly": [*map(_quarter, ("{y}Q{q}", "{y}-Q{q}", "Q{q} {y}", "{q}. Quartal {y}", "T{q} {y}", "Q{q}/{yy:02d}"))],
    "monthly": [
        *map(_form, ("%Y-%m", "%m/%Y", "%Y%m", "%YM%m", "%-m.%Y", "%Y/%m")),
        *_worded("{m} {y}", NAMES),
        *_worded("{m}-{yy:02d}", SHORT),
    ],
    "weekly": [*map(_week, ("{y}-W{w:02d}", "{y}W{w:02d}", "KW {w}/{y}", "Week {w}, {y}", "W{w} {y}"))],
    "daily": [
        *_orders(),
        *_worded("{d} {m} {y}", NAMES),
        *_worded("{d:02d}-{m}-{y}", SHORT),
        serial,
    ],
    "hourly": [
        *_orders(" %H:%M"),
        *_orders(" %H:%M:%S"),
        *map(_form, ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%MZ", "%m/%d/%Y %I:%M %p")),
    ],
}


DAYS = [*_orders(), *_worded("{d} {m} {y}", NAMES)]
MARKED = ("yearly", "quarterly", "monthly", "weekly")  # periods that can be told by their first or last day


def dates(frequency: str, start: date, count: int, at_end: bool) -> list[datetime]:
    """The first or last day of each period."""
    found: list[datetime] = []
    for n in range(count):
        month = start.month - 1 + n * {"yearly": 12, "quarterly": 3, "monthly": 1}.get(frequency, 0)
        if frequency == "yearly":
            day = datetime(start.year + n, 12, 31) if at_end else datetime(start.year + n, 1, 1)
        elif frequency in ("quarterly", "monthly"):
            first = month // 3 * 3 if frequency == "quarterly" else month
            last = first + (2 if frequency == "quarterly" else 0)
            year, m = start.year + last // 12, last % 12 + 1
            day = datetime(start.year + first // 12, first % 12 + 1, 1)
            day = datetime(year, m, calendar.monthrange(year, m)[1]) if at_end else day
        elif frequency == "weekly":
            day = datetime.combine(start - timedelta(start.weekday() - 7 * n), datetime.min.time())
        elif frequency == "daily":
            day = datetime.combine(start + timedelta(n), datetime.min.time())
        else:
            day = datetime.combine(start, datetime.min.time()) + timedelta(hours=n)
        found.append(day)
    return found


@st.composite
def written(draw: st.DrawFn) -> Written:
    """A table of one to four series in some layout, dialect, locale and date style."""
    frequency = draw(st.sampled_from(list(STYLES)))
    by_day = draw(st.booleans())
    at_end = by_day and frequency in ("yearly", "quarterly", "monthly") and draw(st.booleans())
    style = draw(st.sampled_from(DAYS if by_day and frequency in MARKED else STYLES[frequency]))
    low, high = {"yearly": (12, 40), "hourly": (60, 120)}.get(frequency, (24, 70))
    days = dates(frequency, draw(st.dates(date(1985, 1, 1), date(2021, 12, 31))), draw(st.integers(low, high)), at_end)
    layout = draw(st.sampled_from(["single", "long", "two keys", "wide by series", "wide by date"]))
    if layout == "wide by date" and style is serial:
        layout = "single"  # a header of bare numbers is no header of dates
    names = draw(st.lists(st.sampled_from(KEYS), min_size=2, max_size=4, unique=True))
    names = [draw(st.sampled_from(VALUES))] if layout == "single" else names
    locale, delimiter = draw(LOCALES), draw(st.sampled_from(",;\t|"))
    # Among commas, "575,912" is no fraction: who writes decimal commas has other delimiters.
    places = draw(st.integers(0, 2 if locale.decimal == delimiter else 3))
    table = _numbers(draw, len(names), len(days), places)
    cells = [[locale.write(value, places) for value in row] for row in table]
    when = [style(day) for day in days]
    heads = draw(st.sampled_from(HEADS[frequency])), draw(st.sampled_from(VALUES))
    header, rows, total = _laid_out(layout, heads, names, when, cells)
    if layout == "two keys":
        names = [f"{name} · {part}" for name in names for part in ("new", "old")]
        table = [values for row in table for values in (row, row)]
    if layout != "wide by date" and draw(st.integers(0, 4)) == 0:
        rows.reverse()  # newest first
    content, told = _file(draw, delimiter, header, rows, total)
    first = days[0].isoformat() if frequency == "hourly" else days[0].date().isoformat()
    series = {
        name: (first, [float(f"{v:.{places}f}") for v in values]) for name, values in zip(names, table, strict=True)
    }
    return Written(content, frequency, series, f"{frequency}, {layout}, {when[0]}, {locale}, {told}")


def _numbers(draw: st.DrawFn, series: int, count: int, places: int) -> list[list[float]]:
    """Values that wander around a level, with a few missing inside."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    level = draw(st.sampled_from([20.0, 500.0, 4_000.0, 250_000.0]))
    signed = draw(st.integers(0, 5)) == 0
    holes = draw(st.integers(0, 3)) == 0
    found = []
    for _ in range(series):
        values = level * (1 + 0.3 * chance.uniform()) + level * 0.1 * np.cumsum(chance.normal(size=count)) / 4
        values = values - values.mean() if signed else np.abs(values) + level / 10
        values = values.round(places) + 0.0
        if holes:
            values[chance.choice(np.arange(1, count - 1), size=2, replace=False)] = NAN
        found.append(values.tolist())
    return found


def _laid_out(
    layout: str, heads: tuple[str, str], names: list[str], when: list[str], cells: list[list[str]]
) -> tuple[list[str], list[list[str]], list[str]]:
    """Header, rows, and a row of totals."""
    head, value = heads
    shops = list(zip(names, cells, strict=True))
    if layout == "wide by date":
        return ["Branch", *when], [[name, *row] for name, row in shops], []
    if layout == "long":
        return [head, "Branch", value], [[day, name, row[n]] for n, day in enumerate(when) for name, row in shops], []
    if layout == "two keys":
        parts = [(name, part, row) for name, row in shops for part in ("new", "old")]
        rows = [[name, part, day, row[n]] for name, part, row in parts for n, day in enumerate(when)]
        return ["Branch", "Kind", head, value], rows, []
    rows = [[day, *(row[n] for row in cells)] for n, day in enumerate(when)]
    return [head, *names], rows, ["Total", *(row[0] for row in cells)]


def _file(
    draw: st.DrawFn, delimiter: str, header: list[str], rows: list[list[str]], total: list[str]
) -> tuple[bytes, str]:
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    held = io.StringIO(newline="")
    writer: Any = csv.writer(held, delimiter=delimiter, quoting=quoting, lineterminator=end)
    titles = draw(st.lists(st.sampled_from(TITLES), max_size=2, unique=True))
    footers = draw(st.lists(st.sampled_from(FOOTERS), max_size=2, unique=True))
    for title in titles:
        writer.writerow([title])
    if titles:
        writer.writerow([])
    writer.writerow(header)
    if total and draw(st.integers(0, 5)) == 0:
        writer.writerow(["", *["(1000 t)"] * (len(header) - 1)])
    writer.writerows(rows)
    if total and draw(st.integers(0, 4)) == 0:
        writer.writerow(total)
    if footers:
        writer.writerow([])
    for footer in footers:
        writer.writerow([footer])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15", "mac_roman"]))
    text = held.getvalue()
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        encoding = "utf-8"
        content = text.encode(encoding)
    return content, f"{delimiter!r} {encoding} {end!r} titles={titles} footers={footers}"
