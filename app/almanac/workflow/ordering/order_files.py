"""Use case: from a spreadsheet and a stock list to orders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.core.jobs import Job
from almanac.workflow.forecasts.make_forecast import ForecastOptions, forecast, horizon_for
from almanac.workflow.ordering.held_back import without_bad_rows
from almanac.workflow.ordering.make_orders import Orders, orders
from almanac.workflow.read_file import check
from almanac.workflow.save_result import save_orders

if TYPE_CHECKING:
    from almanac.tables import ReadingOptions


@dataclass(frozen=True)
class OrderFiles:
    """``source``: the spreadsheet; ``stock``: the stock list; ``output``: where orders are saved, None for nowhere;
    ``csv_style``: of a CSV file."""

    source: Path
    stock: Path
    output: Path | None = None
    csv_style: CsvStyle = FOR_PROGRAMS


def orders_of_file(files: OrderFiles, reading: ReadingOptions | None, options: ForecastOptions) -> Job[Orders]:
    """Read a file, forecast it, say how much to order, and save that if it is to be.

    Products whose adjustment cannot be used have no order, and are named. Raises ``ProblemError`` before any forecast
    when it cannot be saved, the list not be read, or an adjustment that cannot be used may be about any product.
    """
    from almanac import exports, tables

    inputs = files.source, files.stock
    if files.output is not None:
        exports.format_of(files.output)
        exports.refuse_target(files.output, inputs)
    file = yield from check(files.source, reading)
    tables.read_stock_list(files.stock, file.series.key_columns)
    horizon = horizon_for(file.series, options.horizon)
    usable, held_back = without_bad_rows(file.series, horizon, options)
    result = yield from forecast(file, usable)
    found = yield from orders(result, files.stock, held_back)
    if files.output is not None:
        yield from save_orders(found, files.output, inputs, files.csv_style)
    return found
