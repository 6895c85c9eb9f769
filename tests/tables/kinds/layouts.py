"""Layouts of text files: titles, two-row headers, units, wide, long, side by side, transactions."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.tables.kinds.sample_file import NAN, SampleFile, family, months, numbers, single, table

V = numbers(36)
TWICE = [round(v * 2 + 1, 2) for v in V]
FIRST = "2019-01-01"
BOTH = {"Sales": (FIRST, V), "Visits": (FIRST, TWICE)}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


def kind(
    name: str, text: str, series: dict[str, tuple[str, list[float]]] | None = None, frequency: str = "monthly"
) -> SampleFile:
    return SampleFile(name, text.encode(), frequency, series or {"Sales": (FIRST, V)})


def shops(dates: list[str], north: list[float], south: list[float]) -> str:
    """Two shops down, dates across."""
    rows = (["Shop", *dates], ["North", *north], ["South", *south])
    return "\n".join(",".join(map(str, row)) for row in rows) + "\n"


@family
def around() -> list[SampleFile]:
    body = table(months(36), V, header="Month,Sales")
    return [
        kind("title above", "Sales report\n\n" + body),
        kind("comments above", "# exported 2024-01-03\n# by the till\n" + body),
        kind("key and value lines above", "Company,Corner Shop\nPrinted,2024-01-03\nPages,3\n\n" + body),
        kind("footer below", body + "\nSource: the till\nAll figures are provisional.\n"),
        kind("total below", body + f"Total,{sum(V):.2f}\n"),
        kind("average below", body + f"Average,{sum(V) / 36:.2f}\n"),
        kind("blank rows between", body.replace("2020-01-01", "\n2020-01-01")),
        kind(
            "sums of the years between",
            "".join(
                line
                + "\n"
                + (
                    f"Total {line[:4]},{sum(V[(int(line[:4]) - 2019) * 12 : (int(line[:4]) - 2018) * 12]):.2f}\n"
                    if line[5:7] == "12"
                    else ""
                )
                for line in body.splitlines()
            ),
        ),
        kind("blank columns", table(months(36), [""] * 36, V, [""] * 36, header="Month,,Sales,")),
        kind("blank first column", table([""] * 36, months(36), V, header=",Month,Sales")),
        kind("index column", table(range(36), months(36), V, header=",Month,Sales")),
        kind("repeated header", body + body.splitlines()[0] + "\n"),
        kind(
            "notes column",
            table(months(36), V, ["ok" if n % 5 else "stock check" for n in range(36)], header="Month,Sales,Note"),
        ),
        kind("units row", table(months(36), V, header="Month,Sales\n,EUR")),
        kind(
            "units row in brackets",
            table(months(36), V, TWICE, header="Month,Sales,Visits\n(month),(EUR),(number)"),
            BOTH,
        ),
        kind("two-row header", table(months(36), V, TWICE, header=",Shop North,\nMonth,Sales,Visits"), BOTH),
        kind(
            "two-row header with equal names",
            table(months(36), V, TWICE, header=",North,South\nMonth,Sales,Sales"),
            {"North Sales": (FIRST, V), "South Sales": (FIRST, TWICE)},
        ),
        kind(
            "merged header of four columns",
            table(months(36), V, TWICE, V[::-1], TWICE[::-1], header=",North,,South,\nMonth,Sales,Visits,Sales,Visits"),
            {
                "North Sales": (FIRST, V),
                "North Visits": (FIRST, TWICE),
                "South Sales": (FIRST, V[::-1]),
                "South Visits": (FIRST, TWICE[::-1]),
            },
        ),
        kind("no header", table(months(36), V), {"Column B": (FIRST, V)}),
        kind("date column without a name", table(months(36), V, header=",Sales")),
        kind(
            "total column",
            table(
                months(36),
                V,
                TWICE,
                [round(a + b, 2) for a, b in zip(V, TWICE, strict=True)],
                header="Month,Sales,Visits,Total",
            ),
            BOTH,
        ),
    ]


@family
def across() -> list[SampleFile]:
    years = [2019, 2020, 2021]
    rows = [f"{y}," + ",".join(str(v) for v in V[12 * n : 12 * n + 12]) for n, y in enumerate(years)]
    found = [kind("years down, months across", "\n".join(["Year," + ",".join(MONTHS), *rows]), {"Value": (FIRST, V)})]
    german = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905
    found.append(
        kind(
            "years down, German months across",
            "\n".join([";".join(["Jahr", *german]), *(r.replace(",", ";") for r in rows)]),
            {"Value": (FIRST, V)},
        )
    )
    found.append(
        kind(
            "years down, month numbers across",
            "\n".join(["Year," + ",".join(str(n) for n in range(1, 13)), *rows]),
            {"Value": (FIRST, V)},
        )
    )
    keyed = [
        f"{shop},{y}," + ",".join(str(v) for v in values[12 * n : 12 * n + 12])
        for shop, values in (("North", V), ("South", TWICE))
        for n, y in enumerate(years)
    ]
    two = {"North": (FIRST, V), "South": (FIRST, TWICE)}
    found.append(kind("years and keys down, months across", "\n".join(["Shop,Year," + ",".join(MONTHS), *keyed]), two))
    short = [*rows[:2], rows[2].rsplit(",", 4)[0] + ",,,,"]
    found.append(
        kind("last year not over", "\n".join(["Year," + ",".join(MONTHS), *short]), {"Value": (FIRST, V[:32])})
    )
    for form in ("{y}-{m:02d}", "{m:02d}/{y}", "{y}-{m:02d}-01", "{m}/1/{y}"):
        head = ",".join(months(36, form))
        text = f"Shop,{head}\nNorth,{','.join(map(str, V))}\nSouth,{','.join(map(str, TWICE))}\n"
        found.append(kind(f"dates across as {form}", text, two))
    names = ",".join(f"{MONTHS[n % 12]}-{19 + n // 12}" for n in range(36))
    found.append(
        kind(
            "dates across as Jan-19",
            f"Shop,{names}\nNorth,{','.join(map(str, V))}\nSouth,{','.join(map(str, TWICE))}\n",
            two,
        )
    )
    days = [date(2024, 1, 1) + timedelta(n) for n in range(36)]
    text = shops([f"{d:%d/%m/%Y}" for d in days], V, TWICE)
    found.append(kind("days across", text, {"North": ("2024-01-01", V), "South": ("2024-01-01", TWICE)}, "daily"))
    text = shops([str(1990 + n) for n in range(30)], V[:30], TWICE[:30])
    found.append(
        kind("years across", text, {"North": ("1990-01-01", V[:30]), "South": ("1990-01-01", TWICE[:30])}, "yearly")
    )
    quarters = [f"{2015 + n // 4} Q{n % 4 + 1}" for n in range(24)]
    text = f"Shop,{','.join(quarters)}\nNorth,{','.join(map(str, V[:24]))}\nSouth,{','.join(map(str, TWICE[:24]))}\n"
    found.append(
        kind(
            "quarters across", text, {"North": ("2015-01-01", V[:24]), "South": ("2015-01-01", TWICE[:24])}, "quarterly"
        )
    )
    rows = [f"{2015 + n}," + ",".join(map(str, V[4 * n : 4 * n + 4])) for n in range(6)]
    found.append(
        kind(
            "years down, quarters across",
            "\n".join(["Year,Q1,Q2,Q3,Q4", *rows]),
            {"Value": ("2015-01-01", V[:24])},
            "quarterly",
        )
    )
    rows = [f"{m}," + ",".join(str(V[12 * n + k]) for n in range(3)) for k, m in enumerate(MONTHS)]
    found.append(kind("months down, years across", "\n".join(["Month,2019,2020,2021", *rows]), {"Value": (FIRST, V)}))
    one = f"Item,{','.join(months(36))}\nSales,{','.join(map(str, V))}\nVisits,{','.join(map(str, TWICE))}\n"
    found.append(kind("measures down, dates across", one, BOTH))
    days = [date(2024, 1, 1) + timedelta(n) for n in range(91)]
    long = dict(zip(days, numbers(91), strict=True))
    rows = [
        f"2024-{m:02d},"
        + ",".join(str(long[date(2024, m, d)]) if d <= (31, 29, 31)[m - 1] else "" for d in range(1, 32))
        for m in (1, 2, 3)
    ]
    found.append(
        kind(
            "months down, days across",
            "\n".join(["Month," + ",".join(map(str, range(1, 32))), *rows]),
            {"Value": ("2024-01-01", list(long.values()))},
            "daily",
        )
    )
    return found


@family
def long() -> list[SampleFile]:
    rows = [
        (d, p, r, v * k)
        for k, (p, r) in enumerate([("Milk", "N"), ("Milk", "S"), ("Eggs", "N"), ("Eggs", "S")], 1)
        for d, v in zip(months(36), V, strict=True)
    ]
    series = {
        f"{p} · {r}": (FIRST, [round(v * k, 2) for v in V])
        for k, (p, r) in enumerate([("Milk", "N"), ("Milk", "S"), ("Eggs", "N"), ("Eggs", "S")], 1)
    }
    text = "Month,Product,Region,Sales\n" + "\n".join(f"{d},{p},{r},{v:.2f}" for d, p, r, v in sorted(rows))
    found = [kind("two-part keys", text, series)]
    rows3 = sorted(
        (d, shop, v) for shop, values in (("101", V), ("102", TWICE)) for d, v in zip(months(36), values, strict=True)
    )
    text = "Month,Store,Sales\n" + "\n".join(f"{d},{s},{v}" for d, s, v in rows3)
    found.append(kind("number keys", text, {"Store 101": (FIRST, V), "Store 102": (FIRST, TWICE)}))
    text = "Month,Measure,Value\n" + "\n".join(
        f"{d},{m},{v}"
        for m, values in (("Sales", V), ("Visits", TWICE))
        for d, v in zip(months(36), values, strict=True)
    )
    found.append(kind("measures as keys", text, BOTH))
    carried = "Shop,Month,Sales\n" + "\n".join(
        f"{shop if n == 0 else ''},{d},{v}"
        for shop, values in (("North", V), ("South", TWICE))
        for n, (d, v) in enumerate(zip(months(36), values, strict=True))
    )
    found.append(kind("keys only in the first row of each", carried, {"North": (FIRST, V), "South": (FIRST, TWICE)}))
    years = table(
        [2019 + n // 12 if n % 12 == 0 else "" for n in range(36)],
        [MONTHS[n % 12] for n in range(36)],
        V,
        header="Year,Month,Sales",
    )
    found.append(kind("years only in the first row of each", years))
    total = "Month,Region,Sales\n" + "\n".join(
        f"{d},{r},{v:.2f}"
        for n, d in enumerate(months(36))
        for r, v in (("North", V[n]), ("South", TWICE[n]), ("Total", V[n] + TWICE[n]))
    )
    found.append(kind("a total among the keys", total, {"North": (FIRST, V), "South": (FIRST, TWICE)}))
    return found


@family
def events() -> list[SampleFile]:
    rng = random.Random(3)
    days = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
    sales = [
        (d, rng.choice(["Ann", "Bob", "Cem", "Dan"]), round(rng.uniform(2, 40), 2))
        for d in days
        for _ in range(rng.randint(2, 9))
    ]
    sums = [round(sum(v for d, _, v in sales if d == day), 2) for day in days]
    text = "Date,Receipt,Amount\n" + "\n".join(f"{d},{1000 + n},{v}" for n, (d, _, v) in enumerate(sales))
    found = [kind("receipts", text, {"Amount": ("2024-01-01", sums)}, "daily")]
    clock = [f"{rng.randint(8, 19):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}" for _ in sales]
    stamped = "Sold at,Receipt,Amount\n" + "\n".join(
        f"{d}T{clock[n]},{1000 + n},{v}" for n, (d, _, v) in enumerate(sales)
    )
    found.append(kind("receipts with a time of day", stamped, {"Amount": ("2024-01-01", sums)}, "daily"))
    lines = [(d, m, q) for d in days for m in range(1, 4) for q in (rng.randint(1, 5),)]
    text = "Date,Machine,Made\n" + "\n".join(f"{d},M{m},{q}" for d, m, q in lines)
    found.append(
        kind(
            "made by machine and day",
            text,
            {f"M{m}": ("2024-01-01", [float(q) for _, k, q in lines if k == m]) for m in (1, 2, 3)},
            "daily",
        )
    )
    return found


@family
def beside() -> list[SampleFile]:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(20)]
    rain = numbers(20)
    rows = [
        f"{d},{v},," + (f"{days[n]},{rain[n]}" if n < 20 else ",")
        for n, (d, v) in enumerate(zip(months(36), V, strict=True))
    ]
    found = [kind("a second table beside", "\n".join(["Month,Sales,,Date,Rain", *rows]))]
    same = table(months(36), V, [""] * 36, months(36), TWICE, header="Month,Sales,,Month,Visits")
    both = {"Sales": (FIRST, V), "Visits": (FIRST, TWICE)}
    found.append(kind("a second table beside with the same dates", same, both))
    return found


@family
def odd_cells() -> list[SampleFile]:
    values = [*V]
    values[5] = NAN
    cells: list[object] = [*V]
    cells[5] = "closed"
    return [
        kind("a word among numbers", table(months(36), cells, header="Month,Sales"), {"Sales": (FIRST, values)}),
        kind(
            "estimates marked",
            table(months(36), [f"{v} (e)" if n > 30 else v for n, v in enumerate(V)], header="Month,Sales"),
        ),
        kind(
            "footnote marks",
            table(
                months(36),
                [f"{v}*" if n == 9 else f"{v}¹" if n == 4 else v for n, v in enumerate(V)],
                header="Month,Sales",
            ),
        ),
        kind(
            "blanks around cells",
            table([f" {d} " for d in months(36)], [f"  {v} " for v in V], header=" Month , Sales "),
        ),
        single(
            "year in the header's unit",
            table(months(36), V, header="Month,Sales (2015 = 100)"),
            V,
            series="Sales (2015 = 100)",
        ),
    ]
