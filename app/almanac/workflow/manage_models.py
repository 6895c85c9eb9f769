"""Use cases about the models on this computer: list them, choose one, go back to an earlier version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from almanac.core.jobs import Job, Progress

if TYPE_CHECKING:
    from almanac.forecasting.models.status import ModelStatus


def models() -> Job[tuple[ModelStatus, ...]]:
    """The models on this computer, verified now."""
    from almanac.forecasting.models.status import model_statuses

    yield Progress(0, 0, "Checking the models")
    return model_statuses()


def pin_model(title: str | None) -> Job[tuple[ModelStatus, ...]]:
    """Use a model for every forecast from now on, or leave the choice to Almanac (None).

    Raises ``ProblemError`` when it is missing or damaged.
    """
    from almanac.forecasting.models.status import pin

    pin(title)
    return (yield from models())


def rollback() -> Job[tuple[ModelStatus, ...]]:
    """Use the version before the one in use. Raises ``ProblemError`` when there is none."""
    from almanac.forecasting.models import status

    status.rollback()
    return (yield from models())
