"""A model that does not give its golden values on this computer is not used.

That the bundled ones give theirs is seen by opening them (test_engine.py) and by ``almanac models verify`` (cli).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.builders import TOY

from almanac.core.problems import ProblemError
from almanac.forecasting.engine import Engine
from almanac.forecasting.golden import wrong_on_processor
from almanac.forecasting.models.catalogue import Model, list_models, load


def with_other_values(model: Model, by: float) -> Model:
    """The same model, made by a computer whose numbers differ."""
    golden = model.manifest.golden
    moved = tuple(tuple(value + by for value in row) for row in golden[-1].quantiles)
    other = (*golden[:-1], golden[-1].model_copy(update={"quantiles": moved}))
    return replace(model, manifest=model.manifest.model_copy(update={"golden": other}))


def test_a_model_with_other_numbers_stops_before_its_first_forecast() -> None:
    (entry,) = list_models(TOY.parent)
    model = load(entry)
    assert wrong_on_processor(with_other_values(model, 1e-6)) is None  # rounding
    wrong = wrong_on_processor(with_other_values(model, 0.01))
    assert wrong is not None
    assert wrong.code == "wrong_numbers"
    with pytest.raises(ProblemError, match="does not give the numbers"):
        Engine(with_other_values(model, 0.01), "cpu")


def test_a_model_that_gives_nothing_is_wrong() -> None:
    from almanac.forecasting.golden import wrong_numbers

    (entry,) = list_models(TOY.parent)
    assert wrong_numbers(load(entry), lambda _: np.zeros((1, 1, 1), np.float32)) is not None
