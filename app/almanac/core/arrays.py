"""Array types that every package shares, so that a signature says what its arrays hold. Docstrings give the shapes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Timestamps = NDArray[np.datetime64]


def end_to_end(parts: Sequence[Floats]) -> Floats:
    """Arrays as one, float64 [sum of their lengths]: without a copy where they are the rows of one array, in order."""
    whole = parts[0].base
    if whole is None or whole.size != sum(map(len, parts)) or not whole.flags.c_contiguous:
        return parts[0] if len(parts) == 1 else np.concatenate(parts)
    place = whole.ctypes.data
    for part in parts:
        if part.base is not whole or part.ctypes.data != place or not part.flags.c_contiguous:
            return np.concatenate(parts)
        place += part.nbytes
    joined: Floats = whole.reshape(-1)
    return joined
