"""Workbooks: date cells, the 1904 system, hidden rows, merged cells, sheets that continue one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.tables.kinds.sample_file import NAN, SampleFile, family, numbers, workbook

V = numbers(36)
TWICE = [round(v * 2 + 1, 2) for v in V]
DATES = [datetime(2019 + n // 12, n % 12 + 1, 1) for n in range(36)]
FIRST = "2019-01-01"
ONE = {"Sales": (FIRST, V)}


def book(
    name: str,
    fill: Callable[[Any], None],
    series: dict[str, tuple[str, list[float]]] = ONE,
    frequency: str = "monthly",
    **options: Any,
) -> SampleFile:
    return SampleFile(name, workbook(fill, **options), frequency, series, "table.xlsx")


def rows(
    sheet: Any,
    book: Any,
    at: int = 0,
    dates: list[datetime] = DATES,
    values: list[float] = V,
    header: tuple[str, ...] = ("Month", "Sales"),
    column: int = 0,
) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(at, column, header)
    for n, (when, value) in enumerate(zip(dates, values, strict=True), start=at + 1):
        sheet.write_datetime(n, column, when, day)
        if value == value:
            sheet.write_number(n, column + 1, value)


@family
def cells() -> list[SampleFile]:
    def plain(b: Any) -> None:
        rows(b.add_worksheet(), b)

    def serials(b: Any) -> None:
        sheet = b.add_worksheet()
        sheet.write_row(0, 0, ("Month", "Sales"))
        for n, (when, value) in enumerate(zip(DATES, V, strict=True), start=1):
            sheet.write_row(n, 0, ((when - datetime(1899, 12, 30)).days, value))

    def texts(b: Any) -> None:
        sheet = b.add_worksheet()
        for n, row in enumerate(
            [("Month", "Sales"), *((f"{d:%d/%m/%Y}", f"{v:,.2f}") for d, v in zip(DATES, V, strict=True))]
        ):
            for k, cell in enumerate(row):
                sheet.write_string(n, k, cell)

    def formulas(b: Any) -> None:
        sheet = b.add_worksheet()
        rows(sheet, b)
        for n, value in enumerate(V, start=1):
            sheet.write_formula(n, 1, f"={value}+0", None, value)

    def mixed(b: Any) -> None:
        sheet = b.add_worksheet()
        rows(sheet, b)
        for n in (3, 4, 20):
            sheet.write_string(n + 1, 0, f"{DATES[n]:%d/%m/%Y}")

    def faults(b: Any) -> None:
        sheet = b.add_worksheet()
        rows(sheet, b)
        sheet.write_formula(6, 1, "=1/0", None, "#DIV/0!")

    holes = {"Sales": (FIRST, [NAN if n == 5 else v for n, v in enumerate(V)])}
    return [
        book("date cells", plain),
        book("date cells of the 1904 system", plain, date_1904=True),
        book("Excel serials without a format", serials),
        book("dates and numbers as texts", texts),
        book("formulas", formulas),
        book("date cells and texts mixed", mixed),
        book("a cell with a fault", faults, holes),
    ]


@family
def shapes() -> list[SampleFile]:
    def titled(b: Any) -> None:
        sheet = b.add_worksheet()
        sheet.merge_range(0, 0, 0, 4, "Corner Shop")
        sheet.write(1, 0, "Sales by month")
        rows(sheet, b, 3)
        sheet.write_row(40, 0, ("Total", sum(V)))
        sheet.write(42, 0, "Source: the till")

    def merged(b: Any) -> None:
        sheet = b.add_worksheet()
        rows(sheet, b, 1, header=("", "Sales"))
        sheet.merge_range(0, 1, 0, 2, "North")
        sheet.merge_range(0, 3, 0, 4, "South")
        sheet.write_row(1, 0, ("Month", "Sales", "Visits", "Sales", "Visits"))
        for n in range(36):
            sheet.write_row(n + 2, 2, (TWICE[n], V[35 - n], TWICE[35 - n]))

    def merged_keys(b: Any) -> None:
        sheet = b.add_worksheet()
        sheet.write_row(0, 0, ("Shop", "Month", "Sales"))
        for k, (shop, values) in enumerate((("North", V), ("South", TWICE))):
            sheet.merge_range(1 + 36 * k, 0, 36 + 36 * k, 0, shop)
            for n in range(36):
                sheet.write_row(1 + 36 * k + n, 1, (f"{DATES[n]:%Y-%m}", values[n]))

    def offset(b: Any) -> None:
        rows(b.add_worksheet(), b, 5, column=3)

    def hidden(b: Any) -> None:
        sheet = b.add_worksheet()
        rows(sheet, b)
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.write_row(0, 2, ("Cost",))
        for n in range(36):
            sheet.write(n + 1, 2, TWICE[n])
        for n in (10, 11):
            sheet.set_row(n, None, None, {"hidden": True})

    def chart_sheet(b: Any) -> None:
        cover = b.add_worksheet("Cover")
        cover.write(0, 0, "Annual report")
        rows(b.add_worksheet("Data"), b)
        chart = b.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$B$2:$B$37"})
        b.add_chartsheet("Chart").set_chart(chart)

    def years(b: Any) -> None:
        for k in (2, 1, 0):
            rows(b.add_worksheet(str(2019 + k)), b, dates=DATES[12 * k : 12 * k + 12], values=V[12 * k : 12 * k + 12])

    def years_of_months(b: Any) -> None:
        months = "January February March April May June July August September October November December".split()  # noqa: SIM905
        for k in range(3):
            sheet = b.add_worksheet(str(2019 + k))
            sheet.write_row(0, 0, ("Month", "Sales"))
            for n in range(12):
                sheet.write_row(n + 1, 0, (months[n], V[12 * k + n]))

    def named_years(b: Any) -> None:
        for k in range(3):
            rows(
                b.add_worksheet(f"Sales {2019 + k}"),
                b,
                dates=DATES[12 * k : 12 * k + 12],
                values=V[12 * k : 12 * k + 12],
            )

    def across(b: Any) -> None:
        sheet = b.add_worksheet()
        month = b.add_format({"num_format": "mmm yyyy"})
        sheet.write(0, 0, "Shop")
        for n, day in enumerate(DATES, start=1):
            sheet.write_datetime(0, n, day, month)
        sheet.write_row(1, 0, ("North", *V))
        sheet.write_row(2, 0, ("South", *TWICE))

    def table_of_excel(b: Any) -> None:
        sheet = b.add_worksheet()
        rows(sheet, b)
        sheet.add_table(0, 0, 36, 1, {"columns": [{"header": "Month"}, {"header": "Sales"}]})

    def pivot(b: Any) -> None:
        sheet = b.add_worksheet()
        sheet.write_row(0, 0, ("Sum of Sales", "Column Labels"))
        sheet.write_row(1, 0, ("Row Labels", "North", "South", "Grand Total"))
        for n in range(36):
            sheet.write_row(n + 2, 0, (f"{DATES[n]:%Y-%m}", V[n], TWICE[n], V[n] + TWICE[n]))
        sheet.write_row(38, 0, ("Grand Total", sum(V), sum(TWICE), sum(V) + sum(TWICE)))

    two = {"North": (FIRST, V), "South": (FIRST, TWICE)}
    four = {
        "North Sales": (FIRST, V),
        "North Visits": (FIRST, TWICE),
        "South Sales": (FIRST, V[::-1]),
        "South Visits": (FIRST, TWICE[::-1]),
    }
    return [
        book("titles and totals", titled),
        book("merged header cells", merged, four),
        book("merged key cells", merged_keys, two),
        book("a table that begins at D6", offset),
        book("hidden rows and columns", hidden, {"Sales": (FIRST, V), "Cost": (FIRST, TWICE)}),
        book("a cover and a chart sheet", chart_sheet),
        book("a sheet for each year", years),
        book("a sheet for each year, months without years", years_of_months),
        book("sheets called Sales 2019 and so on", named_years),
        book("date cells across", across, two),
        book("an Excel table", table_of_excel),
        book("a pivot table", pivot, two),
    ]
