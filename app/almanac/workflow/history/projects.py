"""Which project a reading belongs to: the one whose files have the same shape and that is about the same things."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet
from almanac.core.text import normalise
from almanac.workflow.history.access import series_of

if TYPE_CHECKING:
    from almanac.history import Project, Store
    from almanac.tables import ReadFile

MIN_SHARED = 0.5  # of the names, or of the values that both have, to be about the same things; chosen by judgement


def shape_of_reading(file: ReadFile) -> str:
    """A hash of the columns by what they are for, and of the frequency: equal for next month's file.

    The columns of a wide table are its series or its dates, which come and go; they do not count.
    """
    reading = file.reading
    values = [] if reading.layout == "wide" else sorted(map(normalise, reading.value_columns))
    parts = [
        reading.layout,
        reading.frequency.name,
        normalise(reading.date_column) if reading.layout != "wide" else "",
        values,
        sorted(map(normalise, reading.series_columns)),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def project_of(store: Store, file: ReadFile, shape: str) -> Project | None:
    """The project that a reading continues; None when it begins a new one."""
    from almanac import history

    for project in store.all(history.Project, shape=shape, deleted=""):
        readings = store.all(history.Reading, project=project.id)
        if not readings:
            continue
        try:
            if is_same_subject(series_of(store, readings[0].id), file.series):
                return project
        except ProblemError:  # a reading that is damaged
            continue
    return None


def is_same_subject(before: SeriesSet, after: SeriesSet) -> bool:
    """Whether two readings are about the same things: by the names of several series, else by their past values."""
    if len(before) > 1 or len(after) > 1:
        shared = len(set(before.names) & set(after.names))
        return shared >= MIN_SHARED * min(len(before), len(after))
    first = max(int(before.first[0]), int(after.first[0]))
    last = min(int(before.last[0]), int(after.last[0]))
    if last < first:
        return before.names == after.names and int(after.first[0]) == int(before.last[0]) + 1  # goes on where it ended
    old, new = (one.values[first - int(one.first[0]) : last + 1 - int(one.first[0])] for one in (before, after))
    equal = np.isclose(old, new, equal_nan=True)
    return bool(equal.mean() >= MIN_SHARED)
