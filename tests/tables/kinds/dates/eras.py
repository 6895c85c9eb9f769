"""Dates in Japanese eras, in years of the Republic of China, and in the Buddhist calendar."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.tables.kinds.dates.split import file, measured, wanted
from tests.tables.kinds.sample_file import SampleFile

STARTS = (("令和", "R", date(2019, 5, 1)), ("平成", "H", date(1989, 1, 8)), ("昭和", "S", date(1926, 12, 25)))
MONTHS = ("{era}{n}年{m}月", "{era}{n}年{m:02d}月", "{era} {n}年{m}月", "{letter}{n}年{m}月")
DAYS = (
    *("{era}{n}年{m}月{d}日", "{era}{n}年{m:02d}月{d:02d}日", "{letter}{n}.{m}.{d}", "{letter}{n:02d}/{m:02d}/{d:02d}"),
    "{era}{n}年{m}月{d}日（{weekday}）",
)
REPUBLIC_MONTHS = ("民國{y}年{m}月", "{y}年{m}月", "{y}年{m:02d}月", "中華民國{y}年{m}月")
REPUBLIC_DAYS = ("{y}/{m:02d}/{d:02d}", "民國{y}年{m}月{d}日", "{y}年{m:02d}月{d:02d}日", "{y}.{m:02d}.{d:02d}")
BUDDHIST = ("{d:02d}/{m:02d}/{b}", "{b}-{m:02d}-{d:02d}", "{d}.{m}.{b}", "{b}/{m:02d}/{d:02d}")


def in_era(form: str, day: date) -> str:
    """The day as it is written in Japan; the first year of an era may be called 元."""
    era, letter, start = next(one for one in STARTS if day >= one[2])
    n: int | str = day.year - start.year + 1
    if n == 1 and ":02d" not in form.split("}")[1] and "{era}" in form:
        n = "元"
    weekday = "月火水木金土日"[day.weekday()]
    return form.format(era=era, letter=letter, n=n, m=day.month, d=day.day, weekday=weekday)


def years_of_eras(rng: random.Random) -> SampleFile:
    """Months or days, of which a new era may begin in the middle."""
    calendar = rng.choice(("japan", "japan", "republic", "buddhist"))
    monthly = calendar != "buddhist" and rng.random() < 0.5
    count = rng.randint(30, 80) if monthly else rng.randint(50, 200)
    start = date(rng.choice((2015, 2016, 2018, 2020, 2021)), rng.randint(1, 12), 1)
    months = [date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1) for n in range(count)]
    days = months if monthly else [start + timedelta(n) for n in range(count)]
    if calendar == "japan":
        form = rng.choice(MONTHS if monthly else DAYS)
        cells = [in_era(form, day) for day in days]
    elif calendar == "republic":
        form = rng.choice(REPUBLIC_MONTHS if monthly else REPUBLIC_DAYS)
        cells = [form.format(y=day.year - 1911, m=day.month, d=day.day) for day in days]
    else:
        form = rng.choice(BUDDHIST)
        cells = [form.format(b=day.year + 543, m=day.month, d=day.day) for day in days]
    names, numbers = measured(rng, count)
    heading = rng.choice(("年月", "日付", "Date", "Period"))
    of_series = wanted(names, numbers, str(days[0]), "monthly" if monthly else "daily")
    return file(rng, f"{form} {start}", [heading, *names], [cells, *numbers], **of_series)


CODES = (
    "R{a}.{b}.{c}",
    "H{a}.{b}.{c}",
    "S{a}/{b}/{c}",
    "1{a:02d}/{b:02d}/{c:02d}",
    "1{a:02d}.{b:02d}.{c:02d}",
    "T{b}{a:02d}",
)
CODE_NAMES = ("Model", "Chapter", "Kostenstelle", "Article", "Cost centre", "Version", "Part", "Room")


def codes_like_dates(rng: random.Random) -> SampleFile:
    """Models, chapters, cost centres and rooms that are written as dates of eras or quarters are, one series each."""
    form, heading = rng.choice(CODES), rng.choice(CODE_NAMES)
    numbers = [(rng.randint(1, 30), rng.randint(1, 4 if "T" in form else 9), rng.randint(1, 9)) for _ in range(9)]
    codes = list(dict.fromkeys(form.format(a=a, b=b, c=c) for a, b, c in numbers))[: rng.randint(2, 6)]
    if rng.random() < 0.3:
        codes.sort()
    start, count = date(2024, rng.randint(1, 12), rng.randint(1, 28)), rng.randint(40, 90)
    amounts = {code: measured(rng, count)[1][0] for code in codes}
    rows = [(n, code) for n in range(count) for code in codes]
    if rng.random() < 0.2:
        rows.sort(key=lambda row: codes.index(row[1]))
    day = rng.choice(("%Y-%m-%d", "%d.%m.%Y"))
    columns = [
        [(start + timedelta(n)).strftime(day) for n, _ in rows],
        [code for _, code in rows],
        [amounts[code][n] for n, code in rows],
    ]
    header = ["Date", heading, "Load"]
    if rng.random() < 0.3:
        header[:2], columns[:2] = header[1::-1], columns[1::-1]
    of_series = wanted(codes, list(amounts.values()), str(start), "daily")
    return file(rng, f"{heading} {codes}", header, columns, **of_series)


def numbered_tickets(rng: random.Random) -> SampleFile:
    """A list of tickets T1 to T999, some of which are written as quarters are: the rows of each agent are counted."""
    agents, count = rng.sample(("Bo", "Ann", "Cy", "Uma"), 2), rng.randint(40, 90)
    start, most = date(2024, rng.randint(1, 12), rng.randint(1, 28)), rng.choice((430, 499, 500, 999))
    number, rows, counts = rng.randint(1, most), [], {agent: [0.0] * count for agent in agents}
    in_order = rng.random() < 0.5
    for n in range(count):
        for agent in agents:
            for _ in range(rng.randint(1, 4)):
                number = number % most + 1 if in_order else rng.randint(1, most)
                rows.append((str(start + timedelta(n)), f"T{number}", agent))
                counts[agent][n] += 1
    of_series = wanted(agents, list(counts.values()), str(start), "daily")
    return file(rng, f"tickets to {most}", ["Date", "Ticket", "Agent"], list(zip(*rows, strict=True)), **of_series)


def unsorted_eras(rng: random.Random) -> SampleFile:
    """Days of eras and short quarters in no order, or backwards, perhaps next to the same days as most people write."""
    quarters = rng.random() < 0.3
    count = rng.randint(12, 40) if quarters else rng.randint(60, 200)
    start = date(rng.randint(2019, 2021), 5, rng.randint(1, 28))
    days = [start + timedelta(n) for n in range(count)]
    names, numbers = measured(rng, count)
    if quarters:
        form, frequency, first = rng.choice(("Q{q}{y:02d}", "{q}Q{y:02d}", "T{q}{y:02d}")), "quarterly", "2009-01-01"
        cells = [form.format(q=n % 4 + 1, y=9 + n // 4) for n in range(count)]
    else:
        form, frequency, first = rng.choice((DAYS[2], DAYS[3], REPUBLIC_DAYS[0], REPUBLIC_DAYS[3])), "daily", str(start)
        cells = [
            in_era(form, d) if "letter" in form else form.format(y=d.year - 1911, m=d.month, d=d.day) for d in days
        ]
    order = list(range(count))[::-1]
    if rng.random() < 0.6:
        rng.shuffle(order)
    header, columns = ["日付", *names], [cells, *numbers]
    if not quarters and rng.random() < 0.3:
        header.insert(1, "Date")
        columns.insert(1, list(map(str, days)))
    of_series = wanted(names, numbers, first, frequency)
    return file(rng, f"{form} {order[:3]}", header, [[c[n] for n in order] for c in columns], **of_series)
