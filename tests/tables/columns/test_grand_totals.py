"""A till's grand total, which is never reset, next to its sales is their sum, and not forecast."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

import pytest
from tests.tables.conftest import Reader, finding

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(50)]
SALES = [300 + 137 * n % 611 + n % 4 / 4 for n in range(50)]
TOTALS = [1_520_000.5 + total for total in accumulate(SALES)]


def text(names: str, *columns: list[float], back: bool = False) -> str:
    rows = [",".join(map(str, row)) for row in zip(DAYS, *columns, strict=True)]
    return "\n".join([f"Date,{names}", *(reversed(rows) if back else rows)])


@pytest.mark.parametrize("name", ["Grand Total", "GT", "Grand total no.", "GT (never reset)", "Total"])
@pytest.mark.parametrize("sales", ["Sales", "Tagesumsatz"])
@pytest.mark.parametrize("back", [False, True])
def test_a_grand_total_next_to_the_sales_is_not_forecast(read_text: Reader, name: str, sales: str, back: bool) -> None:
    file = read_text(text(f"{sales},{name}", SALES, TOTALS, back=back))
    assert file.reading.value_columns == (sales,)
    left_out = finding(file, "columns_not_used")
    assert name in left_out.what
    assert "from row to row" in left_out.why


def test_the_total_may_be_that_before_the_day(read_text: Reader) -> None:
    before = [total - sale for total, sale in zip(TOTALS, SALES, strict=True)]
    assert read_text(text("Takings,Grand total", SALES, before)).reading.value_columns == ("Takings",)


def test_each_till_has_its_own(read_text: Reader) -> None:
    rows, totals = [], [0.0, 5000.0]
    for n, day in enumerate(DAYS):
        for till in range(2):
            sale = SALES[(n * 7 + 3 * till) % 50]
            totals[till] += sale
            rows.append(f"{day},Till {till},{sale},{totals[till]}")
    file = read_text("\n".join(["Date,Till,Sales,Grand Total", *rows]))
    assert file.reading.value_columns == ("Sales",)
    assert len(file.series) == 2


def test_alone_it_becomes_what_came_in_each_day(read_text: Reader) -> None:
    rows = [f"{day} 21:{10 + n % 40},{total}" for n, (day, total) in enumerate(zip(DAYS, TOTALS, strict=True))]
    file = read_text("\n".join(["Date,Grand Total", *rows]))
    assert file.series.values.tolist() == pytest.approx(SALES[1:])


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        ("Net,VAT,Grand Total", [SALES, TOTALS, [sale + total for sale, total in zip(SALES, TOTALS, strict=True)]]),
        ("New members,Members", [SALES, TOTALS]),
        ("Change,CPI", [SALES, TOTALS]),
        ("Received,Stock", [SALES, TOTALS]),
        ("Items,Grand Total", [[1 + n % 7 for n in range(50)], SALES]),
    ],
)
def test_levels_and_totals_of_each_row_stay(read_text: Reader, names: str, columns: list[list[float]]) -> None:
    file = read_text(text(names, *columns))
    left_out = [one.what for one in file.findings if one.code == "columns_not_used"]
    assert not left_out


@pytest.mark.parametrize("name", ["Z", "Z Report", "Z-Bon", "Z no."])
def test_numbers_of_reports_are_not_forecast(read_text: Reader, name: str) -> None:
    file = read_text(text(f"{name},Sales", [1001 + n for n in range(50)], SALES))
    assert file.reading.value_columns == ("Sales",)
