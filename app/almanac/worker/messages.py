"""What the window and its worker say to each other: length-prefixed pickles over the worker's own pipes.

Both ends are the same installed program and the pipe is private to them, so pickle reads nothing foreign.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from almanac.core.jobs import Progress
from almanac.core.problems import Problem

Name = Literal[
    "check",
    "preview",
    "excerpt",
    "forecast",
    "explain",
    "sample_paths",
    "models",
    "pin_model",
    "rollback",
    "compare_models",
    "export",
    "place",
]
_HEADER = struct.Struct(">Q")


@dataclass(frozen=True)
class Start:
    """Run the workflow job called ``name`` with these arguments."""

    name: Name
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Stop:
    """Stop at the next opportunity and keep what is finished."""


@dataclass(frozen=True)
class Advanced:
    progress: Progress


@dataclass(frozen=True)
class Finished:
    result: Any


@dataclass(frozen=True)
class WasStopped:
    """The job stopped with nothing to keep."""


@dataclass(frozen=True)
class MetProblem:
    problem: Problem


@dataclass(frozen=True)
class MetBug:
    """Something no one foresaw; ``details`` is the traceback."""

    details: str


Message = Start | Stop | Advanced | Finished | WasStopped | MetProblem | MetBug


def packed(message: Message) -> bytes:
    """One message as bytes."""
    body = pickle.dumps(message, protocol=5)
    return _HEADER.pack(len(body)) + body


def received(stream: BinaryIO) -> Message | None:
    """The next message of a blocking stream; None when the other side has gone."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    (size,) = _HEADER.unpack(header)
    body = stream.read(size)
    if len(body) < size:
        return None
    message: Message = pickle.loads(body)
    return message


class Inbox:
    """Cuts a stream that arrives in arbitrary pieces into messages."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def take(self, piece: bytes) -> list[Message]:
        """The messages that this piece completes."""
        self._pieces += piece
        messages: list[Message] = []
        while len(self._pieces) >= _HEADER.size:
            (size,) = _HEADER.unpack_from(self._pieces)
            end = _HEADER.size + size
            if len(self._pieces) < end:
                break
            messages.append(pickle.loads(memoryview(self._pieces)[_HEADER.size : end].tobytes()))
            del self._pieces[:end]
        return messages
