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
