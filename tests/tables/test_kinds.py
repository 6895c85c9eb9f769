"""Every kind of file reads right without one option, or asks where two readings are truly possible."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.tables.kinds import Kind, families

from almanac.core.jobs import run
from almanac.tables import ReadFile, ReadingOptions, read


def found(file: ReadFile) -> dict[str, tuple[str, list[float]]]:
    series = file.series
    return {
        name: (series.frequency.iso(int(series.first[i])), series[i].tolist()) for i, name in enumerate(series.names)
    }


def same(file: ReadFile, kind: Kind) -> bool:
    series = found(file)
    return (
        file.series.frequency.name == kind.frequency
        and set(series) == set(kind.series)
        and all(
            series[name][0] == first
            and len(series[name][1]) == len(values)
            and np.allclose(series[name][1], values, equal_nan=True)
            for name, (first, values) in kind.series.items()
        )
    )


def right(kind: Kind, path: Path) -> bool:
    path.write_bytes(kind.content)
    file = run(read(path))
    if kind.asked is None:
        return not file.reading.questions and same(file, kind)
    (question,) = file.reading.questions
    answers = [run(read(path, ReadingOptions().with_values(**dict(choice.sets)))) for choice in question.choices]
    return question.code == kind.asked and any(same(answer, kind) for answer in answers)


@pytest.mark.parametrize("family", families())
def test_every_kind_reads_right_or_asks(family: str, tmp_path: Path) -> None:
    wrong = [kind.name for kind in families()[family] if not right(kind, tmp_path / kind.file)]
    assert not wrong
