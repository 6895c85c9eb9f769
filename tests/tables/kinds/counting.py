"""Time told by counting: settlement periods, months without a year, accounting periods, weeks such as 202453."""

from __future__ import annotations

from datetime import date, timedelta

from tests.tables.kinds.calendars import NAMES, SHORT
from tests.tables.kinds.sample_file import SampleFile, family, numbers, single, table

V = numbers(36)
DAYS = [date(2023, 11, 20) + timedelta(n) for n in range(60)]


@family
def settlement() -> list[SampleFile]:
    found = []
    for name, first, other, count in (
        ("a plain week", date(2024, 3, 4), None, 48),
        ("the clocks going forward", date(2024, 3, 27), date(2024, 3, 31), 46),
        ("the clocks going back", date(2024, 10, 23), date(2024, 10, 27), 50),
    ):
        days = [first + timedelta(n) for n in range(9)]
        rows = [(day, n + 1) for day in days for n in range(count if day == other else 48)]
        values = numbers(len(rows))
        for header in (
            "Settlement Date,Settlement Period,Load",
            "SETTLEMENT_DATE,SETTLEMENT_PERIOD,Load",
            "Date,SP,Load",
        ):
            text = table([d for d, _ in rows], [p for _, p in rows], values, header=header)
            start = f"{first}T00:00:00"
            found.append(single(f"{header} over {name}", text, values, start, "every 30 minutes", series="Load"))
    hours = [(day, n + 1) for day in DAYS[:9] for n in range(25 if day == date(2023, 11, 26) else 24)]
    values = numbers(len(hours))
    text = table([d for d, _ in hours], [h for _, h in hours], values, header="Date,Hour,Load")
    found.append(single("a Sunday of 25 hours", text, values, "2023-11-20T00:00:00", "hourly", series="Load"))
    return found


@family
def months_alone() -> list[SampleFile]:
    found = []
    for language in NAMES:
        for size, names in (("long", NAMES[language].split()), ("short", SHORT[language].split())):
            cells = [names[(n + 3) % 12] for n in range(36)]
            text = table(cells, V, header="Month,Sales")
            found.append(single(f"{language} {size} months without a year", text, V, "0001-04-01"))
    for name, form in (("numbers", "{}"), ("padded numbers", "{:02d}")):
        cells = [form.format(n % 12 + 1) for n in range(36)]
        found.append(single(f"months as {name} alone", table(cells, V, header="Month,Sales"), V, "0001-01-01"))
    down = table([SHORT["English"].split()[n % 12] for n in range(36)][::-1], V[::-1], header="Month,Sales")
    found.append(single("months without a year, newest first", down, V, "0001-01-01"))
    return found


@family
def columns_of_parts() -> list[SampleFile]:
    found = []
    days = numbers(60)
    for header in (
        "Jahr,Monat,Tag", "Année,Mois,Jour", "Año,Mes,Día", "Anno,Mese,Giorno", "Ano,Mês,Dia", "Jaar,Maand,Dag",
        "Y,M,D", "year,month,dayofmonth", "年,月,日",
    ):  # fmt: skip
        text = table(
            [d.year for d in DAYS], [d.month for d in DAYS], [d.day for d in DAYS], days, header=f"{header},Sales"
        )
        found.append(single(header, text, days, "2023-11-20", "daily"))
    years, twelve = [2019 + n // 12 for n in range(36)], [n % 12 + 1 for n in range(36)]
    found += [
        single(header, table(years, twelve, V, header=f"{header},Sales"), V, asked=asked)
        for header, asked in (
            ("Fiscal Year,Period", "fiscal_start"),
            ("Jahr,Periode", None),
            ("Year,Accounting Period", None),
        )
    ]
    japanese = table(years, twelve, V, header="年,月,売上")
    found.append(single("年 and 月 in Shift-JIS", japanese, V, encoding="shift_jis", series="売上"))
    weeks = [(date(2019, 12, 30) + timedelta(7 * n)).isocalendar()[:2] for n in range(120)]
    long = numbers(120)
    for header in ("YearWeek", "week", "Period"):
        text = table([f"{y}{w:02d}" for y, w in weeks], long, header=f"{header},Sales")
        found.append(single(f"202053 as {header}", text, long, "2019-12-30", "weekly"))
    return found
