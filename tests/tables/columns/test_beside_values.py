"""What stands beside the values in every row is neither their date nor a series."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.tables.conftest import Reader
from tests.tables.kinds.value_columns import beside_values
from tests.tables.kinds.value_columns.beside_values import BesideFile

from almanac.core.problems import ProblemError

FEW, MANY = range(10), range(10, 330)
KINDS = (
    beside_values.made_on,
    beside_values.of_one_meter,
    beside_values.with_stamps,
    beside_values.with_room,
    beside_values.of_some_types,
    beside_values.of_a_size,
)


def check(read_text: Reader, make: Callable[[int], BesideFile], seed: int) -> None:
    wanted = make(seed)
    file = read_text(wanted.text)
    assert file.series.frequency.name == wanted.frequency, wanted.text[:300]
    found = {name: file.series[i] for i, name in enumerate(file.series.names)}
    if list(wanted.series) == [""]:
        found = dict(zip([""], found.values(), strict=True))
    assert sorted(found) == sorted(wanted.series), wanted.text[:300]
    for name, values in wanted.series.items():
        assert np.allclose(found[name], values), wanted.text[:300]


@pytest.mark.parametrize("make", KINDS)
def test_only_what_is_measured_is_a_series(read_text: Reader, make: Callable[[int], BesideFile]) -> None:
    for seed in FEW:
        check(read_text, make, seed)


@pytest.mark.slow
@pytest.mark.parametrize("make", KINDS)
def test_only_what_is_measured_is_a_series_in_many_more_files(
    read_text: Reader, make: Callable[[int], BesideFile]
) -> None:
    for seed in MANY:
        check(read_text, make, seed)


def test_a_list_of_things_on_one_day_has_no_history(read_text: Reader) -> None:
    for seed in range(10):
        with pytest.raises(ProblemError) as caught:
            read_text(beside_values.only_made_on(seed))
        assert caught.value.problem.code == "one_date"
