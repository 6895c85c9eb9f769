"""Whether a graph makes arrays without entries, which the WebGPU provider of onnxruntime crashes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import onnx
import onnxruntime as ort

from almanac.forecasting.limits import BATCH_LENGTHS
from almanac.forecasting.sessions import CPU, feed_of

SEASONS = ((1, 1), (2, 1), (7, 1), (12, 1), (4, 12))


def makes_empty_arrays(content: bytes) -> bool:
    """Whether a node of this graph gives an empty array for one of ``SEASONS``."""
    return next(empty_arrays(content), None) is not None


def empty_arrays(content: bytes, seasons: Iterable[tuple[int, int]] = SEASONS) -> Iterator[str]:
    """Name the outputs that are empty for some of these seasons."""
    model = onnx.load_from_string(content)
    known = {output.name for output in model.graph.output}
    made = [name for node in model.graph.node for name in node.output if name and name not in known]
    model.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in made)
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = ort.InferenceSession(model.SerializeToString(), options, providers=[CPU])
    names = [output.name for output in session.get_outputs()]
    for pair in seasons:
        values = np.ones((2, BATCH_LENGTHS[0]), np.float32)
        found = session.run(None, feed_of(values, values, pair, np.arange(1, 4)))
        yield from (name for name, array in zip(names, found, strict=True) if np.asarray(array).size == 0)
