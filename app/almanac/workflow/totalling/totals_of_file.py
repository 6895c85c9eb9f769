"""Use case: the whole way from a file to its totals, and perhaps to a file of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.core.jobs import Job
from almanac.workflow.forecasts.list_faults import require_used
from almanac.workflow.forecasts.make_forecast import ForecastOptions, forecast
from almanac.workflow.read_file import check
from almanac.workflow.save_result import save_totals
from almanac.workflow.totalling.make_totals import Totals, columns_of, span_kind_of, totals

if TYPE_CHECKING:
    from almanac.tables import ReadingOptions


@dataclass(frozen=True)
class TotalsFiles:
    """What to add up and where to save it: ``by`` and ``per`` as in ``totals``; ``output`` None for nowhere;
    ``csv_style``: of a CSV file."""

    source: Path
    output: Path | None = None
    by: tuple[str, ...] = ()
    per: str = "horizon"
    csv_style: CsvStyle = FOR_PROGRAMS


def totals_of_file(files: TotalsFiles, reading: ReadingOptions | None, options: ForecastOptions) -> Job[Totals]:
    """Read a file, forecast it, add up, and save the totals if they are to be.

    Raises ``ProblemError`` before any forecast when they cannot be saved, or not be made of this file.
    """
    from almanac import exports

    if files.output is not None:
        exports.format_of(files.output)
        exports.refuse_target(files.output, (files.source,))
    file = yield from check(files.source, reading)
    columns_of(file.series, files.by)
    span_kind_of(file.series.frequency, files.per)
    result = yield from forecast(file, options)
    require_used(result.adjusted, options.adjustment_faults)
    found = yield from totals(result, files.by, files.per)
    if files.output is not None:
        yield from save_totals(found, files.output, (files.source,), files.csv_style)
    return found
