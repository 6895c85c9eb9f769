"""Array types that every package shares, so that a signature says what its arrays hold. Docstrings give the shapes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Timestamps = NDArray[np.datetime64]
