"""Model folders made to do harm: each is the toy as careful@99.0.0, changed in one way.

``NEVER``: kinds that are refused by whatever name they are asked for. ``UNSIGNED``: kinds that look like a model and
are only found out, if at all, when they run; nothing uses them unless a person names them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import onnx
from models.training.signing import sign
from nacl.signing import SigningKey
from onnx import AttributeProto, ModelProto, TensorProto, helper
from tests.builders import TEST_KEY

Harm = Callable[[Path], None]
STRANGER = SigningKey(bytes(32))


def change(folder: Path, **changes: Any) -> None:
    """Change the manifest, as whoever can write to the folder can."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def unsign(folder: Path) -> None:
    """Take the signature away."""
    (folder / "manifest.sig").unlink(missing_ok=True)


def with_graph(edit: Callable[[ModelProto], None]) -> Harm:
    """Another graph, described by a manifest that is right about it, without a signature."""

    def harm(folder: Path) -> None:
        model = onnx.load(folder / "model.onnx")
        edit(model)
        with_bytes(model.SerializeToString())(folder)

    return harm


def with_bytes(content: bytes) -> Harm:
    """Other bytes as the graph, described by a manifest that is right about them, without a signature."""

    def harm(folder: Path) -> None:
        (folder / "model.onnx").write_bytes(content)
        files = json.loads((folder / "manifest.json").read_text())["files"]
        for file in files:
            if file["name"] == "model.onnx":
                file |= {"sha256": sha256(content).hexdigest(), "size": max(len(content), 1)}
        change(folder, files=files)
        unsign(folder)

    return harm


def with_manifest(**changes: Any) -> Harm:
    """Another manifest, signed: what a mistake at a release could be."""

    def harm(folder: Path) -> None:
        change(folder, **changes)
        sign(folder, TEST_KEY)

    return harm


def _node(operator: str, domain: str = "", **attributes: Any) -> Callable[[ModelProto], None]:
    """Put an operator between the graph and its output."""

    def edit(model: ModelProto) -> None:
        for node in model.graph.node:
            node.output[:] = ["made" if name == "quantiles" else name for name in node.output]
        added = helper.make_node(operator, ["made"], ["quantiles"], domain=domain, **attributes)
        model.graph.node.append(added)

    return edit


def _body() -> onnx.GraphProto:
    number = helper.make_tensor_value_info("n", TensorProto.INT64, [])
    going = helper.make_tensor_value_info("going", TensorProto.BOOL, [])
    return helper.make_graph(
        [helper.make_node("Identity", ["going"], ["on"])],
        "body",
        [number, going],
        [helper.make_tensor_value_info("on", TensorProto.BOOL, [])],
    )


def _external(location: str) -> Callable[[ModelProto], None]:
    """Numbers that are kept in another file."""

    def edit(model: ModelProto) -> None:
        tensor = TensorProto(name="far", data_type=TensorProto.FLOAT, dims=[4])
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=location)
        model.graph.initializer.append(tensor)

    return edit


def _external_constant(model: ModelProto) -> None:
    tensor = TensorProto(data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    model.graph.node.append(helper.make_node("Constant", [], ["far"], value=tensor))


def _function(model: ModelProto) -> None:
    made = helper.make_function("mine", "F", ["x"], ["y"], [helper.make_node("Identity", ["x"], ["y"])], [])
    model.functions.append(made)


def _training(model: ModelProto) -> None:
    model.training_info.add()


def _sparse(model: ModelProto) -> None:
    model.graph.sparse_initializer.add()


def _inner_graph(model: ModelProto) -> None:
    model.graph.node[0].attribute.append(AttributeProto(name="x", g=_body(), type=AttributeProto.GRAPH))


def _constant(name: str, value: Any, kind: int) -> onnx.NodeProto:
    return helper.make_node("Constant", [], [name], value=helper.make_tensor(name, kind, [], [value]))


def _last(*nodes: onnx.NodeProto) -> Callable[[ModelProto], None]:
    """Put these operators, which read "made", before the output."""

    def edit(model: ModelProto) -> None:
        for node in model.graph.node:
            node.output[:] = ["made" if name == "quantiles" else name for name in node.output]
        model.graph.node.extend(nodes)

    return edit


NO_NUMBERS = _last(
    _constant("zero", 0.0, TensorProto.FLOAT),
    helper.make_node("Mul", ["made", "zero"], ["nothing"]),
    helper.make_node("Div", ["nothing", "nothing"], ["quantiles"]),
)
FALLING = _last(helper.make_node("Neg", ["made"], ["quantiles"]))
FLAT = _last(helper.make_node("Flatten", ["made"], ["quantiles"]))
HUGE = _last(
    _constant("start", 0, TensorProto.INT64),
    _constant("end", 10**12, TensorProto.INT64),
    _constant("step", 1, TensorProto.INT64),
    helper.make_node("Range", ["start", "end", "step"], ["many"]),
    helper.make_node("ReduceMax", ["many"], ["most"], keepdims=0),
    helper.make_node("Cast", ["most"], ["number"], to=TensorProto.FLOAT),
    helper.make_node("Mul", ["made", "number"], ["quantiles"]),
)


def _pipe(name: str) -> Harm:
    def harm(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return harm


def _link(name: str, target: str) -> Harm:
    def harm(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(target)

    return harm


def _folder(folder: Path) -> None:
    (folder / "model.onnx").unlink()
    (folder / "model.onnx").mkdir()


def _grown(folder: Path) -> None:
    os.truncate(folder / "model.onnx", 10 << 30)  # takes no room on the disk


def _flipped(name: str, place: float) -> Harm:
    def harm(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[int(place * len(content))] ^= 1
        (folder / name).write_bytes(content)

    return harm


def _text(name: str, text: str) -> Harm:
    return lambda folder: (folder / name).write_text(text) and None


def _unsigned(**changes: Any) -> Harm:
    def harm(folder: Path) -> None:
        change(folder, **changes)
        unsign(folder)

    return harm


def _signed_by_stranger(folder: Path) -> None:
    sign(folder, STRANGER)


def _deep(folder: Path) -> None:
    (folder / "manifest.json").write_text("[" * 200_000)
    unsign(folder)


def _large(folder: Path) -> None:
    (folder / "manifest.json").write_text(" " * (3 << 20) + (folder / "manifest.json").read_text())
    sign(folder, TEST_KEY)


FILE = {"name": "model.onnx", "sha256": "0" * 64, "size": 1}

NEVER: dict[str, Harm] = {
    # the description
    "a rewritten description": lambda folder: change(folder, shortest_history=1),
    "levels that are moved": lambda folder: change(folder, levels=[0.02 * n for n in range(1, 16)]),
    "a description of someone else's key": _signed_by_stranger,
    "a signature of something else": _text("manifest.sig", STRANGER.sign(b"").signature.hex()),
    "a signature of zeros": _text("manifest.sig", "00" * 64),
    "a signature that is cut off": _text("manifest.sig", "00"),
    "a signature of letters": _text("manifest.sig", "zz" * 64),
    "a signature of a gigabyte": lambda folder: os.truncate(folder / "manifest.sig", 1 << 30),
    "a signature that is a pipe": _pipe("manifest.sig"),
    "a signature that never ends": _link("manifest.sig", "/dev/zero"),
    "a bit at the beginning": _flipped("manifest.json", 0.1),
    "a bit in the middle": _flipped("manifest.json", 0.5),
    "a bit at the end": _flipped("manifest.json", 0.9),
    "no description": _text("manifest.json", ""),
    "a description of another kind": _text("manifest.json", "[1, 2]"),
    "a description without end": _deep,
    "a description of megabytes": _large,
    "a description that is a pipe": _pipe("manifest.json"),
    "a description that never ends": _link("manifest.json", "/dev/zero"),
    "another name": with_manifest(name="quick"),
    "another version": with_manifest(version="1.0.0"),
    "unknown words": with_manifest(run="rm -rf ~"),
    "no files": with_manifest(files=[]),
    "a file elsewhere": with_manifest(files=[FILE | {"name": "../../../secret"}]),
    "a file that is the folder above": with_manifest(files=[FILE | {"name": ".."}]),
    "a file that is not there": with_manifest(files=[FILE | {"name": "missing.onnx"}]),
    "falling levels": with_manifest(levels=[0.9, 0.5, 0.1]),
    "a level above one": with_manifest(levels=[0.1, 0.5, 1.5]),
    "a level that is no number": with_manifest(levels=[0.1, float("nan"), 0.9]),
    "no levels": with_manifest(levels=[]),
    # the files
    "a graph with a bit changed": _flipped("model.onnx", 0.5),
    "a card with a bit changed": _flipped("card.md", 0.5),
    "no graph": lambda folder: (folder / "model.onnx").unlink(),
    "an empty graph": _text("model.onnx", ""),
    "a graph that is a pipe": _pipe("model.onnx"),
    "a card that is a pipe": _pipe("card.md"),
    "a graph that never ends": _link("model.onnx", "/dev/zero"),
    "a graph that is random": _link("model.onnx", "/dev/urandom"),
    "a graph that is a folder": _folder,
    "a graph of gigabytes": _grown,
    "a link to nothing": _link("model.onnx", "nowhere"),
    # graphs without a signature, which a right description of them does not make better
    "zeros": with_bytes(bytes(1000)),
    "noise": with_bytes(bytes(range(256)) * 40),
    "a message that is cut off": with_bytes(b"\x3a\xff\xff\x03"),
    "a number without end": with_bytes(b"\xff" * 1000),
    "a loop": with_graph(_node("Loop", body=_body())),
    "a scan": with_graph(_node("Scan", body=_body(), num_scan_inputs=1)),
    "a branch": with_graph(_node("If", then_branch=_body(), else_branch=_body())),
    "an operator of someone else": with_graph(_node("Identity", "com.evil")),
    "an operator of Microsoft": with_graph(_node("Inverse", "com.microsoft")),
    "an unknown operator": with_graph(_node("Shell")),
    "a known operator that no model of ours has": with_graph(_node("RandomNormalLike")),
    "a graph inside the graph": with_graph(_inner_graph),
    "a function": with_graph(_function),
    "a training part": with_graph(_training),
    "numbers in an unusual form": with_graph(_sparse),
    "numbers in another file": with_graph(_external("numbers.bin")),
    "numbers in a file of the person": with_graph(_external("../../../../etc/passwd")),
    "a constant in another file": with_graph(_external_constant),
}
UNSIGNED: dict[str, Harm] = {
    "no signature": unsign,
    "a higher promise": _unsigned(longest_season=10**9),
    "no examples": _unsigned(golden=[]),
    "no numbers come out": with_graph(NO_NUMBERS),
    "falling numbers come out": with_graph(FALLING),
    "another shape comes out": with_graph(FLAT),
    "a thousand gigabytes are needed": with_graph(HUGE),
}
# Those that give their examples' numbers: whoever names them gets them, and a note.
WORKING = ("no signature", "a higher promise")
