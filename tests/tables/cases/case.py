"""One input as Almanac reads it, and what checks of it have in common."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from almanac import workflow
from almanac.core.jobs import run
from almanac.tables import ReadFile

CASES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "cases"
Faults = Iterator[str]
Check = Callable[["Case"], Faults]


@dataclass(frozen=True)
class Case:
    """One input as Almanac reads it."""

    path: Path
    file: ReadFile

    def forecast(self, horizon: int) -> list[dict[str, str]]:
        """The rows of the forecast, as saved by the program."""
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "forecast.csv"
            files = workflow.ForecastFiles(self.path, output)
            run(workflow.forecast_file(files, None, workflow.ForecastOptions(horizon=horizon)))
            with output.open(encoding="utf-8-sig") as lines:
                return list(csv.DictReader(lines))

    def rows(self, skip: int = 0) -> list[list[str]]:
        """The cells of the file as text, from line ``skip`` + 1."""
        lines = self.path.read_text(encoding="utf-8-sig").splitlines()[skip:]
        return list(csv.reader(lines, delimiter=";" if ";" in lines[0] else ","))

    def says(self, pattern: str) -> bool:
        """Whether some finding or question has these words."""
        texts = [f"{found.what} {found.why} {found.fix}" for found in self.file.findings]
        texts += [question.text for question in self.file.reading.questions]
        return any(re.search(pattern, text, re.IGNORECASE) for text in texts)

    @property
    def frequency(self) -> str:
        return self.file.series.frequency.name

    def values(self, i: int = 0) -> list[float]:
        return [float(value) for value in self.file.series[i]]

    def last(self, i: int = 0) -> tuple[str, float]:
        series = self.file.series
        return series.frequency.iso(int(series.last[i])), float(series[i][-1])

    def total(self, i: int = 0) -> float:
        return float(np.nansum(self.file.series[i]))


def differs(what: str, got: object, wanted: object) -> Faults:
    if isinstance(got, float) and isinstance(wanted, float):
        same = bool(np.isclose(got, wanted, rtol=1e-6, atol=1e-6))
    else:
        same = got == wanted
    if not same:
        yield f"{what} is {got}, not {wanted}"


def missing(case: Case, pattern: str) -> Faults:
    if not case.says(pattern):
        yield f"nothing says “{pattern}”"


def number(text: str) -> float:
    return float(text.replace(",", "").strip() or 0)


def closed(rows: list[dict[str, str]], is_closed: Callable[[np.datetime64], bool]) -> Faults:
    """Nothing above 0 may be forecast where it is closed."""
    wrong = [row["date"] for row in rows if is_closed(np.datetime64(row["date"])) and float(row["forecast"] or 0) > 0]
    if wrong:
        yield f"forecast above 0 while closed: {', '.join(wrong[:3])}"


def weekday(day: np.datetime64) -> int:
    return int((day.astype("datetime64[D]").astype(np.int64) + 3) % 7)


def is_sunday(day: np.datetime64) -> bool:
    return weekday(day) == 6
