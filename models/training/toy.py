"""A toy in the form of a model, for tests that need one and not its forecasts: ``python -m models.training.toy``.

The latest values, each weighing half of the one after it, with a range that widens by the root of the step.
"""

from __future__ import annotations

from pathlib import Path
from statistics import NormalDist

import onnx
import spox.opset.ai.onnx.v18 as op
from models.training.evaluation.results import Results
from models.training.folder import manifest_of, write
from models.training.graph.common import LEVELS, arguments
from models.training.graph.tensors import array_code, const, dim, extra, ints, number, total, upto, weighted
from spox import build

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "models" / "toy"


def graph() -> onnx.ModelProto:
    inputs = arguments()
    with array_code():
        values, mask, season = inputs["values"], inputs["mask"], op.reduce_sum(inputs["seasons"], keepdims=0)
        length = dim(values, 1)
        age = number(length - ints(1) - upto(length))
        weights = mask * extra(op.pow(const(0.5), age), 0)
        level = weighted(values * mask, weights) + number(season) * const(0.0)
        spread = weighted(op.abs(values - level) * mask, mask)
        widening = op.sqrt(number(inputs["steps"]))
        deviates = const([NormalDist().inv_cdf(q) for q in LEVELS])
        made = extra(level, 2) + extra(spread, 2) * extra(extra(widening, 0), 2) * extra(extra(deviates, 0), 0)
        low = op.reduce_min(values * mask, ints(1), keepdims=1)
        made = op.where(extra(op.greater_or_equal(low, const(0.0)), 2), op.max([made, const(0.0)]), made)
        return build(inputs, {"quantiles": made + extra(total(mask) * const(0.0), 2)})


def main() -> None:
    content = graph().SerializeToString()
    manifest = manifest_of("quick", "1.0.0", content, LEVELS, len(LEVELS), 0).model_copy(
        update={"name": "toy", "prior": "None: it has learned nothing.", "commit": "none"}
    )
    write(FOLDER / "1.0.0", content, manifest, Results(machine="any"), b"{}\n")
    print(f"{len(content):,} bytes")


if __name__ == "__main__":
    main()
