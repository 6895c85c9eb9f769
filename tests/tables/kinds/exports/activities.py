"""Exports of trackers, forms, issue lists and web statistics."""

from __future__ import annotations

from datetime import date, timedelta

from tests.tables.kinds.sample_file import NAN, SampleFile, family, single

DAYS = [date(2024, 1, 8) + timedelta(n) for n in range(60)]
MON = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST = "2024-01-08"


@family
def wearables() -> list[SampleFile]:
    """Sections with a title each, numbers with commas for thousands; a list of trainings with dates in words."""
    weight = [round(70 + n % 7 / 10, 1) for n in range(60)]
    steps, burnt = [7000.0 + n * 997 % 6000 for n in range(60)], [1900.0 + n * 37 % 300 for n in range(60)]
    body = [f'"{d}","{w}"' for d, w in zip(DAYS, weight, strict=True)]
    moves = [f'"{d}","{c:,.0f}","{s:,.0f}"' for d, c, s in zip(DAYS, burnt, steps, strict=True)]
    text = "\n".join(["Body", "Date,Weight", *body, "", "Activities", "Date,Calories Burned,Steps", *moves, ""])
    wanted = {"Weight": (FIRST, weight), "Calories Burned": (FIRST, burnt), "Steps": (FIRST, steps)}
    found = [SampleFile("titled sections", text.encode(), "daily", wanted)]
    took = [1800.0 + n * 37 % 600 for n in range(60)]
    rows = [
        f'{900000000 + n * 7777},"{MON[d.month - 1]} {d.day}, {d.year}, {6 + n % 3}:{n:02d}:11 AM",Run,{took[n]:.0f}'
        for n, d in enumerate(DAYS)
    ]
    text = "\n".join(["Activity ID,Activity Date,Activity Type,Elapsed Seconds", *rows])
    found.append(single("trainings", text, took, FIRST, "daily", series="Elapsed Seconds"))
    return found


@family
def forms() -> list[SampleFile]:
    """Answers sent at any time of the day, a few a day: of each shop, day by day."""
    found = []
    for places in (("Harbour", "Market"), ("North", "Centre", "South")):
        for form in ("{d.month}/{d.day}/{d.year} {h}:{m:02d}:{s:02d}", "{d} {h}:{m:02d}:{s:02d}"):
            counts = {p: [40.0 + n * 7 % 23 + 10 * k for n in range(60)] for k, p in enumerate(places)}
            rows = [
                form.format(d=d, h=16 + k, m=(d.day * 7 + k * 11) % 60, s=d.day * 3 % 60)
                + f",{p},{counts[p][n]:.0f},{'rain, all day' if n % 9 == 3 else ''}".replace(
                    "rain, all day", '"rain, all day"'
                )
                for n, d in enumerate(DAYS)
                for k, p in enumerate(places)
            ]
            text = "\n".join(
                ["Timestamp,Which shop are you in?,How many customers came in today?,Anything else?", *rows]
            )
            wanted = {p: (FIRST, values) for p, values in counts.items()}
            found.append(SampleFile(f"{len(places)} shops, {form}", text.encode(), "daily", wanted))
    return found


@family
def issue_lists() -> list[SampleFile]:
    """Points of issues by the day they were opened; none on weekends."""
    rows, points, n = [], [], 0
    for k, d in enumerate(DAYS):
        day = [1.0 + (n + j) % 5 for j in range(1 + k % 3 if d.weekday() < 5 else 0)]
        rows += [
            f'"Fix {i}, quickly",SHOP-{i},{10000 + i},Bug,{d:%d}/{MON[d.month - 1]}/{d:%y} {9 + i - n}:0{i % 9} AM,{p}'
            for i, p in enumerate(day, n)
        ]
        n += len(day)
        points.append(sum(day) if day else NAN)
    text = "\n".join(["Summary,Issue key,Issue id,Issue Type,Created,Custom field (Story Points)", *rows])
    return [single("issues", text, points, FIRST, "daily", series="Custom field (Story Points)")]


@family
def web_statistics() -> list[SampleFile]:
    """Days counted from the first, below lines that begin with #; newest first with percent signs; figures withheld."""
    users = [100.0 + n * 7 % 40 for n in range(60)]
    above = ["# ----", "# Daily users", "# Start date: 20240108", "# End date: 20240307"]
    text = "\n".join([*above, "Nth day,Active users", *(f"{n:04d},{v:.0f}" for n, v in enumerate(users))])
    found = [single("days counted", text, users, "2024-01-08", "daily", series="Active users")]
    rate = [round(4 + n % 7 / 3, 2) for n in range(60)]
    rows = [f"{d},{u:.0f},{r}%" for d, u, r in zip(DAYS, users, rate, strict=True)]
    wanted = {"Clicks": (FIRST, users), "CTR": (FIRST, rate)}
    found.append(SampleFile("percent signs", "\n".join(["Date,Clicks,CTR", *rows[::-1]]).encode(), "daily", wanted))
    weeks = [date(2022, 1, 9) + timedelta(7 * n) for n in range(60)]
    groups = ("0-17", "18-64", "65+")
    cases = {
        g: [NAN if 3 < n < 50 and (n + k) % 6 == 0 else 20.0 + n * 7 % 30 + k for n in range(60)]
        for k, g in enumerate(groups)
    }
    rows = [
        f"{w:%d %B %Y},{g},{'<5' if cases[g][n] != cases[g][n] else int(cases[g][n])}"
        for n, w in enumerate(weeks)
        for g in groups
    ]
    text = "\n".join(["Week ending,Age group,Cases", *rows])
    wanted = {g: ("2022-01-09", values) for g, values in cases.items()}
    found.append(SampleFile("figures withheld", text.encode(), "weekly", wanted))
    return found


@family
def names_with_blanks() -> list[SampleFile]:
    """Blanks inside names are no delimiter, whatever follows them."""
    found = []
    for name, form in (("Article", "%d.%m.%Y"), ("Pump no", "%Y-%m-%d"), ("Shelf A", "%d/%m/%Y")):
        for delimiter in (",", ";", "|"):
            prices = [round(20 + n * 37 % 300 / 10, 2) for n in range(60)]
            rows = [
                delimiter.join([f"{name} {n:03d}", f"{p:.2f}", d.strftime(form)])
                for n, (p, d) in enumerate(zip(prices, DAYS, strict=True))
            ]
            text = "\n".join([delimiter.join(["Artikel", "Sales", "Day"]), *rows])
            found.append(single(f"{name}, {form}, {delimiter}", text, prices, FIRST, "daily"))
    return found


@family
def time_sheets() -> list[SampleFile]:
    """Hours and minutes in several hands; with the times of day between which they were counted."""
    found = []
    minutes = [65 + n * n * 37 % 401 for n in range(60)]
    hours = [round(m / 60, 6) for m in minutes]
    forms = {
        "Duration": "{h:02d}:{m:02d}:00",
        "Dauer": "{h}:{m:02d}",
        "Time Spent": "{h}h {m}m",
        "Arbeitszeit": "{h} h {m} min",
        "Durée": "{h}h{m:02d}min",
        "Elapsed Time": "{h}:{m:02d}:00.0",
    }
    for name, form in forms.items():
        for delimiter in (",", ";"):
            cells = [form.format(h=m // 60, m=m % 60) for m in minutes]
            rows = [
                delimiter.join([str(d), f"0{n % 3 + 7}:{n % 60:02d}:11", f"Work {n % 7}", c])
                for n, (d, c) in enumerate(zip(DAYS, cells, strict=True))
            ]
            text = "\n".join([delimiter.join(["Start date", "Start time", "Task", name]), *rows])
            found.append(single(f"{name}, {delimiter}", text, hours, FIRST, "daily", series=name))
    use = [round(0.2 + n * 7 % 13 / 10, 1) for n in range(240)]
    rows = [f"{DAYS[n // 48]},{n % 48 // 2:02d}:{n % 2 * 30:02d},0:30,{v}" for n, v in enumerate(use)]
    text = "\n".join(["Date,Start,Duration,Used", *rows])
    found.append(single("as long everywhere", text, use, f"{FIRST}T00:00:00", "every 30 minutes", series="Used"))
    return found
