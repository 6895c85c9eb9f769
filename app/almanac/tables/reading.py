"""What Almanac understood of a file: plain frozen data that any process can hold without pandas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import BY_NAME, Frequency
from almanac.core.entered.events import EventColumn
from almanac.core.problems import Choice, Finding
from almanac.core.series import SeriesSet
from almanac.wording.open_periods import closed_words
from almanac.wording.reading import treatment_in_use

Role = Literal["date", "value", "series", "ignored"]
Repeated = Literal["sum", "mean", "last"]
Gaps = Literal["leave", "zero", "interpolate"]
Sign = Literal["all", "in", "out"]


@dataclass(frozen=True)
class ReadingOptions:
    """What the person chose; ``None`` or empty means "as Almanac proposes".

    ``repeated``: how several values of one date become one. ``gaps``: what becomes of periods without a row. ``sign``:
    all amounts, only money in (positive ones), or only money out (negative ones, counted as positive). ``missing``:
    numbers that mean "no value", such as -200. ``decimal``: "." or ",". ``fiscal_start``: months from January of the
    (first) year in its name to the beginning of a fiscal year: 3 for 2022/23 from April 2022, -3 for FY2024 from
    October 2023. ``first_year``: in which dates without a year begin. ``repairs``: for a finding's code (or
    "code:column") the name of its treatment.
    """

    sheet: str | None = None
    date: str | None = None
    values: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    frequency: str | None = None
    day_first: bool | None = None
    repeated: Repeated | None = None
    gaps: Gaps | None = None
    sign: Sign | None = None
    missing: tuple[float, ...] = ()
    decimal: str | None = None
    fiscal_start: int | None = None
    first_year: int | None = None
    repairs: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.frequency is not None and self.frequency not in BY_NAME:
            raise ValueError(f"frequency must be one of {', '.join(BY_NAME)}")

    def with_values(self, **changes: Any) -> ReadingOptions:
        """These options with some replaced, as a ``Choice`` asks for; ``repairs`` are added to those chosen before."""
        if "repairs" in changes:
            changes["repairs"] = tuple((dict(self.repairs) | dict(changes["repairs"])).items())
        return replace(self, **changes)

    def repair(self, code: str, column: str = "") -> str | None:
        """The treatment chosen for a finding: the one for its column, otherwise the one for all columns."""
        chosen: Mapping[str, str] = dict(self.repairs)
        return chosen.get(f"{code}:{column}", chosen.get(code))


@dataclass(frozen=True)
class SheetInfo:
    """One table a person can choose: a sheet of a workbook, or a text file as a whole."""

    name: str
    rows: int
    columns: int
    looks_like_table: bool


@dataclass(frozen=True)
class Question:
    """Something the file itself cannot answer. The first choice was assumed; ``cell``: the text it is about."""

    code: str
    text: str
    choices: tuple[Choice, ...]
    cell: str = ""


@dataclass(frozen=True)
class Reading:
    """How the file was read. ``roles``: one per column; ``header_row`` counts lines from 1, 0 = no header line.

    ``other_value_columns``: those that may be forecast instead, best first.
    """

    file: str
    sha256: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    decimal: str
    header_row: int
    columns: tuple[str, ...]
    roles: tuple[Role, ...]
    date_column: str
    date_format: str
    value_columns: tuple[str, ...]
    series_columns: tuple[str, ...]
    layout: Literal["long", "wide", "single"]
    frequency: Frequency
    rows: int
    questions: tuple[Question, ...] = ()
    other_value_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """The first lines of the table as text exactly as in the file, with the line number of each."""

    columns: tuple[str, ...]
    roles: tuple[Role, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header_row: int = 0


@dataclass(frozen=True)
class ReadFile:
    """How a file was read, its series, and its first lines.

    ``options``: what it was read with; ``sheets``: all of a workbook, empty for text; ``event_columns``: columns that
    say when an event is, also in rows without a value yet.
    """

    reading: Reading
    series: SeriesSet
    preview: Preview
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    options: ReadingOptions = field(default=ReadingOptions(), compare=False)
    sheets: tuple[SheetInfo, ...] = field(default=(), compare=False)
    event_columns: tuple[EventColumn, ...] = field(default=(), compare=False)


def describe(file: ReadFile) -> dict[str, Any]:
    """The Reading as plain JSON types: what ``almanac check --json`` prints."""
    reading, series = file.reading, file.series
    iso = cache(series.frequency.iso)
    known = [_last_known(values) for values in series]
    last = series.first + np.maximum(known, 0)  # of the last known value, not of a gap
    return {
        "file": reading.file,
        "sheet": reading.sheet,
        "date_column": reading.date_column,
        "value_columns": list(reading.value_columns),
        "other_value_columns": list(reading.other_value_columns),
        "series_columns": list(reading.series_columns),
        "layout": reading.layout,
        "frequency": series.frequency.name,
        "season_length": series.frequency.season_length,
        "series": len(series),
        "rows": reading.rows,
        "first_date": iso(int(series.first.min())),
        "last_date": iso(int(series.last.max())),
        "last": {
            name: [iso(int(last[i])), float(values[at]) if at >= 0 else None]
            for i, (name, values, at) in enumerate(zip(series.names, series, known, strict=True))
        },
        "open_periods": _open_periods(series),
        "event_columns": [
            {"column": one.name, "kind": one.kind.value, "periods": len(np.unique(one.periods)), "last": iso(one.last)}
            for one in file.event_columns
        ],
        "problems": [{**finding.to_dict(), "treatment": treatment_in_use(finding)} for finding in file.findings],
    }


def _last_known(values: Floats) -> int:
    """Where the last known value of a series is, -1 if there is none."""
    known = np.isfinite(values)
    return len(values) - 1 - int(known[::-1].argmax()) if known.any() else -1


def _open_periods(series: SeriesSet) -> list[dict[str, Any]]:
    """When series are open, for those that are not always: in words, the open months, and the open hours of each day.

    ``hours``: for Monday to Sunday, each as the minutes of the day at which an open part begins and ends.
    """
    members: dict[tuple[bytes, str], list[str]] = {}
    kinds = {}
    for i, (name, one) in enumerate(zip(series.names, series.open_periods, strict=False)):
        if not one.always:
            key = (one.key, closed_words(series, i))
            kinds[key] = one
            members.setdefault(key, []).append(name)
    return [
        {
            "series": members[key],
            "words": key[1],
            "months": (np.flatnonzero(one.months) + 1).tolist(),
            "hours": [[list(span) for span in one.spans(day)] for day in range(len(one.week))],
        }
        for key, one in kinds.items()
    ]
