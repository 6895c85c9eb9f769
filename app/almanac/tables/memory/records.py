"""The record of a reading: which file, how it was read, every repair; reading by it again gives the same series."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from almanac import __version__
from almanac.core.problems import Finding, stop_with
from almanac.core.series import SeriesSet
from almanac.tables.reading import ReadFile, ReadingOptions
from almanac.tables.sources.files import open_file

MAX_RECORD = 16 << 20  # bytes of a saved record that are read
_HASHED_AT_ONCE = 1 << 20  # values, so that no copy of a long file is made


@dataclass(frozen=True)
class Repair:
    """One finding and how it was treated: ``treatment`` in words, ``changed`` rows or cells."""

    code: str
    what: str
    treatment: str
    count: int
    changed: int


@dataclass(frozen=True)
class Record:
    """How one file was read. ``first_line``: of the column names, ``options``: what the person chose,
    ``series_sha256``: the fingerprint of the series that came out. The fields' names are kept in saved records.
    """

    file: str
    sha256: str
    sheet: str | None
    first_line: int
    rows: int
    columns: tuple[str, ...]
    options: ReadingOptions
    frequency: str
    repairs: tuple[Repair, ...]
    series: int
    series_sha256: str
    version: str
    made: str

    def to_json(self) -> str:
        """The record as text, for ``read_record``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The record for people, as label and text."""
        options = {f.name: getattr(self.options, f.name) for f in fields(self.options)}
        chosen = "; ".join(f"{name}: {value}" for name, value in options.items() if value not in (None, (), ""))
        return (
            ("File", self.file),
            ("File checksum (SHA-256)", self.sha256),
            ("Sheet", self.sheet or "(the only one)"),
            ("Table", f"{self.rows:,} rows below line {self.first_line}; columns {', '.join(self.columns)}"),
            ("You chose", chosen or "everything as proposed"),
            ("Rhythm", self.frequency),
            ("Series", f"{self.series:,}"),
            ("Series checksum (SHA-256)", self.series_sha256),
            ("Almanac version", self.version),
            ("Read", self.made),
        )


def make_record(file: ReadFile, options: ReadingOptions, made: datetime) -> Record:
    """The record of a file that was just read with ``options``."""
    source = file.reading
    return Record(
        file=source.file,
        sha256=source.sha256,
        sheet=source.sheet,
        first_line=source.header_row,
        rows=source.rows,
        columns=source.columns,
        options=options,
        frequency=source.frequency.name,
        repairs=tuple(_repair(finding) for finding in file.findings),
        series=len(file.series),
        series_sha256=fingerprint(file.series),
        version=__version__,
        made=made.isoformat(timespec="seconds"),
    )


def _repair(finding: Finding) -> Repair:
    treatment = finding.choices[finding.chosen].label if finding.choices else finding.fix
    return Repair(finding.code, finding.what, treatment, finding.count, finding.changed)


def fingerprint(series: SeriesSet) -> str:
    """SHA-256 of names, dates and values: equal for equal series, on every computer."""
    digest = hashlib.sha256(json.dumps([series.names, series.frequency.name], ensure_ascii=False).encode())
    for array in (series.offsets, series.first):
        digest.update(np.ascontiguousarray(array, dtype="<i8").tobytes())
    for start in range(0, len(series.values), _HASHED_AT_ONCE):
        some = series.values[start : start + _HASHED_AT_ONCE]
        values = np.where(np.isnan(some), np.nan, some) + 0.0  # one NaN and one zero out of many
        digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return digest.hexdigest()


def text_of(path: Path) -> str:
    """The text of a saved record. Raises ProblemError when it cannot be read."""
    with open_file(path) as file:
        return file.read(MAX_RECORD).decode("utf-8", errors="replace")


def read_record(text: str) -> Record:
    """The record in a text that ``to_json`` made. Raises ProblemError for any other text."""
    try:
        parts: dict[str, Any] = json.loads(text)
        parts["options"] = _options(parts["options"])
        parts["repairs"] = tuple(Repair(**repair) for repair in parts["repairs"])
        parts["columns"] = tuple(parts["columns"])
        return Record(**parts)
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise stop_with(
            "not_a_record",
            "This is not a record of a reading.",
            "It does not hold what Almanac writes into one.",
            "Choose a record that Almanac saved, or read the file without one.",
        ) from cause


def read_options(kept: Any) -> ReadingOptions | None:
    """Options from what ``asdict`` made of them and JSON kept; None when this version cannot read them."""
    try:
        return _options(kept)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _options(kept: Any) -> ReadingOptions:
    options = dict(kept)
    for name in ("values", "series", "missing"):
        options[name] = tuple(options[name])
    options["repairs"] = tuple((code, treatment) for code, treatment in options["repairs"])
    return ReadingOptions(**options)


def require_same(record: Record, file: ReadFile) -> None:
    """Raises ProblemError when the file, or its series, are not those of the record."""
    if file.reading.sha256 != record.sha256:
        raise stop_with(
            "file_changed",
            f"{file.reading.file} is not the file of this record.",
            f"The record was made from {record.file} with other contents (checksum {record.sha256[:12]}…).",
            "Choose the file as it was then, or read this one without the record.",
        )
    if fingerprint(file.series) != record.series_sha256:
        raise stop_with(
            "reads_differently",
            f"{file.reading.file} reads differently than before.",
            f"The record was made by Almanac {record.version}; this is {__version__}.",
            "Use that version to get exactly the same series, or read the file without the record.",
        )
