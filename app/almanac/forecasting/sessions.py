"""Sessions of onnxruntime: options that every one of them has, the one on the processor, and what a graph is fed."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Integers, Singles
from almanac.core.system.cores import side_by_side, usable_cores

if TYPE_CHECKING:
    import onnxruntime

# Series in one thread: fewer cost more each (measured: a third more for 64 than for 256), more cost more memory.
MIN_PART, MAX_PART = 64, 256
Feed = dict[str, Singles | Integers]  # the inputs of a graph by name

CPU = "CPUExecutionProvider"
MAX_GRAPHS = 4  # both models, and an older version of each; chosen by judgement
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


@lru_cache(maxsize=MAX_GRAPHS)
def cpu_session(content: bytes) -> onnxruntime.InferenceSession:
    """The graph ``content`` on the processor, each run in the thread that calls it (see ``infer``).

    A session keeps no state and takes a third of a second to open: whoever asks for the same graph shares it.
    """
    import onnxruntime

    options = session_options()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(content, options, providers=[CPU])


def graph_failures() -> tuple[type[Exception], ...]:
    """What onnxruntime raises when it cannot open or run a graph."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    names = ("EPFail", "Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NotImplemented")
    return (*(getattr(state, name) for name in (*names, "RuntimeException")), RuntimeError, ValueError)


def feed_of(values: Singles, mask: Singles, seasons: tuple[int, int], steps: Integers) -> Feed:
    """The inputs of a model; see ``Engine.run``."""
    return {"values": values, "mask": mask, "seasons": np.array(seasons, np.int64), "steps": steps}


def infer(session: onnxruntime.InferenceSession, feed: Feed) -> Singles:
    """Quantiles float32 [batch, steps, levels] of a session on the processor.

    Parts of the batch run side by side, each in one thread. The graph has many small operations: onnxruntime's own
    threads wait for each other at every one of them (on 16 cores they made 1,024 series twice as fast as one thread).
    """
    series = len(feed["values"])
    size = int(np.clip(-(-series // usable_cores()), MIN_PART, MAX_PART))
    if usable_cores() == 1 or series <= size:
        return run_whole(session, feed)
    parts = [
        feed | {name: feed[name][start : start + size] for name in ("values", "mask")}
        for start in range(0, series, size)
    ]
    return np.concatenate(side_by_side(partial(run_whole, session), parts))


def run_whole(session: onnxruntime.InferenceSession, feed: Feed) -> Singles:
    """Quantiles float32 [batch, steps, levels], all series in one run."""
    return np.asarray(session.run(["quantiles"], feed)[0])
