"""Write the newest version of each model again, with the operations as they are now and the weights it has:
``python -m models.training.rebuild --version 2.1.1``.

For changes that make a graph faster or smaller and leave its forecasts as they are; it refuses when they differ,
unless ``--because`` says what was wrong with those, which is stored with the model. The new version takes the place of
the one that it was made from, and its results are those of that one until they are measured again.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from models.training.build import CAREFUL_WIDTH, MEMBERS, QUICK_WIDTH, Kind
from models.training.card import describe
from models.training.evaluation.results import Results
from models.training.folder import Origin, manifest_of, stored_manifest, write_files
from models.training.graph.assemble import feature_graph, full_graph
from models.training.graph.common import Weights, joined_members
from models.training.network import Network
from models.training.prior.draw import draw
from models.training.prior.shapes import SHAPES, Shape
from models.training.release import NOTE
from models.training.train import session

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import CAREFUL, QUICK, list_models

MAX_DIFFERENCE = 2e-5  # of the largest value of a series: rounding of float32 in thousands of operations; by judgement
SERIES = 64  # of each shape that are compared


def with_weights_of(model: onnx.ModelProto, kind: Kind) -> onnx.ModelProto:
    """The graph as it is made now with the weights of ``model``, which has networks of the same shape.

    Learned constants come in the order of the operations that use them, which is the same in both.
    """
    made = full_graph(_any_weights(kind), kind)
    now, then = (_learned(graph) for graph in (made, model))
    if [(list(t.dims), t.data_type) for t in now] != [(list(t.dims), t.data_type) for t in then]:
        raise ValueError("the networks are not of the same shape")
    for place, value in zip(now, then, strict=True):
        place.CopyFrom(value)
    return made


def _learned(model: onnx.ModelProto) -> list[onnx.TensorProto]:
    """Constants of the networks: pairs, for usual series and for days of hours, from what the inputs are centred by
    on."""
    values = [
        a.t for node in model.graph.node if node.op_type == "Constant" for a in node.attribute if a.name == "value"
    ]
    pairs = [t for t in values if len(t.dims) > 1 and t.dims[0] == 2]
    inputs = max(t.dims[1] for t in pairs)
    first = next(k for k, t in enumerate(pairs) if list(t.dims) == [2, inputs])
    return pairs[first:]


def _any_weights(kind: Kind) -> Weights:
    """Weights of the right shapes."""
    features = session(feature_graph(kind), 1)
    feed = feed_of(SHAPES[0], SERIES)
    names = ("inputs", "candidates", "steps_seen")
    inputs, candidates, steps = features.run(list(names), feed)
    width, members = (CAREFUL_WIDTH, MEMBERS) if kind == "careful" else (QUICK_WIDTH, 1)
    one = Network(inputs.shape[1], candidates.shape[1], steps.shape[2], width).weights()
    return joined_members([one] * members, [one] * members)


def feed_of(shape: Shape, series: int) -> dict[str, np.ndarray]:
    """Series of one shape, as a graph takes them."""
    values, mask, _ = draw(np.random.default_rng([1, *shape.seasons, *shape.steps]), series, shape)
    size = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-9)
    seasons, steps = np.array(shape.seasons, np.int64), np.array(shape.steps, np.int64)
    return {"values": values / size, "mask": mask, "seasons": seasons, "steps": steps}


def difference(one: ort.InferenceSession, other: ort.InferenceSession) -> float:
    """The largest difference of their quantiles over series of all shapes, in units of the largest value of each."""
    apart = 0.0
    for shape in SHAPES:
        feed = feed_of(shape, SERIES)
        first, second = (graph.run(["quantiles"], feed)[0] for graph in (one, other))
        apart = max(apart, float(np.abs(first - second).max()))
    return apart


def rebuild(folder: Path, version: str, because: str | None = None) -> bool:
    """Write the model in ``folder`` (NAME/VERSION) again as ``version``, in place of it; return whether it was.

    ``because``: what was wrong with the forecasts, where they are meant to differ.
    """
    manifest, model = stored_manifest(folder), onnx.load(folder / "model.onnx")
    made = with_weights_of(model, manifest.kind)
    apart = difference(session(model), session(made))
    print(f"{manifest.title}: forecasts differ by at most {apart:.1e} of the largest value")
    if apart > MAX_DIFFERENCE and not because:
        return False
    content, target = made.SerializeToString(), folder.parent / version
    origin = Origin(manifest.kind, version, manifest.levels, manifest.parameters, manifest.seed)
    write_files(target, content, (folder / "profile.json").read_bytes(), Results.read(folder))
    as_before = {"weaker_at": manifest.weaker_at, "commit": manifest.commit}  # the commit that trained the weights
    describe(target, manifest_of(content, origin).model_copy(update=as_before))
    notes = [(folder / NOTE).read_text("utf-8")] if (folder / NOTE).exists() else []
    notes += [f"{version} forecasts otherwise than {manifest.version}, because: {because}\n"] if because else []
    if notes:
        (target / NOTE).write_text("".join(notes), "utf-8")
    shutil.rmtree(folder)
    print(f"{manifest.title} is now {target.parent.name}@{version}, {len(content):,} bytes")
    return True


def main() -> None:
    """Rebuild from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", required=True)
    parser.add_argument("--model", choices=(CAREFUL, QUICK), action="append")
    parser.add_argument("--because", help="what was wrong with the forecasts, where they are meant to differ")
    options = parser.parse_args()
    newest = {entry.name: entry.folder for entry in reversed(list_models(paths.models()[0]))}
    names = options.model or (CAREFUL, QUICK)
    done = [rebuild(newest[name], options.version, options.because) for name in names]
    sys.exit(0 if all(done) else 1)


if __name__ == "__main__":
    main()
