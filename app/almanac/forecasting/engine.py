"""A verified model: values in, quantiles out, on the processor or the graphics card."""

from __future__ import annotations

import threading

import numpy as np

from almanac.core.arrays import Floats, Integers, Singles
from almanac.core.calendar.frequency import MONTHLY
from almanac.core.problems import Problem, ProblemError, stop_with
from almanac.core.system import paths
from almanac.forecasting.batches import MAX_SERIES
from almanac.forecasting.device import Device
from almanac.forecasting.golden import wrong_on_processor
from almanac.forecasting.gpu.card import Card
from almanac.forecasting.limits import BATCH_LENGTHS
from almanac.forecasting.models.catalogue import Model, Task, choose
from almanac.forecasting.models.pins import read_pin
from almanac.forecasting.sessions import Feed, cpu_session, feed_of, graph_failures, infer
from almanac.forecasting.trial.client import require_tried

ON_PROCESSOR = "processor (CPU)"

_opened: dict[tuple[str, str, Device], Engine] = {}
_opening = threading.Lock()  # a job that starts while the model is being warmed up waits for it


def engine_for(model: Model, device: Device, series: int = 1, points: float = BATCH_LENGTHS[0]) -> Engine:
    """An engine for this model and device, about to forecast so many series of so many points each, at the mean.

    It is opened once in the life of the process: opening takes half a second. Raises ``ProblemError`` when it does not
    give its golden values; one that is not signed is tried in a separate process before that.
    """
    key = (model.manifest.title, model.checksum, device)
    with _opening:
        if key not in _opened or _opened[key].model.manifest != model.manifest:
            require_tried(model)
            _opened[key] = Engine(model, device)
        _opened[key].prepare(series, points)
    return _opened[key]


def warm_up() -> None:
    """Open the model that a person's first forecast will most likely use.

    If something is wrong with it, that forecast will say so.
    """
    try:
        model, _ = choose(paths.models(), Task(MONTHLY), pinned=read_pin(paths.state()))
        engine_for(model, "auto")
    except ProblemError:
        return


class Engine:
    """One verified model, ready to run on the processor and, where ``device`` says so, on the graphics card.

    Raises ``ProblemError`` when it does not give its golden values on this processor.
    """

    def __init__(self, model: Model, device: Device = "auto") -> None:
        self.model = model
        wrong = wrong_on_processor(model)
        if wrong is not None:
            raise ProblemError(wrong)
        self._session = cpu_session(model.content)
        self._card = Card(model, device, lambda feed: infer(self._session, feed))
        self._processor_used = False

    def prepare(self, series: int, points: float) -> None:
        """Choose the device for a forecast of so many series of so many points each, at the mean."""
        self._processor_used = False
        self._card.prepare(series, points)

    @property
    def series_at_once(self) -> int:
        """How many series to pass at a time."""
        return Card.BATCH if self._card.active else MAX_SERIES

    @property
    def device(self) -> str:
        """What this forecast has run on, in words."""
        used = [self._card.title or "", ON_PROCESSOR if self._processor_used or not self._card.title else ""]
        return ", ".join(filter(None, used))

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What a person should know about the device of this forecast."""
        return self._card.notes

    def run(self, values: Floats | Singles, mask: Singles, seasons: tuple[int, int], steps: Integers) -> Floats:
        """Quantiles float64 [batch, steps, levels] in the units of ``values``, never decreasing along the levels.

        ``values``, ``mask``: [batch, length], right-aligned, ``mask`` 1 where a value is known; values are scaled per
        series here, so that neither huge nor tiny ones leave float32. ``seasons``: the season and the longer one (1:
        none). ``steps`` int64 [steps]: which steps ahead, from 1.

        Raises ``ValueError`` for shapes that do not fit, for values that are not finite where the mask says they are
        known, and for steps below 1.
        """
        values = _checked(values, mask, seasons, steps)
        scale = np.abs(values).max(axis=1, keepdims=True)
        scale[scale == 0] = 1.0
        made = self._infer(feed_of((values / scale).astype(np.float32), mask, seasons, steps))
        if made.shape != (len(values), len(steps), len(self.model.manifest.levels)) or not np.isfinite(made).all():
            raise self._failed("Not everything that it gave is a number.")
        made = made * scale[:, :, None]
        crossed = bool((made[:, :, 1:] < made[:, :, :-1]).any())  # by rounding, if at all
        return np.maximum.accumulate(made, axis=2) if crossed else made

    def close(self) -> None:
        """End the process that has the graphics card, if there is one."""
        self._card.close()

    def _infer(self, feed: Feed) -> Floats:
        made = self._card.run(feed)
        if made is None:
            try:
                made = infer(self._session, feed)
            except graph_failures() as reason:
                raise self._failed("It stopped in the middle of its work.") from reason
            self._processor_used = True
        return made.astype(np.float64)

    def _failed(self, why: str) -> ProblemError:
        return stop_with(
            "model_failed",
            f"The model {self.model.manifest.title} could not forecast this.",
            why,
            "Use another model: almanac models list shows all that are there.",
        )


def _checked(values: Floats | Singles, mask: Singles, seasons: tuple[int, int], steps: Integers) -> Floats:
    """The known values as float64, zero elsewhere."""
    if values.ndim != 2 or values.shape != mask.shape or values.shape[1] < BATCH_LENGTHS[0]:
        raise ValueError(
            f"values {values.shape} and mask {mask.shape} must be [batch, length of {BATCH_LENGTHS[0]} or more]"
        )
    if steps.ndim != 1 or len(steps) == 0 or steps.min() < 1:
        raise ValueError("steps must be a list of whole numbers from 1")
    if len(seasons) != 2 or min(seasons) < 1:
        raise ValueError("seasons must be two whole numbers from 1")
    known: Floats = np.where(mask > 0, values, 0.0).astype(np.float64)
    if not np.isfinite(known).all():
        raise ValueError("a known value is not finite")
    return known
