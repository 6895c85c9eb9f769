"""The Excel workbook: Summary, Orders, Plan, Forecast, Charts, Adjustments, Events, Checks, Single Values, what became
of earlier forecasts, and what was read.

Rows are streamed (XlsxWriter's constant-memory mode), so memory does not grow with the number of series; each sheet is
therefore written from top to bottom. Text is always written as text: a name like ``=1+1`` is no formula.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from almanac.core.jobs import Job
from almanac.core.system.unfinished import temporary_folder
from almanac.exports.content import ExportContent
from almanac.exports.workbook.charts import add_charts
from almanac.exports.workbook.sheets.about import write_about, write_changes
from almanac.exports.workbook.sheets.adjustments import write_adjustments
from almanac.exports.workbook.sheets.events import write_events
from almanac.exports.workbook.sheets.forecast import write_forecast
from almanac.exports.workbook.sheets.orders import write_orders
from almanac.exports.workbook.sheets.plan import write_plan
from almanac.exports.workbook.sheets.single_values import write_single_values
from almanac.exports.workbook.sheets.summary import write_summary
from almanac.exports.workbook.sheets.trust import write_checks
from almanac.exports.workbook.sheets.watched import write_watched
from almanac.exports.workbook.styles import Formats

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(path: Path, content: ExportContent) -> Job[None]:
    """Write the workbook to ``path``, which is closed (or removed by the caller) whatever happens."""
    import xlsxwriter

    # XlsxWriter leaves the row files of empty sheets behind, and all of them when it is stopped.
    with (
        temporary_folder() as scratch,
        closing(xlsxwriter.Workbook(str(path), OPTIONS | {"tmpdir": str(scratch)})) as book,
    ):
        formats = Formats(book, content.forecast, dict(content.about).get("File", ""))
        yield from write_summary(book, formats, content)
        write_orders(book, formats, content.orders)
        yield from write_plan(book, formats, content)
        yield from write_forecast(book, formats, content)
        add_charts(book, formats, content)
        write_adjustments(book, formats, content.adjusted)
        write_events(book, formats, content.events)
        write_checks(book, formats, content.checks())
        if content.single_values is not None:
            write_single_values(book, formats, (yield from content.single_values()))
        yield from write_watched(book, formats, content.watched())
        write_changes(book, formats, content)
        write_about(book, formats, content.about)
