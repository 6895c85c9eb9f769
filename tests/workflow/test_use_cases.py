"""The registry of use cases."""

from __future__ import annotations

from inspect import isgeneratorfunction
from typing import get_args

import pytest

from almanac import workflow
from almanac.workflow.use_cases import USE_CASES, UseCaseName


def test_every_name_has_its_use_case() -> None:
    assert tuple(USE_CASES) == get_args(UseCaseName)


@pytest.mark.parametrize("name", get_args(UseCaseName))
def test_a_use_case_is_a_job_that_the_package_offers_under_the_same_name(name: UseCaseName) -> None:
    assert getattr(workflow, name) is USE_CASES[name]
    assert isgeneratorfunction(USE_CASES[name])
