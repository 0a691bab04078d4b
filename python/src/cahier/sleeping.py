"""`time.sleep` of a job, which a stop ends at once and which leaves the processor alone."""

from __future__ import annotations

import functools
import math
import operator
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, SupportsIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_original_sleep = time.sleep
_MOST_SECONDS = 2**63 / 10**9
# The way of waiting of the job that runs, if any: libraries keep the function that they imported.
_waits: list[Callable[[float], None]] = []


@contextmanager
def sleeping_by(wait: Callable[[float], None]) -> Iterator[None]:
    """Let `time.sleep` wait through `wait`, which takes seconds."""
    before = time.sleep
    _waits.append(wait)
    time.sleep = sleep  # type: ignore[assignment] # which says less of its argument
    try:
        yield
    finally:
        time.sleep = before
        _waits.remove(wait)


@functools.wraps(_original_sleep)
def sleep(seconds: SupportsIndex | float, /) -> None:  # noqa: D103 - it has that of time.sleep
    checked = _checked(seconds)
    if _waits:
        _waits[-1](checked)
    else:
        _original_sleep(checked)


def _checked(seconds: SupportsIndex | float) -> float:
    """Give the seconds as a float.

    Raises:
        TypeError, ValueError, OverflowError: as `time.sleep` has them.
    """
    if isinstance(seconds, float):
        if math.isnan(seconds):
            message = "Invalid value NaN (not a number)"
            raise ValueError(message)
    else:
        seconds = operator.index(seconds)
    if abs(seconds) >= _MOST_SECONDS:
        message = "timestamp too large to convert to C PyTime_t"
        raise OverflowError(message)
    if seconds < 0:
        message = "sleep length must be non-negative"
        raise ValueError(message)
    return float(seconds)
