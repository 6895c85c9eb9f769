"""Messages between the window and its worker: length-prefixed pickles over the worker's own pipes.

Both ends are the same installed program and the pipe is private to them. Even so, a message is made only of what jobs
take and return: a pickle that names anything else is refused before it can do anything.
"""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from almanac.core.jobs import Progress
from almanac.core.problems import Problem

if TYPE_CHECKING:
    from almanac.workflow.use_cases import UseCaseName

_HEADER = struct.Struct(">Q")  # the length of the body in bytes


@dataclass(frozen=True)
class StartJob:
    """Asks the worker to run the use case called ``name`` with these arguments."""

    name: UseCaseName
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class CancelJob:
    """Asks the worker to stop at the next opportunity and to keep what is finished."""


@dataclass(frozen=True)
class JobProgress:
    """Says how far the job is."""

    progress: Progress


@dataclass(frozen=True)
class JobFinished:
    """Carries the result of a job, whole or cut short by ``CancelJob``."""

    result: Any


@dataclass(frozen=True)
class JobCancelled:
    """Says that the job was cancelled before it had a result worth keeping."""


@dataclass(frozen=True)
class JobFailed:
    """Carries the Problem that ended the job."""

    problem: Problem


@dataclass(frozen=True)
class JobCrashed:
    """Says that an unexpected exception ended the job; ``details`` says where, see ``core.system.logs.describe``."""

    details: str


Message = StartJob | CancelJob | JobProgress | JobFinished | JobCancelled | JobFailed | JobCrashed


# What messages are made of, besides our own classes.
_PATHS = {"Path", "PosixPath", "PurePath", "WindowsPath"}
_KNOWN = {
    "builtins": {"complex", "frozenset", "range", "set", "slice"},
    "collections": {"OrderedDict"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "pathlib": _PATHS,
    "pathlib._local": _PATHS,  # what Python 3.13 calls it
    "numpy": {"dtype", "ndarray"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.numeric": {"_frombuffer"},
}


class _Reader(pickle.Unpickler):
    """Reads what a message may be made of. Raises ``pickle.UnpicklingError`` for everything else."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if self._is_known(module, name) else None
        if found is None or (module not in _KNOWN and not isinstance(found, type)):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a message")
        return found

    @staticmethod
    def _is_known(module: str, name: str) -> bool:
        return name in _KNOWN.get(module, ()) or (module.startswith("almanac.") and "." not in name)


def encode(message: Message) -> bytes:
    """Turn one message into bytes: its length (8 bytes, big-endian), then the pickle."""
    body = pickle.dumps(message, protocol=5)
    return _HEADER.pack(len(body)) + body


def read_message(stream: BinaryIO) -> Message | None:
    """Read the next message of a blocking stream; None when the other side has closed it."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    (size,) = _HEADER.unpack(header)
    body = stream.read(size)
    if len(body) < size:
        return None
    return _read(body)


class MessageBuffer:
    """Puts messages together again from a stream that arrives in arbitrary pieces."""

    def __init__(self) -> None:
        self._received = bytearray()

    def feed(self, piece: bytes) -> list[Message]:
        """Add a piece of the stream and return the messages that it completes."""
        self._received += piece
        messages: list[Message] = []
        while len(self._received) >= _HEADER.size:
            (size,) = _HEADER.unpack_from(self._received)
            end = _HEADER.size + size
            if len(self._received) < end:
                break
            messages.append(_read(memoryview(self._received)[_HEADER.size : end].tobytes()))
            del self._received[:end]
        return messages


def _read(body: bytes) -> Message:
    message: Message = _Reader(io.BytesIO(body)).load()
    return message
