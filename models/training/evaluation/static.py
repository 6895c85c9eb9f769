"""Static int8: weights and activations, with activation ranges measured on synthetic series. Tried and compared with
what ships; see the ablation in the careful model's card."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from models.training.build import SEED, BuildPlan
from models.training.graph.common import Weights
from models.training.prior.draw import draw
from numpy.typing import NDArray


class Synthetic:
    """Calibration batches, in the form that onnxruntime's quantizer expects."""

    def __init__(self, plan: BuildPlan) -> None:
        self._batches = self._draw(plan)

    def get_next(self) -> dict[str, NDArray[np.generic]] | None:
        """Return the next batch, or None at the end."""
        return next(self._batches, None)

    @staticmethod
    def _draw(plan: BuildPlan) -> Iterator[dict[str, NDArray[np.generic]]]:
        for shape in plan.shapes:
            values, mask, _ = draw(np.random.default_rng([SEED, 77, *shape.seasons]), 64, shape)
            unit = np.abs(values).max(axis=1, keepdims=True)
            unit[unit == 0] = 1
            yield {
                "values": values / unit,
                "mask": mask,
                "seasons": np.array(shape.seasons),
                "steps": np.array(shape.steps),
            }


def static_int8(model: onnx.ModelProto, weights: Weights, plan: BuildPlan) -> bytes:
    """Return the float32 graph with the network's products in int8; the features stay as they are."""
    from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static

    class Reader(Synthetic, CalibrationDataReader):  # type: ignore[misc]
        pass

    constants = {n.output[0] for n in model.graph.node if n.op_type == "Constant"}
    constants |= {i.name for i in model.graph.initializer}
    shapes = {tuple(v.T.shape) for k, v in weights.items() if k.endswith(".weight") and v.ndim == 2}
    sizes = {i.name: tuple(i.dims) for i in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Constant":
            sizes[node.output[0]] = next((tuple(a.t.dims) for a in node.attribute if a.name == "value"), ())
    chosen = []
    for number, node in enumerate(model.graph.node):
        node.name = node.name or f"node_{number}"
        if node.op_type == "MatMul" and node.input[1] in constants and sizes.get(node.input[1]) in shapes:
            chosen.append(node.name)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "static.onnx"
        onnx.save(model, str(source))
        quantize_static(
            str(source),
            str(target),
            Reader(plan),
            nodes_to_quantize=chosen,
            per_channel=True,
            activation_type=QuantType.QInt8,
            weight_type=QuantType.QInt8,
        )
        return target.read_bytes()
