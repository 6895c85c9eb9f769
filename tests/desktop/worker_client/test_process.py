"""The pipe to a worker that has ended."""

from __future__ import annotations

import os

import pytest

from almanac.desktop.worker_client.process import WorkerProcess


@pytest.mark.parametrize("size", [1, 100, 1 << 13, 1 << 20])
def test_what_can_no_longer_be_written_is_dropped(size: int) -> None:
    """Bytes that stay in the buffer are written once more when the pipe is closed."""
    reading, writing = os.pipe()
    os.close(reading)
    process = WorkerProcess()
    process.send(bytes(size))
    pipe = os.fdopen(writing, "wb")
    process._write(pipe)
    assert pipe.closed
