"""Periods of a business or school year, and years that stand once above their months."""

from __future__ import annotations

from tests.tables.kinds.sample_file import SampleFile, family, months, numbers, single, table

V = numbers(36)
YEARS = [m[:4] for m in months(36)]
TWELVE = [n % 12 + 1 for n in range(36)]
MON = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


@family
def periods_beside_years() -> list[SampleFile]:
    found = [
        single(f"{name} of twelve", table(YEARS[:n], cells[:n], V[:n], header="Year,Period,Sales"), V[:n])
        for n in (32, 36)
        for name, cells in (
            ("Period", TWELVE),
            ("P01", [f"P{p:02d}" for p in TWELVE]),
            ("Period 1", [f"Period {p}" for p in TWELVE]),
        )
    ]
    long = numbers(39)
    for name, form in (("13", "{}"), ("P13", "P{:02d}")):
        parts = [form.format(n % 13 + 1) for n in range(39)]
        text = table([2020 + n // 13 for n in range(39)], parts, long, header="Year,Period,Sales")
        found.append(single(f"thirteen periods as {name}", text, long, "2020-01-01", "every 4 weeks"))
    for count, rhythm in ((2, "every 6 months"), (3, "every 4 months"), (4, "quarterly"), (6, "every 2 months")):
        text = table(
            [2015 + n // count for n in range(24)],
            [n % count + 1 for n in range(24)],
            V[:24],
            header="Year,Period,Sales",
        )
        found.append(single(f"{count} periods a year", text, V[:24], "2015-01-01", rhythm))
    school = [f"{2015 + n // 3}/{(16 + n // 3) % 100}" for n in range(24)]
    text = table(school, [n % 3 + 1 for n in range(24)], V[:24], header="Academic Year,Term,Pupils")
    found.append(single("terms of a school year", text, V[:24], "2015-01-01", "every 4 months", series="Pupils"))
    return found


@family
def periods_in_one_cell() -> list[SampleFile]:
    found = []
    for form in ("P{p:02d} {y}", "{y}-P{p:02d}", "{y} P{p:02d}", "{p:03d}.{y}", "{y}/{p:03d}", "{p:03d}/{y}"):
        cells = [form.format(y=y, p=p) for y, p in zip(YEARS, TWELVE, strict=True)]
        found.append(single(form, table(cells, V, header="Period,Sales"), V))
    quarters = [(2011 + n // 4, n % 4 + 1) for n in range(36)]
    for form in ("{y}/{n:02d} Q{q}", "Q{q} {y}/{n:02d}", "FY{s:02d}/{n:02d} Q{q}", "{y}-{n:02d} Q{q}"):
        cells = [form.format(y=y, n=(y + 1) % 100, s=y % 100, q=q) for y, q in quarters]
        text = table(cells, V, header="Quarter,Sales")
        found.append(single(form, text, V, "2011-04-01", "quarterly", asked="fiscal_start"))
    for form in ("FY{s:02d}/{n:02d}", "FY {s:02d}-{n:02d}", "{y} (1)", "{y}p", "{y}*"):
        cells = [
            form.format(y=y, s=y % 100, n=(y + 1) % 100) if form.startswith("FY") or y % 5 == 0 else y
            for y in range(1984, 2020)
        ]
        found.append(single(form, table(cells, V, header="Year,Sales"), V, "1984-01-01", "yearly"))
    return found


@family
def weeks_in_words() -> list[SampleFile]:
    weeks, values = [(2022 + n // 52, n % 52 + 1) for n in range(104)], numbers(104)
    found = []
    for form in ("Week {}", "Wk {:02d}", "W{:02d}", "KW {}"):
        text = table([form.format(w) for _, w in weeks], [y for y, _ in weeks], values, header="Week,Year,Sales")
        found.append(single(f"{form} beside a year", text, values, "2022-01-03", "weekly"))
    return found


@family
def years_above_months() -> list[SampleFile]:
    def below(names: list[str], size: int, alone: bool) -> str:
        lines = ["Month,Sales"]
        for n, value in enumerate(V):
            year = 2019 + n // size
            if n % size == 0 and alone:
                lines.append(f"{year},")
            name = names[n % size]
            lines.append(f"{year} {name},{value}" if n % size == 0 and not alone else f"{name},{value}")
        return "\n".join(lines) + "\n"

    quarters = [f"Q{n}" for n in range(1, 5)]
    return [
        single("years on lines of their own above months", below(MON, 12, True), V),
        single("the year with its first month only", below(MON, 12, False), V),
        single("years on lines of their own above quarters", below(quarters, 4, True), V, frequency="quarterly"),
        single("the year with its first quarter only", below(quarters, 4, False), V, frequency="quarterly"),
    ]
