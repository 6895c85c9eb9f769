"""Complete graphs: the features alone, for training, and the finished models. Both run the same operations, so that
training and serving can never differ."""

from __future__ import annotations

import onnx
from models.training.graph.common import Weights, arguments
from models.training.graph.features import features
from models.training.graph.head import Networks, quantiles
from models.training.graph.quick import quick_features
from models.training.graph.tensors import array_code, part
from spox import build

FEATURES = {"careful": features, "quick": quick_features}


def feature_graph(kind: str = "careful") -> onnx.ModelProto:
    """Return the graph without learned weights, for training; ``kind`` is a key of ``FEATURES``."""
    inputs = arguments()
    with array_code():
        made, known = FEATURES[kind](**inputs)
        outputs = {
            "inputs": made.inputs,
            "candidates": made.candidates,
            "steps_seen": made.steps,
            "hats": made.hats,
            "spread": made.spread,
            "empirical": made.empirical,
            "base": made.base * known.unit + known.center,
            "scale": made.scale * known.unit,
            "naive_error": made.naive_error,
        }
        return build(inputs, outputs)


def full_graph(weights: Weights, kind: str = "careful", *, quantize: bool = True) -> onnx.ModelProto:
    """Return the model: features, network, quantiles in the units of ``values``. With ``quantize``, matrices are
    int8."""
    inputs = arguments()
    with array_code():
        made, known = FEATURES[kind](**inputs)
        networks = Networks(weights, part(inputs["seasons"], 0, 1, 0), quantize)
        return build(inputs, {"quantiles": quantiles(made, known, inputs["mask"], networks)})
