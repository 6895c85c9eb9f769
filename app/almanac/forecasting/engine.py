"""A model in onnxruntime: sessions, devices, batches."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from almanac.core import paths
from almanac.core.arrays import Floats, Integers, Singles
from almanac.core.frequency import MONTHLY
from almanac.core.problems import Problem, ProblemError
from almanac.forecasting.batches import BatchSizer
from almanac.forecasting.device import Device
from almanac.forecasting.limits import BATCH_LENGTHS
from almanac.forecasting.models.catalogue import Model, Task, choose
from almanac.forecasting.models.pins import read_pin

if TYPE_CHECKING:
    import onnxruntime


CPU = "CPUExecutionProvider"
GPUS = ("CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider")
_DEVICE_NAMES = {
    CPU: "processor (CPU)",
    GPUS[0]: "graphics card (CUDA)",
    GPUS[1]: "graphics card (DirectML)",
    GPUS[2]: "Core ML",
}
GOLDEN_TOLERANCE = 1e-3  # relative and absolute: what devices differ by in float32, with room to spare
# By default onnxruntime rounds the inputs of int8 weights to int8 too, and a single series differently from many: a
# forecast would depend on the rest of its batch by up to half a percent (measured). Level 1 multiplies in float32.
EXACT = {"session.qdq_matmulnbits_accuracy_level": "1"}


_opened: dict[tuple[str, Device], Engine] = {}
_opening = threading.Lock()  # a job that starts while the model is being warmed up waits for it


def engine_for(model: Model, device: Device) -> Engine:
    """An engine for this model and device, opened once in the life of the process: opening takes half a second."""
    key = (model.checksum, device)
    with _opening:
        if key not in _opened:
            _opened[key] = Engine(model, device)
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
    """One verified model, ready to run.

    ``device``: what it runs on, in words; ``notes``: what a person should know about that; ``batch_sizer``: how many
    series it takes at a time.
    """

    def __init__(self, model: Model, device: Device = "auto") -> None:
        self.model = model
        self.notes: tuple[Problem, ...] = ()
        self.batch_sizer = BatchSizer()
        self._session, self.device = self._open(device)

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
        began = time.perf_counter()
        made = self._infer(self._session, (values / scale).astype(np.float32), mask, seasons, steps)
        self.batch_sizer.record(len(values), time.perf_counter() - began)
        return np.maximum.accumulate(made * scale[:, :, None], axis=2)

    def _open(self, device: Device) -> tuple[onnxruntime.InferenceSession, str]:
        import onnxruntime

        onnxruntime.disable_telemetry_events()  # Windows; almanac/__init__.py does it elsewhere
        available = onnxruntime.get_available_providers()
        gpus = [] if device == "cpu" else [p for p in GPUS if p in available]
        for provider in gpus:
            session = self._session_on(provider)
            if session is not None and self._matches_golden_values(session):
                return session, _DEVICE_NAMES[provider]
        if device == "gpu":
            self.notes = (
                Problem(
                    "gpu_not_used",
                    "The graphics card was not used; the forecast was made on the processor (CPU).",
                    "The graphics card did not give the expected results in a self-check."
                    if gpus
                    else "No graphics card that Almanac can use was found on this computer.",
                    "The forecast is the same, it only takes longer.",
                ),
            )
        session = self._session_on(CPU)
        if session is None:
            raise RuntimeError("onnxruntime cannot open a verified model on the CPU")
        return session, _DEVICE_NAMES[CPU]

    def _session_on(self, provider: str) -> onnxruntime.InferenceSession | None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Idle threads that spin would take the processor from the window and other programs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        for name, value in EXACT.items():
            options.add_session_config_entry(name, value)
        try:
            session = onnxruntime.InferenceSession(self.model.content, options, providers=[provider])
        except RuntimeError:  # a driver that is installed but does not work
            return None
        return session if session.get_providers()[0] == provider else None

    def _matches_golden_values(self, session: onnxruntime.InferenceSession) -> bool:
        """Whether this device gives the same numbers as the model gave when it was made."""
        for golden in self.model.manifest.golden:
            values = np.array([golden.values], np.float32)
            got = self._infer(session, values, np.ones_like(values), golden.seasons, np.array(golden.steps))
            if not np.allclose(got[0], golden.quantiles, rtol=GOLDEN_TOLERANCE, atol=GOLDEN_TOLERANCE):
                return False
        return True

    @staticmethod
    def _infer(
        session: onnxruntime.InferenceSession,
        values: Singles,
        mask: Singles,
        seasons: tuple[int, int],
        steps: Integers,
    ) -> Floats:
        feed = {"values": values, "mask": mask, "seasons": np.array(seasons, np.int64), "steps": steps}
        quantiles: Floats = session.run(["quantiles"], feed)[0].astype(np.float64)
        return quantiles


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
