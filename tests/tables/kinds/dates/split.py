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


LETTERED = (  # a column's name, the word before the number, and how many parts a year has
    *(
        ("T", "T", 4),
        ("t", "T", 4),
        ("Tri", "T", 4),
        ("T", "Q", 4),
        ("Trim.", "T", 4),
        ("Q", "Q", 4),
        ("Trimestre", "T", 4),
    ),
    *(("S", "S", 2), ("Sem.", "S", 2), ("Semestre", "S", 2), ("H", "H", 2), ("Half", "H", 2), ("Hj.", "HJ", 2)),
    *(("Halbjahr", "", 2), ("Semestre", "", 2), ("Sem", "", 2), ("Polrok", "", 2), ("Half-year", "H", 2)),
)
TEAMS = (  # names below which the same cells are teams, tiers, shops and sizes
    *(("Team", "T", 4), ("Tier", "T", 3), ("Store", "S", 4), ("Shop", "S", 2), ("Size", "S", 4), ("Talla", "T", 4)),
    *(("T", "T", 9), ("S", "S", 4), ("T", "T", 3), ("Site", "S", 2), ("Line", "T", 4), ("Hall", "H", 2)),
)


def lettered_parts(rng: random.Random) -> SampleFile:
    """Quarters and half-years with a letter in a column called by it, next to their years, perhaps of several shops."""
    heading, word, parts = rng.choice(LETTERED)
    language = rng.choice(("fr", "es", "it", "pt", "en", "pl"))
    first_year, begins = rng.randint(1995, 2012), rng.choice((0, 0, 1 % parts))
    count = rng.randint(5, 11) * parts + rng.randint(0, parts - 1)
    places = [n + begins for n in range(count)]
    shops = rng.sample(("North", "Mitte", "Sud", "Online"), rng.choice((0, 0, 2, 3)))
    numbers = {shop: values(rng, count) for shop in shops or ("Sales",)}
    rows = [(n, shop) for n in range(count) for shop in numbers]
    if rng.random() < 0.3:
        rows.sort(key=lambda row: list(numbers).index(row[1]))
    elif rng.random() < 0.3 and not shops:
        rows.reverse()
    merged = rng.random() < 0.2 and not shops and rows[0][0] == 0
    years = [first_year + places[n] // parts for n, _ in rows]
    of_years = ["" if merged and n and year == years[n - 1] else year for n, year in enumerate(years)]
    columns: list[list[Any]] = [of_years, [f"{word}{places[n] % parts + 1}" for n, _ in rows]]
    columns += [[shop for _, shop in rows]] if shops else []
    columns.append([numbers[shop][n] for n, shop in rows])
    header = [HEADINGS[language][0], heading, *(["Shop"] if shops else []), "Sales"]
    month = begins * 12 // parts + 1
    frequency = "quarterly" if parts == 4 else "every 6 months"
    of_series = wanted(list(numbers), list(numbers.values()), f"{first_year}-{month:02d}-01", frequency)
    return file(rng, f"{header} {word}{parts}", header, columns, **of_series)


def teams_of_years(rng: random.Random) -> SampleFile:
    """Teams, tiers, shops and sizes T1 to T9 or S1 to S4 next to years: one series each."""
    heading, word, count = rng.choice(TEAMS)
    first_year, years = rng.randint(1990, 2005), rng.randint(8, 20)
    names = [f"{word}{n + 1}" for n in range(count)]
    numbers = {name: values(rng, years) for name in names}
    rows = [(n, name) for n in range(years) for name in names]
    if rng.random() < 0.5:
        rows.sort(key=lambda row: row[1])
    columns = [[first_year + n for n, _ in rows], [name for _, name in rows], [numbers[name][n] for n, name in rows]]
    of_series = wanted(names, list(numbers.values()), f"{first_year}-01-01", "yearly")
    return file(rng, f"{heading} {names}", ["Year", heading, "Sales"], columns, **of_series)
