"""A thin layer over spox, so that the graph reads like array code."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import spox.opset.ai.onnx.v18 as op
from spox import Var

EPS = 1e-6


@contextmanager
def array_code() -> Iterator[None]:
    """Let ``+ - * /`` on graph values write operations. (spox plans to move this to another library and warns until
    then.)"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from spox._future import operator_overloading

        with operator_overloading(op):
            yield


def const(value: object, dtype: type = np.float32) -> Var:
    """A constant of the graph."""
    return op.const(np.asarray(value, dtype=dtype))


def ints(*values: int) -> Var:
    """A constant int64 vector."""
    return op.const(np.array(values, dtype=np.int64))


def total(x: Var, axis: int = 1) -> Var:
    """Sum along an axis, which is kept."""
    return op.reduce_sum(x, ints(axis), keepdims=1)


def mean(x: Var, axis: int = 1) -> Var:
    """Mean along an axis, which is kept."""
    return op.reduce_mean(x, ints(axis), keepdims=1)


def largest(x: Var, axis: int = 1) -> Var:
    """Maximum along an axis, which is kept."""
    return op.reduce_max(x, ints(axis), keepdims=1)


def smallest(x: Var, axis: int = 1) -> Var:
    """Minimum along an axis, which is kept."""
    return op.reduce_min(x, ints(axis), keepdims=1)


def at_least(x: Var, low: float) -> Var:
    """``x``, but not below ``low``."""
    return op.max([x, const(low)])


def between(x: Var, low: float, high: float) -> Var:
    """``x`` clipped to ``low`` … ``high``."""
    return op.clip(x, const(low), const(high))


def squash(x: Var) -> Var:
    """Compress large values, as asinh would, with plain arithmetic that the processor does eight at a time."""
    return x / (const(1.0) + op.abs(x) * const(0.125))


def softplus(x: Var) -> Var:
    """The logarithm of 1 + exp(x), by operations that the processor does eight at a time."""
    return op.max([x, const(0.0)]) + op.log(const(1.0) + op.exp(op.neg(op.abs(x))))


def number(flag: Var) -> Var:
    """Cast to float32."""
    return op.cast(flag, to=np.float32)


def whole(x: Var) -> Var:
    """Cast to int64."""
    return op.cast(x, to=np.int64)


def finite(x: Var) -> Var:
    """``x`` with 0 in place of NaN and infinity."""
    return op.where(op.or_(op.isnan(x), op.isinf(x)), const(0.0), x)


def dim(x: Var, axis: int) -> Var:
    """Length of one axis: int64 [1]."""
    return op.shape(x, start=axis, end=axis + 1)


def part(x: Var, start: Var | int, stop: Var | int, axis: int = 1) -> Var:
    """x[..., start:stop, ...] with fixed or computed ends."""
    ends = [e if isinstance(e, Var) else ints(e) for e in (start, stop)]
    return op.slice(x, ends[0], ends[1], ints(axis))


def last(x: Var, count: Var | int, axis: int = 1) -> Var:
    """The last ``count`` entries."""
    start = op.neg(count) if isinstance(count, Var) else ints(-count)
    return op.slice(x, start, ints(2**31 - 1), ints(axis))


def upto(count: Var) -> Var:
    """0, 1, … count - 1 (int64)."""
    return op.range(op.const(np.int64(0)), op.squeeze(count), op.const(np.int64(1)))


def extra(x: Var, *axes: int) -> Var:
    """``x`` with new axes of length 1."""
    return op.unsqueeze(x, ints(*axes))


def joined(parts: Sequence[Var], axis: int = 1) -> Var:
    """The parts concatenated along an axis."""
    return op.concat(list(parts), axis=axis)


def weighted(x: Var, w: Var) -> Var:
    """Weighted mean along axis 1, which is kept."""
    return total(x * w) / (total(w) + const(EPS))
