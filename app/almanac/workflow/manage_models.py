"""Use cases about the models on this computer: list and verify them, choose one, go back one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from almanac.core.jobs import Job, Progress
from almanac.core.problems import Problem, ProblemError
from almanac.workflow.history.keep import keep_switch

if TYPE_CHECKING:
    from almanac.forecasting.models.catalogue import Model
    from almanac.forecasting.models.status import ModelStatus


def models() -> Job[tuple[ModelStatus, ...]]:
    """The models on this computer, verified now."""
    from almanac.forecasting.models.status import model_statuses

    yield Progress(0, 0, "Checking the models")
    return model_statuses()


def verify_models() -> Job[tuple[ModelStatus, ...]]:
    """The models, each also tried on its golden values on this processor."""
    from almanac.core.system import paths
    from almanac.forecasting.models import catalogue

    found = list((yield from models()))
    for k, model in enumerate(found):
        yield Progress(k, len(found), f"Trying {model.title}")
        if not model.fault:
            wrong = _wrong(catalogue.load_named(paths.models(), model.title))
            found[k] = model if wrong is None else replace(model, fault=wrong.what)
    return tuple(found)


def pin_model(title: str | None, reason: str = "") -> Job[tuple[ModelStatus, ...]]:
    """Use a model for every forecast from now on, or leave the choice to Almanac (None); ``reason`` is kept.

    Raises ``ProblemError`` when it is missing or damaged, or does not give its golden values on this processor.
    """
    from almanac.core.system import paths
    from almanac.forecasting.models import catalogue
    from almanac.forecasting.models.status import pin

    yield Progress(0, 0, "Checking the model")
    wrong = None if title is None else _wrong(catalogue.load_named(paths.models(), title))
    if wrong is not None:
        raise ProblemError(wrong)
    keep_switch(pin(title, reason), reason)
    return (yield from models())


def _wrong(model: Model) -> Problem | None:
    """What is wrong with a model when it is opened; one that is not signed is first tried in a separate process."""
    from almanac.forecasting.golden import wrong_on_processor
    from almanac.forecasting.trial.client import require_tried

    try:
        require_tried(model)
    except ProblemError as stop:
        return stop.problem
    return wrong_on_processor(model)


def rollback(reason: str = "") -> Job[tuple[ModelStatus, ...]]:
    """Go back one step: to the choice before the last one, or the version before; ``reason`` is kept.

    Raises ``ProblemError`` when there is none.
    """
    from almanac.forecasting.models import status

    used, _ = status.rollback(reason)
    keep_switch(used, reason)
    return (yield from models())
