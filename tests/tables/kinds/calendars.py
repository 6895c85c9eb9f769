"""Dates in every order and language, and calendars split over several columns."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta

from tests.tables.kinds.sample_file import SampleFile, family, months, numbers, single, table

V = numbers(40)
DAYS = [date(2023, 11, 20) + timedelta(n) for n in range(40)]
FIRST = "2023-11-20"
NAMES = {
    "English": "January February March April May June July August September October November December",
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "Italian": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "Portuguese": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "Dutch": "januari februari maart april mei juni juli augustus september oktober november december",
}
SHORT = {
    "English": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "German": "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "French": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "Spanish": "ene feb mar abr may jun jul ago sept oct nov dic",
    "Italian": "gen feb mar apr mag giu lug ago set ott nov dic",
    "Portuguese": "jan fev mar abr mai jun jul ago set out nov dez",
    "Dutch": "jan feb mrt apr mei jun jul aug sep okt nov dec",
}


def daily(name: str, cells: list[str], **more: object) -> SampleFile:
    return single(name, table([f'"{c}"' for c in cells], V, header="Date,Sales"), V, FIRST, "daily", **more)


@family
def orders() -> list[SampleFile]:
    found = []
    for sep in "-/. ":
        for form in ("%Y{s}%m{s}%d", "%d{s}%m{s}%Y", "%m{s}%d{s}%Y", "%d{s}%m{s}%y", "%m{s}%d{s}%y"):
            if sep == "." and form.startswith("%m"):
                continue  # no one writes the month first with points
            written = form.format(s=sep)
            found.append(daily(f"dates {written}", [d.strftime(written) for d in DAYS]))
    found.append(daily("unpadded day first", [f"{d.day}/{d.month}/{d.year}" for d in DAYS]))
    found.append(daily("unpadded month first", [f"{d.month}/{d.day}/{d.year}" for d in DAYS]))
    mixed = [f"{d.day:0{n % 2 + 1}d}.{d.month}.{d.year}" for n, d in enumerate(DAYS)]
    found.append(daily("mixed padding", mixed))
    found.append(daily("compact", [d.strftime("%Y%m%d") for d in DAYS]))
    found.append(daily("weekday before", [d.strftime("%a %d/%m/%Y") for d in DAYS]))
    found.append(daily("weekday after", [d.strftime("%d/%m/%Y (%a)") for d in DAYS]))
    found.append(daily("Japanese", [f"{d.year}年{d.month}月{d.day}日" for d in DAYS]))
    found.append(daily("two-digit year with apostrophe", [d.strftime("%d %b '%y") for d in DAYS]))
    found.append(daily("newest first", [d.strftime("%Y-%m-%d") for d in DAYS]))
    down = table([d.isoformat() for d in reversed(DAYS)], list(reversed(V)), header="Date,Sales")
    found.append(single("rows newest first", down, V, FIRST, "daily"))
    shuffled = sorted(zip([d.isoformat() for d in DAYS], V, strict=True), key=lambda row: hash_like(row[0]))
    found.append(
        single("rows in no order", table(*zip(*shuffled, strict=True), header="Date,Sales"), V, FIRST, "daily")
    )
    both = [f"{n}/9/2014" for n in range(1, 13)]
    found.append(
        single(
            "day or month",
            table(both, V[:12], header="Date,Sales"),
            V[:12],
            "2014-09-01",
            "daily",
            asked="day_or_month",
        )
    )
    return found


def hash_like(text: str) -> int:
    return sum(ord(c) * 31**n for n, c in enumerate(text)) % 997


@family
def languages() -> list[SampleFile]:
    found = []
    for language, names in NAMES.items():
        long, short = names.split(), SHORT[language].split()
        forms = {
            "day and name": [f"{d.day} {long[d.month - 1]} {d.year}" for d in DAYS],
            "short name": [f"{d.day:02d}-{short[d.month - 1]}-{d.year}" for d in DAYS],
        }
        if language in ("Spanish", "Portuguese"):
            forms["with de"] = [f"{d.day} de {long[d.month - 1]} de {d.year}" for d in DAYS]
        if language == "German":
            forms["with a point"] = [f"{d.day}. {long[d.month - 1]} {d.year}" for d in DAYS]
        if language == "English":
            forms["month first"] = [f"{long[d.month - 1]} {d.day}, {d.year}" for d in DAYS]
        found += [daily(f"{language}: {name}", cells) for name, cells in forms.items()]
        text = [f"{names[n % 12]} {2019 + n // 12}" for names in (long,) for n in range(40)]
        found.append(single(f"{language}: month and year", table(text, V, header="Month,Sales"), V))
        text = [f"{short[n % 12]}-{(2019 + n // 12) % 100:02d}" for n in range(40)]
        found.append(single(f"{language}: short month, short year", table(text, V, header="Month,Sales"), V))
        apart = table(
            [2019 + n // 12 for n in range(40)], [long[n % 12] for n in range(40)], V, header="Year,Month,Sales"
        )
        found.append(single(f"{language}: year and month in two columns", apart, V))
    return found


@family
def periods() -> list[SampleFile]:
    found = []
    quarters = [(1981 + n // 4, n % 4 + 1) for n in range(40)]
    ends = ("March", "June", "September", "December")
    for name, cells in {
        "1981Q1": [f"{y}Q{q}" for y, q in quarters],
        "1981-Q1": [f"{y}-Q{q}" for y, q in quarters],
        "Q1 1981": [f"Q{q} {y}" for y, q in quarters],
        "March quarter": [f"{ends[q - 1]} quarter {y}" for y, q in quarters],
        "1. Quartal": [f"{q}. Quartal {y}" for y, q in quarters],
        "Q1/81": [f"Q{q}/{y % 100}" for y, q in quarters],
        "1981 Q1": [f"{y} Q{q}" for y, q in quarters],
        "Mar-Qtr": [f"{ends[q - 1][:3]} qtr {y}" for y, q in quarters],
        "T1 1981": [f"T{q} {y}" for y, q in quarters],
        "1er trimestre": [f"{q}er trimestre {y}" for y, q in quarters],
        "1981:1": [f"{y}:{q}" for y, q in quarters],
        "Jan-Mar 1981": [f"{('Jan-Mar', 'Apr-Jun', 'Jul-Sep', 'Oct-Dec')[q - 1]} {y}" for y, q in quarters],
    }.items():
        found.append(
            single(f"quarters as {name}", table(cells, V, header="Quarter,Sales"), V, "1981-01-01", "quarterly")
        )
    apart = table([y for y, _ in quarters], [q for _, q in quarters], V, header="Year,Quarter,Sales")
    found.append(single("year and quarter in two columns", apart, V, "1981-01-01", "quarterly"))
    apart = table([y for y, _ in quarters], [f"Q{q}" for _, q in quarters], V, header="Year,Qtr,Sales")
    found.append(single("year and Q1 in two columns", apart, V, "1981-01-01", "quarterly"))
    weeks = [(date(2018, 1, 22) + timedelta(7 * n)).isocalendar()[:2] for n in range(160)]
    long = numbers(160)
    for name, cells in {
        "2018-W04": [f"{y}-W{w:02d}" for y, w in weeks],
        "2018W04": [f"{y}W{w:02d}" for y, w in weeks],
        "KW 4/2018": [f"KW {w}/{y}" for y, w in weeks],
        "W4 2018": [f"W{w} {y}" for y, w in weeks],
        "Week 4, 2018": [f'"Week {w}, {y}"' for y, w in weeks],
        "2018 week 4": [f"{y} week {w}" for y, w in weeks],
    }.items():
        found.append(
            single(
                f"weeks as {name}, with a 53-week year",
                table(cells, long, header="Week,Sales"),
                long,
                "2018-01-22",
                "weekly",
            )
        )
    apart = table([y for y, _ in weeks], [w for _, w in weeks], long, header="Year,Week,Sales")
    found.append(single("year and week in two columns", apart, long, "2018-01-22", "weekly"))
    apart = table([y for y, _ in weeks], [w for _, w in weeks], long, header="Jahr;KW;Umsatz", delimiter=";")
    found.append(single("Jahr und KW", apart, long, "2018-01-22", "weekly", series="Umsatz"))
    days = table(
        [d.year for d in DAYS], [d.month for d in DAYS], [d.day for d in DAYS], V, header="year,month,day,sales"
    )
    found.append(single("year, month and day in three columns", days, V, FIRST, "daily", series="sales"))
    days = table([d.day for d in DAYS], [d.month for d in DAYS], [d.year for d in DAYS], V, header="DD,MM,YYYY,Sales")
    found.append(single("day, month and year in three columns", days, V, FIRST, "daily"))
    for name, form in (
        ("2019-01", "{y}-{m:02d}"),
        ("01/2019", "{m:02d}/{y}"),
        ("201901", "{y}{m:02d}"),
        ("2019M01", "{y}M{m:02d}"),
        ("2019.01", "{y}.{m:02d}"),
        ("1-2019", "{m}-{y}"),
        ("2019/1", "{y}/{m}"),
        ("2019m1", "{y}m{m}"),
    ):
        found.append(single(f"months as {name}", table(months(40, form), V, header="Period,Sales"), V))
    found.append(single("bare years", table(range(1980, 2020), V, header="Year,Sales"), V, "1980-01-01", "yearly"))
    found.append(
        single(
            "fiscal years",
            table([f"FY{y}" for y in range(1980, 2020)], V, header="Year,Sales"),
            V,
            "1980-01-01",
            "yearly",
        )
    )
    found.append(
        single(
            "split years",
            table([f"{y}/{(y + 1) % 100:02d}" for y in range(1980, 2020)], V, header="Season,Sales"),
            V,
            "1980-01-01",
            "yearly",
        )
    )
    codes = [f"{n // 12 + 1}-{n % 12 + 1:02d}" for n in range(36)]
    found.append(
        single("year-number codes", table(codes, V[:36], header="Month,Sales"), V[:36], "0001-01-01", "monthly")
    )
    return found


@family
def clocks() -> list[SampleFile]:
    hours = [datetime(2024, 2, 26) + timedelta(hours=n) for n in range(200)]
    long = numbers(200)

    def hourly(
        name: str, cells: list[str], first: str = "2024-02-26T00:00:00", frequency: str = "hourly"
    ) -> SampleFile:
        return single(
            name, table([f'"{c}"' for c in cells], long, header="Time,Load"), long, first, frequency, series="Load"
        )

    found = [
        hourly(f"times {form}", [t.strftime(form) for t in hours])
        for form in (
            "%Y-%m-%d %H:%M:%S",
            "%Y-%m-%dT%H:%M",
            "%d.%m.%Y %H:%M",
            "%d/%m/%Y %H:%M",
            "%m/%d/%Y %I:%M %p",
            "%Y-%m-%dT%H:%M:%SZ",
            "%Y-%m-%d %H:%M:%S.000",
            "%d-%b-%Y %H:%M",
            "%Y/%m/%d %H:%M",
            "%b %d, %Y %I:%M %p",
            "%Y%m%d%H%M",
            "%Y%m%d %H:%M",
            "%d.%m.%Y, %H:%M Uhr",
        )
    ]
    seconds = [int(t.replace(tzinfo=UTC).timestamp()) for t in hours]
    found.append(hourly("Unix seconds", [str(s) for s in seconds]))
    found.append(hourly("Unix milliseconds", [str(s * 1000) for s in seconds]))
    found.append(hourly("an offset from UTC", [t.strftime("%Y-%m-%dT%H:%M:%S+01:00") for t in hours]))
    # The clock goes forward on 31 March and back on 27 October: local times with offsets are even in UTC.
    for name, start in (("spring", datetime(2024, 3, 28)), ("autumn", datetime(2024, 10, 24))):
        utc = [start + timedelta(hours=n) for n in range(200)]
        changes = (datetime(2024, 3, 31, 1), datetime(2024, 10, 27, 1))
        offset = [2 if changes[0] <= t < changes[1] else 1 for t in utc]
        cells = [f"{t + timedelta(hours=o):%Y-%m-%dT%H:%M:%S}+0{o}:00" for t, o in zip(utc, offset, strict=True)]
        found.append(hourly(f"daylight saving in {name}, with offsets", cells, cells[0]))
    halves = [datetime(2024, 2, 26) + timedelta(minutes=30 * n) for n in range(200)]
    found.append(hourly("half hours", [t.strftime("%Y-%m-%d %H:%M") for t in halves], frequency="every 30 minutes"))
    apart = table(
        [t.strftime("%d/%m/%Y") for t in hours], [t.strftime("%H:%M") for t in hours], long, header="Date,Time,Load"
    )
    found.append(single("date and time in two columns", apart, long, "2024-02-26T00:00:00", "hourly", series="Load"))
    apart = table([t.strftime("%Y-%m-%d") for t in hours], [t.hour for t in hours], long, header="Date,Hour,Load")
    found.append(
        single("date and hour number in two columns", apart, long, "2024-02-26T00:00:00", "hourly", series="Load")
    )
    apart = table([t.strftime("%Y-%m-%d") for t in hours], [t.hour + 1 for t in hours], long, header="Date,Hour,Load")
    found.append(single("hours from 1 to 24", apart, long, "2024-02-26T00:00:00", "hourly", series="Load"))
    serial = [(d - date(1899, 12, 30)).days for d in DAYS]
    found.append(single("Excel serials in a text file", table(serial, V, header="Date,Sales"), V, FIRST, "daily"))
    unix = [calendar.timegm(d.timetuple()) for d in DAYS]
    found.append(single("Unix days", table(unix, V, header="timestamp,Sales"), V, FIRST, "daily"))
    return found
