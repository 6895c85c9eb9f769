"""Dates that are split over several columns or stand partly in the headings, in many languages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.tables.kinds.sample_file import SampleFile, workbook

# Year, month, day, hour, minute, time, quarter: as an export of each language heads its columns.
HEADINGS = {
    "en": ("Year", "Month", "Day", "Hour", "Minute", "Time", "Quarter"),
    "EN": ("YEAR", "MO", "DY", "HR", "MN", "TIME", "QTR"),
    "de": ("Jahr", "Monat", "Tag", "Stunde", "Minute", "Uhrzeit", "Quartal"),
    "fr": ("Année", "Mois", "Jour", "Heure", "Minute", "Heure", "Trimestre"),
    "es": ("Año", "Mes", "Día", "Hora", "Minuto", "Hora", "Trimestre"),
    "it": ("Anno", "Mese", "Giorno", "Ora", "Minuto", "Ora", "Trimestre"),
    "pt": ("Ano", "Mês", "Dia", "Hora", "Minuto", "Hora", "Trimestre"),
    "nl": ("Jaar", "Maand", "Dag", "Uur", "Minuut", "Tijd", "Kwartaal"),
    "pl": ("Rok", "Miesiąc", "Dzień", "Godzina", "Minuta", "Czas", "Kwartał"),
    "sv": ("År", "Månad", "Dag", "Timme", "Minut", "Tid", "Kvartal"),
    "da": ("År", "Måned", "Dag", "Time", "Minut", "Klokkeslæt", "Kvartal"),
    "nb": ("År", "Måned", "Dag", "Time", "Minutt", "Tid", "Kvartal"),
    "fi": ("Vuosi", "Kuukausi", "Päivä", "Tunti", "Minuutti", "Klo", "Neljännes"),
    "cs": ("ROK", "MĚSÍC", "DEN", "HODINA", "MINUTA", "ČAS", "ČTVRTLETÍ"),
    "sk": ("Rok", "Mesiac", "Deň", "Hodina", "Minúta", "Čas", "Štvrťrok"),
    "hu": ("Év", "Hónap", "Nap", "Óra", "Perc", "Idő", "Negyedév"),
    "tr": ("YIL", "AY", "GÜN", "SAAT", "DAKİKA", "SAAT", "ÇEYREK"),
    "ro": ("An", "Luna", "Zi", "Ora", "Minut", "Ora", "Trimestru"),
    "ru": ("Год", "Месяц", "День", "Час", "Минута", "Время", "Квартал"),
    "el": ("Έτος", "Μήνας", "Ημέρα", "Ώρα", "Λεπτό", "Ώρα", "Τρίμηνο"),
    "ja": ("年", "月", "日", "時", "分", "時刻", "四半期"),
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "cs": "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
}
WEEKDAYS = {
    "fi": "ma ti ke to pe la su",
    "sv": "mån tis ons tors fre lör sön",
    "pl": "pon. wt. śr. czw. pt. sob. niedz.",
    "cs": "po út st čt pá so ne",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nb": "man. tir. ons. tor. fre. lør. søn.",
    "hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap",
    "tr": "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Mon Tue Wed Thu Fri Sat Sun",
}
MEASURES = ("Load", "Temp", "Flow", "Level", "Demand", "Output")
PLACES = ("Nord", "Mitte", "Hafen", "Site 7")


def values(rng: random.Random, count: int) -> list[float]:
    start, step = rng.uniform(20, 900), rng.uniform(0, 0.4)
    return [round(start + step * n + rng.uniform(-9, 9), 2) for n in range(count)]


def cell(value: Any, decimal: str) -> str:
    return str(value).replace(".", decimal) if isinstance(value, float) else str(value)


def file(
    rng: random.Random, name: str, header: Sequence[str] | None, columns: Sequence[Sequence[Any]], **wanted: Any
) -> SampleFile:
    """The table as CSV with some delimiter and decimal sign, or as a workbook."""
    rows = list(zip(*columns, strict=True))
    if rng.random() < 0.15 and header is not None:

        def fill(book: Any) -> None:
            sheet = book.add_worksheet("Data")
            sheet.write_row(0, 0, header)
            for n, row in enumerate(rows):
                sheet.write_row(n + 1, 0, row)

        return SampleFile(f"{name} (workbook)", workbook(fill), file="table.xlsx", **wanted)
    delimiter = rng.choice(",;\t")
    decimal = "," if delimiter != "," and rng.random() < 0.5 else "."
    lines = [delimiter.join(header)] if header is not None else []
    texts = ([cell(value, decimal) for value in row] for row in rows)
    lines += [delimiter.join(f'"{t}"' if delimiter in t else t for t in row) for row in texts]
    return SampleFile(f"{name} {delimiter!r}", ("\n".join(lines) + "\n").encode(), **wanted)


def measured(rng: random.Random, count: int) -> tuple[list[str], list[list[float]]]:
    names = rng.sample(MEASURES, rng.choice((1, 1, 2, 3)))
    return names, [values(rng, count) for _ in names]


def wanted(names: Sequence[str], numbers: Sequence[list[float]], first: str, frequency: str) -> dict[str, Any]:
    series = {name: (first, column) for name, column in zip(names, numbers, strict=True)}
    return {"frequency": frequency, "series": series}


def split_days(rng: random.Random) -> SampleFile:
    """Year, month and day in columns of their own; sometimes without a heading."""
    language = rng.choice(list(HEADINGS))
    start = date(rng.randint(1990, 2024), rng.randint(1, 12), rng.randint(1, 28))
    step, frequency = rng.choice(((1, "daily"), (1, "daily"), (7, "weekly")))
    days = [start + timedelta(step * n) for n in range(rng.randint(45, 120))]
    names, numbers = measured(rng, len(days))
    padded = rng.random() < 0.4
    month = [f"{d.month:02d}" if padded else d.month for d in days]
    if language in MONTHS and rng.random() < 0.4:
        month = [MONTHS[language].split()[d.month - 1] for d in days]
    parts = [[d.year for d in days], month, [f"{d.day:02d}" if padded else d.day for d in days]]
    headings = list(HEADINGS[language][:3])
    bare = rng.random() < 0.2 and step == 1 and all(isinstance(m, int) for m in month)
    if rng.random() < 0.4:
        parts, headings = parts[::-1], headings[::-1]
    first = start.isoformat()
    if bare:
        letters = [f"Column {'DEF'[n]}" for n in range(len(names))]
        return file(rng, "bare days", None, [*parts, *numbers], **wanted(letters, numbers, first, frequency))
    extra = [[rng.choice(PLACES)] * len(days)] if rng.random() < 0.3 else []
    header = [*(["Station"] if extra else []), *headings, *names]
    return file(
        rng, f"{language} {headings}", header, [*extra, *parts, *numbers], **wanted(names, numbers, first, frequency)
    )


def split_hours(rng: random.Random) -> SampleFile:
    """Days in one or three columns with the time in one or two more."""
    language = rng.choice(list(HEADINGS))
    year, month, day, hour, minute, clock, _ = HEADINGS[language]
    style = rng.choice(("0-23", "1-24", "clock", "hhmm", "minutes", "open", "hour cells"))
    start = datetime(rng.randint(2005, 2024), rng.randint(1, 12), rng.randint(1, 28))
    step = timedelta(minutes=rng.choice((10, 15, 30)) if style == "minutes" else 60)
    times = [start + step * n for n in range(rng.randint(8, 14) * 24 * (1 if style != "minutes" else 2))]
    if style == "open":
        times = [t for t in times if 7 <= t.hour <= 16]
    names, numbers = measured(rng, len(times))
    if rng.random() < 0.5:
        header, parts = [year, month, day], [[t.year for t in times], [t.month for t in times], [t.day for t in times]]
    else:
        form = rng.choice(("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d"))
        header, parts = ["Date"], [[t.strftime(form) for t in times]]
    columns: dict[str, list[Any]] = {
        "0-23": [t.hour for t in times],
        "1-24": [t.hour + 1 for t in times],
        "clock": [f"{t:%H:%M}" for t in times],
        "hhmm": [f"{t:%H%M}" for t in times],
        "minutes": [t.hour for t in times],
        "open": [t.hour for t in times],
        "hour cells": [f"{t.hour:02d}h" for t in times],
    }
    parts.append(columns[style])
    header.append(clock if style in ("clock", "hhmm") else hour)
    if style == "minutes":
        parts.append([t.minute for t in times])
        header.append(minute)
    rhythm = "hourly" if step == timedelta(hours=1) else f"every {step.seconds // 60} minutes"
    first = times[0].isoformat()
    if style == "open":
        filled = [[float("nan")] * (int((times[-1] - times[0]) / step) + 1) for _ in numbers]
        for n, t in enumerate(times):
            for column, whole in zip(numbers, filled, strict=True):
                whole[int((t - times[0]) / step)] = column[n]
        series = wanted(names, filled, first, rhythm)
    else:
        series = wanted(names, numbers, first, rhythm)
    return file(rng, f"{language} {style} {header}", [*header, *names], [*parts, *numbers], **series)


def years_in_headings(rng: random.Random) -> SampleFile:
    """A column of months, quarters or weeks beside one column for each year, perhaps of several measures."""
    language = rng.choice(list(MONTHS))
    first_year, years = rng.randint(2001, 2022), rng.randint(1, 4)
    heading, cells, frequency = rng.choice(
        (
            (HEADINGS[language][1], list(range(1, 13)), "monthly"),
            (HEADINGS[language][1], MONTHS[language].split(), "monthly"),
            ("", MONTHS[language].split(), "monthly"),
            (HEADINGS[language][6], ["Q1", "Q2", "Q3", "Q4"], "quarterly"),
            (HEADINGS[language][6], [1, 2, 3, 4], "quarterly"),
        )
    )
    heading = heading or "Period"
    names = rng.sample(("Arrivals", "Nights", "Umsatz", "Sales volume"), rng.choice((1, 1, 2)))
    form = rng.choice(("{m}_{y}", "{m} {y}", "{y} {m}", "{m} ({y})", "{m}-{y}"))
    numbers = [values(rng, years * len(cells)) for _ in names]
    header, columns = [heading], [list(cells)]
    for name, column in zip(names, numbers, strict=True):
        for n in range(years):
            header.append(form.format(m=name, y=first_year + n))
            columns.append(column[n * len(cells) : (n + 1) * len(cells)])
    series = wanted(names, numbers, f"{first_year}-01-01", frequency)
    return file(rng, f"{language} {header}", header, columns, **series)


def weekdays_in_words(rng: random.Random) -> SampleFile:
    """Days with the name of the weekday before or behind, in many languages."""
    language = rng.choice(list(WEEKDAYS))
    start = date(rng.randint(2010, 2024), rng.randint(1, 12), rng.randint(1, 28))
    days = [start + timedelta(n) for n in range(rng.randint(40, 90))]
    words, months = WEEKDAYS[language].split(), MONTHS[language].split()
    form = rng.choice(
        ("{w} {d}.{m}.{y}", "{w}, {d}.{m}.{y}", "{d}.{m}.{y} {w}", "{w} {d}. {month} {y}", "{d}.{m}.{y} ({w})")
    )
    if form.startswith("{w},"):
        words = [word.rstrip(".") for word in words]
    cells = [
        form.format(w=words[d.weekday()], d=d.day, m=f"{d.month:02d}", y=d.year, month=months[d.month - 1])
        for d in days
    ]
    names, numbers = measured(rng, len(days))
    return file(
        rng, f"{language} {form}", ["Date", *names], [cells, *numbers],
        **wanted(names, numbers, start.isoformat(), "daily"),
    )  # fmt: skip


def quarters_in_cells(rng: random.Random) -> SampleFile:
    """Quarters as statistics offices write them."""
    first_year, count = rng.randint(1980, 2018), rng.randint(16, 40)
    form = rng.choice(("{y}Q0{q}", "{y}-Q0{q}", "Q0{q} {y}", "{y}Q{q}", "{y}:Q{q}", "{y}K{q}", "{y} Q0{q}"))
    cells = [form.format(y=first_year + n // 4, q=n % 4 + 1) for n in range(count)]
    names, numbers = measured(rng, count)
    return file(
        rng, form, ["Period", *names], [cells, *numbers], **wanted(names, numbers, f"{first_year}-01-01", "quarterly")
    )


def no_dates_after_all(rng: random.Random) -> SampleFile:
    """Columns that look like a part of a date beside real dates, and are not."""
    start = date(rng.randint(2005, 2023), rng.randint(1, 12), rng.randint(1, 28))
    days = [start + timedelta(n) for n in range(rng.randint(60, 120))]
    kind = rng.choice(("hours worked", "minimum", "years and counts"))
    numbers = values(rng, len(days))
    if kind == "hours worked":
        worked = [float(rng.randint(1, 12)) for _ in days]
        header, columns = ["Date", "Hours", "Sales"], [[d.isoformat() for d in days], [int(w) for w in worked], numbers]
        series = wanted(["Hours", "Sales"], [worked, numbers], start.isoformat(), "daily")
    elif kind == "minimum":
        low = [float(rng.randint(0, 23)) for _ in days]
        header, columns = ["Date", "Min", "Max"], [[d.isoformat() for d in days], [int(v) for v in low], numbers]
        series = wanted(["Min", "Max"], [low, numbers], start.isoformat(), "daily")
    else:
        count = rng.randint(20, 40)
        shops, staff = ([float(rng.randint(*span)) for _ in range(count)] for span in ((1, 12), (1, 28)))
        years = list(range(1980, 1980 + count))
        header, columns = ["Year", "Shops", "Staff"], [years, [int(v) for v in shops], [int(v) for v in staff]]
        series = wanted(["Shops", "Staff"], [shops, staff], "1980-01-01", "yearly")
    return file(rng, kind, header, columns, **series)
