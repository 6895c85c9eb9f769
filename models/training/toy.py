"""A toy in the form of a model, for tests that need one but not its forecasts: ``python -m models.training.toy``.

The forecast is a mean of the values in which each weighs half as much as the next, with a range that grows with the
square root of the step.
"""

from __future__ import annotations

from pathlib import Path
from statistics import NormalDist

import onnx
import spox.opset.ai.onnx.v18 as op
from models.training.card import describe
from models.training.evaluation.results import Results
from models.training.folder import Origin, manifest_of, write_files
from models.training.graph.common import LEVELS, arguments
from models.training.graph.tensors import array_code, const, dim, extra, ints, number, total, upto, weighted
from models.training.signing import read_key, sign
from spox import build

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "models" / "toy"


def graph() -> onnx.ModelProto:
    """The toy's graph, with the same inputs and outputs as a real model."""
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
    """Write the toy into the tests."""
    content = graph().SerializeToString()
    manifest = manifest_of(content, Origin("quick", "1.0.0", LEVELS, len(LEVELS), 0)).model_copy(
        update={"name": "toy", "prior": "None: it has learned nothing.", "commit": "none"}
    )
    write_files(FOLDER / "1.0.0", content, b"{}\n", Results(machine="any"))
    describe(FOLDER / "1.0.0", manifest)
    sign(FOLDER / "1.0.0", read_key(FOLDER.with_name("test.key")))  # which only tests trust
    print(f"{len(content):,} bytes")


if __name__ == "__main__":
    main()
