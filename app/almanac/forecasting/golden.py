"""Golden values: a small input that ships with each model, and what the model must make of it on every device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import numpy as np

from almanac.core.arrays import Floats, Singles
from almanac.core.problems import Problem
from almanac.forecasting.models.catalogue import Model
from almanac.forecasting.models.manifest import Golden
from almanac.forecasting.sessions import Feed, cpu_session, feed_of, graph_failures, infer

# Relative, and absolute for values of size 1: devices add in another order, and 32 bits hold seven digits.
TOLERANCE = 1e-4


def golden_runs(model: Model) -> Iterator[tuple[Golden, Feed, Floats]]:
    """Each golden case of a model: what to feed, and what must come out, float64 [1, steps, levels]."""
    for golden in model.manifest.golden:
        values = np.array([golden.values], np.float32)
        feed = feed_of(values, np.ones_like(values), golden.seasons, np.array(golden.steps))
        yield golden, feed, np.array([golden.quantiles])


def same_numbers(got: Singles, expected: Singles | Floats) -> bool:
    """Whether a device gives the numbers that it should."""
    return got.shape == expected.shape and np.allclose(got, expected, rtol=TOLERANCE, atol=TOLERANCE)


def wrong_numbers(model: Model, run: Callable[[Feed], Singles]) -> Problem | None:
    """What is wrong with a model on this processor; None when it gives its golden values."""
    with suppress(*graph_failures()):
        if all(same_numbers(run(feed), expected) for _, feed, expected in golden_runs(model)):
            return None
    return Problem(
        "wrong_numbers",
        f"The model {model.manifest.title} does not give the numbers that it should on this computer.",
        "It was tried on a small example whose forecast is known, before its first use.",
        "Choose another model. If all give other numbers, install Almanac again; your files are not affected.",
    )


def wrong_on_processor(model: Model) -> Problem | None:
    """What is wrong with a model when it is opened on this processor."""
    return wrong_numbers(model, lambda feed: infer(cpu_session(model.content), feed))
