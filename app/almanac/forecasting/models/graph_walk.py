"""What a graph in ONNX is made of, seen before any library opens it: only known operators, and nothing outside of it.

A file in ONNX is a message of Protocol Buffers (onnx.proto3): fields of a number, a kind and a content, of which some
are messages again. Only those that matter here have a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

# The operators of the bundled models (a test compares). None has an inner graph, so that no model has a loop.
KNOWN_OPERATORS = frozenset(
    (
        "Abs",
        "Add",
        "And",
        "Cast",
        "Clip",
        "Concat",
        "Constant",
        "Cos",
        "CumSum",
        "DequantizeLinear",
        "Div",
        "Equal",
        "Erf",
        "Exp",
        "Flatten",
        "Floor",
        "Gather",
        "GatherElements",
        "Greater",
        "GreaterOrEqual",
        "Identity",
        "IsInf",
        "IsNaN",
        "LayerNormalization",
        "Less",
        "LessOrEqual",
        "Log",
        "MatMul",
        "Max",
        "Min",
        "Mod",
        "Mul",
        "Neg",
        "Or",
        "Pow",
        "Range",
        "ReduceMax",
        "ReduceMean",
        "ReduceMin",
        "ReduceSum",
        "ReduceSumSquare",
        "Reshape",
        "Shape",
        "Sigmoid",
        "Sin",
        "Slice",
        "Softmax",
        "Softplus",
        "Sqrt",
        "Squeeze",
        "Sub",
        "TopK",
        "Transpose",
        "Unsqueeze",
        "Where",
    )
)
MAX_NODES = 100_000  # the largest bundled graph has 5,781
_DOMAINS = (b"", b"ai.onnx")
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MAX_VARINT_BYTES = 10
_EXTERNAL = 1  # where the content of a tensor is: in another file

Field = tuple[int, int | memoryview]
Check = Callable[[int | memoryview], None]


class UnknownGraphError(Exception):
    """The graph is broken, or has something that no model of ours has; the text says what."""


def refuse_unknown(content: bytes) -> None:
    """Raises UnknownGraphError unless the graph has only known operators and all its numbers inside itself."""
    nodes = [0]

    def node(part: int | memoryview) -> None:
        nodes[0] += 1
        if nodes[0] > MAX_NODES:
            raise UnknownGraphError("it has too many operators")
        _node(part)

    graph = _message({1: node, 5: _tensor, 15: _never("numbers in an unusual form")})
    operators = _message({1: _domain})
    _message({7: graph, 8: operators, 20: _never("a training part"), 25: _never("its own operators")})(
        memoryview(content)
    )
    if nodes[0] == 0:
        raise UnknownGraphError("it is empty")


def _message(checks: dict[int, Check]) -> Check:
    """A check of a message: of each field with these numbers."""

    def check(part: int | memoryview) -> None:
        for number, content in _fields(_bytes(part)):
            if number in checks:
                checks[number](content)

    return check


def _never(what: str) -> Check:
    def check(_: int | memoryview) -> None:
        raise UnknownGraphError(f"it has {what}")

    return check


def _domain(part: int | memoryview) -> None:
    if bytes(_bytes(part)) not in _DOMAINS:
        raise UnknownGraphError("it has operators of someone else")


def _operator(part: int | memoryview) -> None:
    name = bytes(_bytes(part)).decode("ascii", "replace")
    if name not in KNOWN_OPERATORS:
        raise UnknownGraphError("it has an operator that no model of Almanac has")


def _place(part: int | memoryview) -> None:
    if part == _EXTERNAL:
        raise UnknownGraphError("some of its numbers are in another file")


_tensor = _message({13: _never("numbers in another file"), 14: _place})
_attribute = _message(
    {
        5: _tensor,
        10: _tensor,
        6: _never("a graph inside the graph"),
        11: _never("graphs inside the graph"),
        22: _never("numbers in an unusual form"),
        23: _never("numbers in an unusual form"),
    }
)
_node = _message({4: _operator, 5: _attribute, 7: _domain})


def _bytes(part: int | memoryview) -> memoryview:
    if isinstance(part, int):
        raise UnknownGraphError("it is broken")
    return part


def _fields(message: memoryview) -> Iterator[Field]:
    """Number and content of each field of a message. Raises UnknownGraphError when it is broken."""
    at, end = 0, len(message)
    while at < end:
        key, at = _varint(message, at)
        kind, number = key & 7, key >> 3
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield number, value
        elif kind in (_BYTES, _FIXED32, _FIXED64):
            size, at = _varint(message, at) if kind == _BYTES else (4 if kind == _FIXED32 else 8, at)
            if at + size > end:
                raise UnknownGraphError("it is cut off")
            yield number, message[at : at + size]
            at += size
        else:
            raise UnknownGraphError("it is broken")


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for n, byte in enumerate(message[at : at + _MAX_VARINT_BYTES]):
        value |= (byte & 0x7F) << (7 * n)
        if byte < 0x80:
            return value, at + n + 1
    raise UnknownGraphError("it is cut off")
