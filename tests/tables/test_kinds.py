"""Every sample file is read correctly without options, or asked about where two readings are truly possible."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.tables.accounted import read_and_account_for_columns
from tests.tables.kinds import SampleFile, families

from almanac.core.jobs import run
from almanac.tables import ReadFile, ReadingOptions, read


def found(file: ReadFile) -> dict[str, tuple[str, list[float]]]:
    series = file.series
    return {
        name: (series.frequency.iso(int(series.first[i])), series[i].tolist()) for i, name in enumerate(series.names)
    }


def same(file: ReadFile, sample: SampleFile) -> bool:
    series = found(file)
    return (
        file.series.frequency.name == sample.frequency
        and set(series) == set(sample.series)
        and all(
            series[name][0] == first
            and len(series[name][1]) == len(values)
            and np.allclose(series[name][1], values, equal_nan=True)
            for name, (first, values) in sample.series.items()
        )
    )


def read_correctly(sample: SampleFile, path: Path) -> bool:
    path.write_bytes(sample.content)
    file, lost = read_and_account_for_columns(path)
    assert not lost, f"{sample.name}: no word about {lost}"
    if sample.asked is None:
        return not file.reading.questions and same(file, sample)
    (question,) = file.reading.questions
    answers = [run(read(path, ReadingOptions().with_values(**dict(choice.sets)))) for choice in question.choices]
    return question.code == sample.asked and any(same(answer, sample) for answer in answers)


@pytest.mark.parametrize("family", families())
def test_every_sample_file_is_read_correctly_or_asked_about(family: str, tmp_path: Path) -> None:
    wrong = [sample.name for sample in families()[family] if not read_correctly(sample, tmp_path / sample.file)]
    assert not wrong
