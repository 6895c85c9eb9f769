"""Exports of shops, tills and accounts, and headers as publishers and pivot tables write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.tables.kinds.sample_file import SampleFile, family, months, numbers, single, table, workbook

V = numbers(36)
TWICE = [round(v * 2 + 1, 2) for v in V]
FIRST = "2019-01-01"
MON = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
DAYS = [date(2023, 11, 20) + timedelta(n) for n in range(60)]
BOTH = {"North": (FIRST, V), "South": (FIRST, TWICE)}


@family
def shops() -> list[SampleFile]:
    """Orders at any minute of the day, two a day."""
    clocks = [f"{9 + (n // 2 + n % 2 * 5) % 11:02d}:{n * 13 % 60:02d}" for n in range(120)]
    amounts = [20.5 + n * 7 % 31 for n in range(120)]
    sums = [amounts[2 * n] + amounts[2 * n + 1] for n in range(60)]
    forms = {
        "Subtotal": ("Name,Paid at,Subtotal", "#{n},{d} {t}:11 +0100,{a}"),
        "Gross": ('"Date","Time","TimeZone","Status","Gross"', '"{d:%d/%m/%Y}","{t}:00","GMT","Completed","{a}"'),
        "Amount": ("id,Created (UTC),Amount", "ch_{n:03d}ab,{d} {t},{a}"),
        "total": ('"date/time","order id","total"', '"{d:%b %d, %Y} {t}:11 PST","111-{n}","{a}"'),
        "Net Amount": ("Type,Nominal A/C Ref,Date,Reference,Net Amount", "SI,4000,{d:%d/%m/%Y},INV{n},{a}"),
    }
    found = []
    for name, (header, form) in forms.items():
        rows = [form.format(d=DAYS[n // 2], t=clocks[n], n=n + 1000, a=amounts[n]) for n in range(120)]
        text = "\n".join([header, *rows])
        found.append(single(f"orders with {name}", text, sums, "2023-11-20", "daily", series=name))
    return found


@family
def accounts() -> list[SampleFile]:
    names = ",".join(f"{MON[n % 12]} {2019 + n // 12}" for n in range(36))
    costs = [round(v / 3, 2) for v in V]

    def line(name: str, values: list[float]) -> str:
        return f"{name}," + ",".join(str(round(v, 2)) for v in values) + f",{sum(values):.2f}"

    income = [v + t for v, t in zip(V, TWICE, strict=True)]
    book = [
        f",{names},Total", "Income", line("   Sales", V), line("   Services", TWICE), line("Total Income", income),
        "Expenses", line("   Rent", costs), line("   Wages", V[::-1]),
        line("Total Expenses", [a + b for a, b in zip(costs, V[::-1], strict=True)]),
    ]  # fmt: skip
    wanted = {"Sales": (FIRST, V), "Services": (FIRST, TWICE), "Rent": (FIRST, costs), "Wages": (FIRST, V[::-1])}
    text = "\n".join(["Acme", "", *book])
    found = [SampleFile("profit and loss with totals of each part", text.encode(), "monthly", wanted)]
    codes = "\n".join(
        f"{d[:7]},{g},{10 + k},{k + 1}.1,{v}"
        for k, (g, values) in enumerate(BOTH.items())
        for d, v in zip(months(36), values[1], strict=True)
    )
    found.append(
        SampleFile(
            "a coordinate for each region", f"REF_DATE,GEO,UOM_ID,COORDINATE,VALUE\n{codes}".encode(), "monthly", BOTH
        )
    )
    header = "Buchungsperiode|Kontonr|Betrag"
    ledger = table(months(36, "{y}/{m:03d}"), ["400000"] * 36, V, header=header, delimiter="|")
    found.append(single("the number of the account in every row", ledger, V, series="Betrag"))
    return found


@family
def headers_in_parts() -> list[SampleFile]:
    def merged(heads: list[tuple[object, int]], names: list[str]) -> bytes:
        def fill(book: Any) -> None:
            sheet, column = book.add_worksheet("Plan"), 1
            for head, size in heads:
                sheet.merge_range(0, column, 0, column + size - 1, head)
                column += size
            sheet.write_row(1, 0, ["Region", *names])
            for row, (region, values) in enumerate((("North", V), ("South", TWICE)), start=2):
                sheet.write_row(row, 0, [region, *values[: len(names)]])

        return workbook(fill)

    def cut(first: str, count: int) -> dict[str, tuple[str, list[float]]]:
        return {"North": (first, V[:count]), "South": (first, TWICE[:count])}

    weeks = [date(2023, 1, 2) + timedelta(7 * n) for n in range(26)]
    by_month = [(f"{MON[m - 1]} 2023", sum(w.month == m for w in weeks)) for m in range(1, 7)]
    quarters = [f"Q{n % 4 + 1}" for n in range(16)]
    years = merged([(2019 + y, 12) for y in range(3)], MON * 3)
    fiscal = merged([(f"FY{2019 + y}", 4) for y in range(4)], quarters)
    weekly = merged(by_month, [f"{w:%d/%m}" for w in weeks])
    found = [
        SampleFile("years merged above months", years, "monthly", BOTH, "t.xlsx"),
        SampleFile("fiscal years merged above quarters", fiscal, "quarterly", cut(FIRST, 16), "t.xlsx", "fiscal_start"),
        SampleFile("months merged above weeks", weekly, "weekly", cut("2023-01-02", 26), "t.xlsx"),
    ]

    def facts_first(book: Any) -> None:
        sheet = book.add_worksheet("Data1")
        day = book.add_format({"num_format": "mmm-yyyy"})
        begin, end = datetime(2019, 1, 1), datetime(2021, 12, 1)
        facts = {"Unit": "$", "Series Start": begin, "Series End": end, "No. Obs": 36}
        for row, (name, value) in enumerate(facts.items()):
            sheet.write(row, 0, name)
            for column in (1, 2):
                (sheet.write_datetime if isinstance(value, datetime) else sheet.write)(row, column, value, day)
        sheet.write_row(4, 0, ["Series ID", "North", "South"])
        for n in range(36):
            sheet.write_datetime(5 + n, 0, datetime(2019 + n // 12, n % 12 + 1, 1), day)
            sheet.write_row(5 + n, 1, [V[n], TWICE[n]])

    found.append(SampleFile("facts about each column above its name", workbook(facts_first), "monthly", BOTH, "t.xlsx"))
    return found


@family
def marks_beside_figures() -> list[SampleFile]:
    names = ",".join(f"{m[:7]}," for m in months(36))
    rows = "\n".join(
        f"{region}," + ",".join(f"{v},{'p' if n > 33 else ''}" for n, v in enumerate(values))
        for region, (_, values) in BOTH.items()
    )
    found = [SampleFile("a column of marks behind each date", f"GEO,{names}\n{rows}\n".encode(), "monthly", BOTH)]
    lines = [f"| {d} | {v} |" for d, v in zip(months(36), V, strict=True)]
    rule = "\n".join(["| Month | Sales |", "|---|---:|", *lines])
    found.append(single("Markdown", rule, V))
    return found


@family
def times_across() -> list[SampleFile]:
    values = [round(n % 17 + 0.5, 2) for n in range(20 * 48)]
    found = []
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        cells = [",".join(map(str, values[48 * n : 48 * n + 48])) for n in range(20)]
        rows = [f"{d.strftime(form)},{cells[n]}" for n, d in enumerate(DAYS[:20])]
        text = "\n".join(["Date," + ",".join(f"{n // 2:02d}:{n % 2 * 30:02d}" for n in range(48)), *rows])
        first = "2023-11-20T00:00:00"
        found.append(single(f"half-hours across, {form}", text, values, first, "every 30 minutes", series="Value"))
    hours = [datetime(2024, 1, 8) + timedelta(hours=n) for n in range(24 * 8)]
    wanted = numbers(len(hours))
    text = table([f"{t:%Y-%m-%d}" for t in hours], [f"{t:%H%M}" for t in hours], wanted, header="date,time,temp")
    found.append(single("0600 beside a date", text, wanted, "2024-01-08T00:00:00", "hourly", series="temp"))
    return found


@family
def tables_side_by_side() -> list[SampleFile]:
    def lines(head: list[str], more: tuple[list[float], ...]) -> str:
        body = [
            ",,".join(f"{d},{','.join(str(v[n]) for v in more[2 * k : 2 * k + 2])}" for k in range(2))
            for n, d in enumerate(months(36))
        ]
        return "\n".join([*head, *body])

    other = [round(v + 5, 2) for v in V]
    pairs = [f"{d},{v},,{d},{t}" for d, v, t in zip(months(36), V, TWICE, strict=True)]
    plain = "\n".join(["Month,North,,Month,South", *pairs])
    titled = plain.replace("Month,North,,Month,South", "North,,,South,\nMonth,Sales,,Month,Sales")
    apart = plain.replace("Month,North,,Month,South", "North,,,South,\n,,,,\nMonth,Sales,,Month,Sales")
    two = lines(["North,,,,South,,", "Month,Sales,Visits,,Month,Sales,Visits"], (V, other, TWICE, V))
    return [
        SampleFile("the same dates, named by their columns", plain.encode(), "monthly", BOTH),
        SampleFile("the same dates, named by titles", titled.encode(), "monthly", BOTH),
        SampleFile("the same dates, titles apart", apart.encode(), "monthly", BOTH),
        SampleFile(
            "the same dates, two values each", two.encode(), "monthly",
            {
                "North Sales": (FIRST, V), "North Visits": (FIRST, other),
                "South Sales": (FIRST, TWICE), "South Visits": (FIRST, V),
            },
        ),
    ]  # fmt: skip
