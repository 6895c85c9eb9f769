"""The tidy table: one row per series and step, for programs and for further work."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Floats, Integers, Timestamps
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.jobs import Job, Progress
from almanac.core.number_texts import Rounded, number_rows, rounded
from almanac.core.series import Forecast

if TYPE_CHECKING:
    import pandas as pd

    from almanac.exports.content import AdjustedContent, ExportContent

ROWS_AT_ONCE = 100_000  # of the table, which bounds the memory
SIGNIFICANT = 7  # digits of a figure in CSV: within one millionth of it
SIGNIFICANT_ADJUSTED = 12  # of what the person set: parts sum to their total
# A spreadsheet program runs a CSV cell that begins with one of these as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LINE_END = "\r\n"


def tidy(content: ExportContent, start: int, stop: int) -> pd.DataFrame:
    """The columns of ``tidy_columns`` as one table."""
    import pandas as pd

    return pd.DataFrame(tidy_columns(content, start, stop))


def tidy_columns(content: ExportContent, start: int, stop: int) -> dict[str, NDArray[Any]]:
    """The series from ``start`` to before ``stop`` as ``series, date, step, forecast, mean, q…``: a row for each step
    that has a value, at most (stop - start) × H. Parts of fiscal years also have a column ``period``: 2022/23 Q4. What
    a person adjusted has ``adjusted`` and ``adjusted_mean`` like ``forecast`` and ``mean``, and ``note``.
    """
    forecast = content.forecast
    n, h = stop - start, forecast.horizon
    numbers = (forecast.first[start:stop, None] + np.arange(h)).ravel()
    # Without dates, a period is its row number, counted from 1 as people do.
    dates = forecast.frequency.dates(numbers) if forecast.frequency.dated else numbers + 1
    table = {
        "series": np.repeat(np.asarray(forecast.names[start:stop], dtype=object), h),
        "date": dates,
        **_names_of_periods(forecast, numbers),
        "step": np.tile(np.arange(1, h + 1), n),
        "forecast": forecast.point[start:stop].ravel(),
        "mean": forecast.mean[start:stop].ravel(),
    }
    for level, quantiles in forecast.requested:
        table[f"q{level:g}"] = quantiles[start:stop].ravel()
    if content.adjusted is not None:
        table |= _adjusted_columns(content.adjusted, start, stop)
    return {name: _with_value(values, forecast, start, stop) for name, values in table.items()}


def _with_value(cells: NDArray[Any], forecast: Forecast, start: int, stop: int) -> NDArray[Any]:
    """Those of the cells [(stop - start) × H] whose steps have a value."""
    return cells if forecast.without_value is None else cells[~forecast.without_value[start:stop].ravel()]


def _adjusted_columns(adjusted: AdjustedContent, start: int, stop: int) -> dict[str, NDArray[Any]]:
    notes = np.full((stop - start, adjusted.forecast.horizon), "", dtype=object)
    for i in np.flatnonzero(adjusted.changed[start:stop].any(axis=1)).tolist():
        for step, note in adjusted.notes(start + i).items():
            notes[i, step] = note
    return {
        "adjusted": adjusted.forecast.point[start:stop].ravel(),
        "adjusted_mean": adjusted.forecast.mean[start:stop].ravel(),
        "note": notes.ravel(),
    }


def _names_of_periods(forecast: Forecast, numbers: Integers) -> dict[str, NDArray[Any]]:
    """What the periods of fiscal years are called, as a column; no column for other periods."""
    if forecast.frequency.fiscal is None:
        return {}
    different, places = np.unique(numbers, return_inverse=True)
    return {"period": np.array([forecast.frequency.label(number) for number in different.tolist()], object)[places]}


def _chunks(forecast: Forecast) -> list[tuple[int, int]]:
    size = max(ROWS_AT_ONCE // forecast.horizon, 1)
    return [(a, min(a + size, len(forecast.names))) for a in range(0, len(forecast.names), size)]


def write_csv(path: Path, content: ExportContent) -> Job[None]:
    """Write UTF-8 with a byte-order mark (so that Excel reads umlauts right) and ISO dates."""
    forecast, separator = content.forecast, content.csv_style.separator
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        for start, stop in _chunks(forecast):
            yield _progress(start, forecast)
            table = tidy_columns(content, start, stop)
            if start == 0:
                out.write(separator.join(table) + LINE_END)
            cells = _cells(table, content, _least_decimals(forecast, start, stop))
            lines = map(separator.join, zip(*cells, strict=True))
            out.write(LINE_END.join([*lines, ""]))  # at once: encoding line by line takes as long as making them


def _least_decimals(forecast: Forecast, start: int, stop: int) -> Integers | int:
    """How many decimals the data of each row of ``tidy_columns`` have; 0 where that is not known."""
    if forecast.decimals is None:
        return 0
    return _with_value(np.repeat(forecast.decimals[start:stop], forecast.horizon), forecast, start, stop)


def _cells(table: dict[str, NDArray[Any]], content: ExportContent, least: Integers | int) -> Iterator[list[str]]:
    """The cells of each column as they are written; of columns of numbers next to one another all cells of a row.

    pandas would take five times as long. Figures have ``SIGNIFICANT`` digits, or the decimals of the data where those
    are more.
    """
    style = content.csv_style
    for kind, group in groupby(table.items(), key=lambda column: column[1].dtype.kind):
        columns = dict(group)
        if kind == "f":
            yield number_rows([_figures(*column, least) for column in columns.items()], style.separator, style.decimal)
        else:
            write = {"M": partial(_dates, content.forecast.frequency), "O": partial(_texts, style.separator)}
            yield from (write.get(kind, _counts)(values) for values in columns.values())


def _figures(name: str, values: Floats, least: Integers | int) -> Rounded:
    return rounded(values, SIGNIFICANT_ADJUSTED if name.startswith("adjusted") else SIGNIFICANT, least)


def _counts(numbers: NDArray[Any]) -> list[str]:
    return list(map(str, numbers.tolist()))


def _texts(separator: str, texts: NDArray[Any]) -> list[str]:
    """Texts as cells; each is looked at once, since each series has many rows."""
    found: list[str] = texts.tolist()
    cells = {text: _quoted(as_text(text), separator) for text in set(found)}
    return [cells[text] for text in found]


def _quoted(text: str, separator: str) -> str:
    """A text within quotation marks, where a reader would take it for more than one cell (RFC 4180)."""
    if any(sign in text for sign in (separator, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _dates(frequency: Frequency, dates: Timestamps) -> list[str]:
    """Dates as texts; each is written once, since all series have nearly the same."""
    different, places = np.unique(dates, return_inverse=True)
    unit: Literal["s", "D"] = "s" if frequency.unit in (Unit.HOUR, Unit.MINUTE) else "D"
    texts = [text.replace("T", " ") for text in np.datetime_as_string(different, unit=unit).tolist()]
    return [texts[place] for place in places.tolist()]


def write_parquet(path: Path, content: ExportContent) -> Job[None]:
    """Write Parquet with the same columns; names unchanged, since nothing runs them as formulas."""
    import fastparquet

    forecast = content.forecast
    for start, stop in _chunks(forecast):
        yield _progress(start, forecast)
        table = tidy(content, start, stop)
        fastparquet.write(str(path), table, append=start > 0, compression="ZSTD", object_encoding="utf8")


def as_text(name: str) -> str:
    """A text for a CSV cell that no spreadsheet program runs as a formula."""
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name


def _progress(done: int, forecast: Forecast) -> Progress:
    total = len(forecast.names)
    return Progress(done, total, f"Saving {done:,} of {total:,} series")
