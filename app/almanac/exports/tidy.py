"""The tidy table: one row per series and step, for programs and for further work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.calendar.frequency import Unit
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast

if TYPE_CHECKING:
    import pandas as pd

    from almanac.exports.content import AdjustedContent, ExportContent

ROWS_AT_ONCE = 100_000  # of the table, which bounds the memory
SIGNIFICANT, MAX_PLACES = 7, 300  # digits of a figure in CSV, within one millionth of it; a power that floats have
SIGNIFICANT_ADJUSTED = 12  # of what the person set: parts sum to their total
# A spreadsheet program runs a CSV cell that begins with one of these as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def tidy(content: ExportContent, start: int, stop: int) -> pd.DataFrame:
    """The series from ``start`` to before ``stop`` as ``series, date, step, forecast, mean, q…``: a row for each step
    that has a value, at most (stop - start) × H. Parts of fiscal years also have a column ``period``: 2022/23 Q4. What
    a person adjusted has ``adjusted`` and ``adjusted_mean`` like ``forecast`` and ``mean``, and ``note``.
    """
    import pandas as pd

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
    whole = pd.DataFrame(table)
    if forecast.without_value is None:
        return whole
    return whole[~forecast.without_value[start:stop].ravel()].reset_index(drop=True)


def _adjusted_columns(adjusted: AdjustedContent, start: int, stop: int) -> dict[str, Any]:
    notes = np.full((stop - start, adjusted.forecast.horizon), "", dtype=object)
    for i in np.flatnonzero(adjusted.changed[start:stop].any(axis=1)).tolist():
        for step, note in adjusted.notes(start + i).items():
            notes[i, step] = note
    return {
        "adjusted": adjusted.forecast.point[start:stop].ravel(),
        "adjusted_mean": adjusted.forecast.mean[start:stop].ravel(),
        "note": notes.ravel(),
    }


def _names_of_periods(forecast: Forecast, numbers: Integers) -> dict[str, list[str]]:
    """What the periods of fiscal years are called, as a column; no column for other periods."""
    if forecast.frequency.fiscal is None:
        return {}
    labels = {number: forecast.frequency.label(number) for number in np.unique(numbers).tolist()}
    return {"period": [labels[number] for number in numbers.tolist()]}


def _chunks(forecast: Forecast) -> list[tuple[int, int]]:
    size = max(ROWS_AT_ONCE // forecast.horizon, 1)
    return [(a, min(a + size, len(forecast.names))) for a in range(0, len(forecast.names), size)]


def write_csv(path: Path, content: ExportContent) -> Job[None]:
    """Write UTF-8 with a byte-order mark (so that Excel reads umlauts right) and ISO dates."""
    forecast, style = content.forecast, content.csv_style
    whole_days = forecast.frequency.unit not in (Unit.HOUR, Unit.MINUTE)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        for start, stop in _chunks(forecast):
            yield _progress(start, forecast)
            table = tidy(content, start, stop)
            _round_figures(table, forecast, style.decimal)
            if forecast.frequency.dated:
                table["date"] = _written(table["date"], "%Y-%m-%d" if whole_days else "%Y-%m-%d %H:%M:%S")
            names = {n: as_text(n) for n in forecast.names[start:stop]}
            table["series"] = table["series"].map(names)
            if "note" in table:
                table["note"] = table["note"].map(as_text)
            table.to_csv(
                out,
                index=False,
                sep=style.separator,
                header=start == 0,
                lineterminator="\r\n",
            )


def _written(dates: pd.Series, pattern: str) -> pd.Series:
    """Dates as texts; each is written once, since all series have nearly the same."""
    import pandas as pd

    places, different = pd.factorize(dates)
    return pd.Series(pd.DatetimeIndex(different).strftime(pattern).to_numpy(object)[places], index=dates.index)


def _round_figures(table: pd.DataFrame, forecast: Forecast, decimal: str) -> None:
    """Round the figures to ``SIGNIFICANT`` digits, or to the decimals of the data where those are more.

    They become Python's numbers, or texts with another decimal sign: pandas takes three times as long to write its own.
    """
    import pandas as pd

    least: Integers | int = 0
    if forecast.decimals is not None:
        by_name = dict(zip(forecast.names, forecast.decimals.tolist(), strict=True))
        least = table["series"].map(by_name).to_numpy()
    columns = list(table.columns)
    for column in columns[columns.index("step") + 1 :]:
        if column == "note":
            continue
        values = table[column].to_numpy()
        size = np.where(values == 0, 1.0, np.abs(values))
        digits = SIGNIFICANT_ADJUSTED if column.startswith("adjusted") else SIGNIFICANT
        places = np.maximum(digits - 1 - np.floor(np.log10(size)).astype(np.int64), least)
        scale = 10.0 ** np.minimum(places, MAX_PLACES)
        figures = pd.Series(np.rint(values * scale) / scale, index=table.index, dtype=object)
        table[column] = figures if decimal == "." else figures.map(str, na_action="ignore").str.replace(".", decimal)


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
