"""Sessions of onnxruntime: options that every one of them has, the one on the processor, and what a graph is fed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Integers, Singles

if TYPE_CHECKING:
    import onnxruntime

Feed = dict[str, Singles | Integers]  # the inputs of a graph by name

CPU = "CPUExecutionProvider"
# By default onnxruntime rounds the inputs of int8 weights to int8 too, and a single series differently from many: a
# forecast would depend on the rest of its batch by up to half a percent (measured). Level 1 multiplies in float32.
EXACT = {"session.qdq_matmulnbits_accuracy_level": "1"}


def session_options() -> onnxruntime.SessionOptions:
    """Options for any device."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # Windows; almanac/__init__.py does it elsewhere
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Idle threads that spin would take the processor from the window and other programs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    for name, value in EXACT.items():
        options.add_session_config_entry(name, value)
    return options


def cpu_session(content: bytes) -> onnxruntime.InferenceSession:
    """The graph ``content`` on the processor."""
    import onnxruntime

    return onnxruntime.InferenceSession(content, session_options(), providers=[CPU])


def feed_of(values: Singles, mask: Singles, seasons: tuple[int, int], steps: Integers) -> Feed:
    """The inputs of a model; see ``Engine.run``."""
    return {"values": values, "mask": mask, "seasons": np.array(seasons, np.int64), "steps": steps}


def infer(session: onnxruntime.InferenceSession, feed: Feed) -> Singles:
    """Quantiles float32 [batch, steps, levels]."""
    quantiles: Singles = session.run(["quantiles"], feed)[0]
    return quantiles
