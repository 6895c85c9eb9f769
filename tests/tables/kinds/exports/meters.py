"""Exports of energy portals, inverters, loggers, wearables and network monitors."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from tests.tables.kinds.sample_file import NAN, SampleFile, family, numbers, single

DAYS = [date(2024, 1, 8) + timedelta(n) for n in range(60)]
HOURS = [datetime(2024, 3, 4) + timedelta(hours=n) for n in range(240)]
USE = [round(0.3 + n * 7 % 11 / 10, 2) for n in range(240)]


@family
def energy_portals() -> list[SampleFile]:
    """Details of the customer above, each padded with commas; the meter's number and a constant word in every row."""
    found = []
    above = [
        "Name : R Linden",
        "Address: 4 Mill Row, Westford",
        "Account Number: 100200",
        "Total Usage: 55.95",
        "UOM: kWh",
    ]
    for meter, clock in (("Meter Number", "%I:%M:%S %p"), ("Meter number", "%H:%M"), ("MeterNumber", "%I:%M %p")):
        rows = [f'"0007741","{t:%m/%d/%Y}",{t.strftime(clock)},"Hour","{v}"' for t, v in zip(HOURS, USE, strict=True)]
        text = "\n".join(
            [
                *(f'"{line}",,,,' for line in above),
                ",,,,",
                f'"{meter}","Date","Start Time","Duration","Consumed"',
                *rows,
            ]
        )
        found.append(single(meter, text, USE, "2024-03-04T00:00:00", "hourly", series="Consumed"))
    for name, form in (("du", "du {0:%d/%m/%y} au {1:%d/%m/%y}"), ("vom", "{0:%d.%m.%Y} - {1:%d.%m.%Y}")):
        starts = [date(2022 + n // 12, n % 12 + 1, 22) for n in range(27)]
        spans = [form.format(a, b - timedelta(1)) for a, b in pairwise(starts)]
        peak, night = [160.0 + n * 37 % 90 for n in range(26)], [200.0 + n * 23 % 70 for n in range(26)]
        rows = [f'"{s}";{a:.0f};{b:.0f}' for s, a, b in zip(spans, peak, night, strict=True)]
        text = "\n".join(['"Category";"HP";"HC"', *rows])
        wanted = {"HP": ("2022-01-22", peak), "HC": ("2022-01-22", night)}
        found.append(SampleFile(f"billing periods, {name}", text.encode(), "monthly", wanted))
    return found


@family
def inverters() -> list[SampleFile]:
    """A line that names the delimiter, facts about the file, units above names; the date's name is its pattern."""
    found = []
    times = [datetime(2024, 5, 6, 5) + timedelta(minutes=5 * n) for n in range(80)]
    watts, heat = numbers(80), [round(21 + n / 20, 2) for n in range(80)]
    for pattern, form, sep in (
        ("dd/MM/yyyy HH:mm:ss", "%d/%m/%Y %H:%M:%S", True),
        ("MM/dd/yyyy HH:mm", "%m/%d/%Y %H:%M", False),
        ("Date (DD-MM-YYYY hh:mm)", "%d-%m-%Y %H:%M", True),
        ("Datum (TT/MM/JJJJ)", "%d/%m/%Y %H:%M", False),
    ):
        head = ["sep=;", "Version 1|Tool Sunlog (Linux)|Delimiter semicolon|Decimalpoint comma", ""] if sep else []
        rows = [
            f"{t.strftime(form)};SN: 77001;77001;{w:.2f};{h:.2f};Ok".replace(".", ",")
            for t, w, h in zip(times, watts, heat, strict=True)
        ]
        text = "\n".join(
            [*head, ";;;Watt;degC;Status", f"{pattern};DeviceName;Serial;Pac1;Temperature;Condition", *rows]
        )
        first = "2024-05-06T05:00:00"
        wanted = {"Pac1": (first, watts), "Temperature": (first, heat)}
        found.append(SampleFile(pattern, text.encode(), "every 5 minutes", wanted))
    return found


@family
def loggers() -> list[SampleFile]:
    """Seconds since 1970 without a heading, columns that are never known, and stamps beside the days."""
    found = []
    for step, frequency in ((60, "minutely"), (900, "every 15 minutes"), (3600, "hourly")):
        for factor in (1, 1000):
            start = 1709510400
            pit, food = [round(14 + n % 30 / 7, 9) for n in range(90)], [round(55 + n % 13 / 7, 6) for n in range(90)]
            rows = [f"{(start + step * n) * factor},nan,{pit[n]},nan,{food[n]},nan" for n in range(90)]
            first = datetime.fromtimestamp(start, UTC).replace(tzinfo=None).isoformat()
            wanted = {"Column C": (first, pit), "Column E": (first, food)}
            found.append(SampleFile(f"stamps every {step} s, {factor}", "\n".join(rows).encode(), frequency, wanted))
    stamps = [int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp() * 1000) for d in DAYS]
    steps, burnt = [5000.0 + n * 997 % 6000 for n in range(60)], [round(180.25 + n * 1.5, 2) for n in range(60)]
    rows = [
        f"{d} 23:59:01.123,0,{s:.0f},{c},VfS0q,{stamp},"
        for d, s, c, stamp in zip(DAYS, steps, burnt, stamps, strict=True)
    ]
    text = "\n".join(
        ["com.example.health.step,6311001,4", "update_time,source_type,count,calorie,deviceuuid,day_time", *rows]
    )
    wanted = {"count": ("2024-01-08", steps), "calorie": ("2024-01-08", burnt)}
    found.append(SampleFile("a name of the program above, stamps at the end", text.encode(), "daily", wanted))
    glucose = [round(5 + n % 31 / 10, 1) for n in range(240)]
    rows = [f"Sensor 3,A1B2-C3,{t:%d-%m-%Y %H:%M},0,{v},," for t, v in zip(HOURS, glucose, strict=True)]
    above = "Glucose Data,Generated on,08-01-2024 10:00 UTC,Generated by,R Linden"
    head = f"{above}\nDevice,Serial Number,Device Timestamp,Record Type,Historic Glucose mmol/L,Notes,"
    found.append(
        single(
            "a line about the export",
            "\n".join([head, *rows]),
            glucose,
            "2024-03-04T00:00:00",
            "hourly",
            series="Historic Glucose mmol/L",
        )
    )
    return found


@family
def network_monitors() -> list[SampleFile]:
    """Stamps some seconds late, the number of the server in every row."""
    found = []
    for name, form in (("Z", "%Y-%m-%dT%H:%M:%S.123456Z"), ("blank", "%Y-%m-%d %H:%M:%S")):
        speed = [90_000_000 + n * 12345.5 for n in range(240)]
        late = [t + timedelta(minutes=2, seconds=n * 7 % 50) for n, t in enumerate(HOURS)]
        rows = [
            f'{[4711, 5822][n % 2]},Net {n % 2},"Town, A",{t.strftime(form)},{speed[n]}' for n, t in enumerate(late)
        ]
        text = "\n".join(["Server ID,Sponsor,Server Name,Timestamp,Download", *rows])
        found.append(single(name, text, speed, "2024-03-04T00:00:00", "hourly", series="Download"))
    return found


@family
def indices() -> list[SampleFile]:
    """An index is no row number: years once more in each row, months by name, notes at the foot, values to come."""
    months = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ]
    level = [round(98 + n / 3, 1) for n in range(58)]
    change = [NAN] * 12 + [round(1 + n % 4 + n % 10 / 10, 1) for n in range(12, 58)]
    found = []
    for head, unit in ((";;Index;Veränderung", ";;2020=100;in (%)"), ("Jahr;Monat;Index;Veränderung", "")):
        cells = [
            f"{2019 + n // 12};{months[n % 12]};{level[n]};{'-' if n < 12 else f'+{change[n]}'}".replace(".", ",")
            for n in range(58)
        ]
        later = [f"{2019 + n // 12};{months[n % 12]};...;..." for n in range(58, 60)]
        foot = ["__________", "Vorläufige Werte sind gekennzeichnet.", "(C)opyright Amt, 2024"]
        text = "\n".join(
            ["Tabelle: 61234-0002", "Preisindex;;;", head, *([unit] if unit else []), *cells, *later, *foot]
        )
        names = ("Index", "Veränderung in (%)" if unit else "Veränderung")
        wanted = {names[0]: ("2019-01-01", level), names[1]: ("2020-01-01", change[12:])}
        found.append(SampleFile(head, text.encode("cp1252"), "monthly", wanted))
    return found
