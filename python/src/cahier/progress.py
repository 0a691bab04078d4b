"""Throttles what a job says of its progress."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PERIOD_SECONDS = 0.3
# To read the clock takes several times as long as all the rest of a call: where calls come quickly,
# so many of them do without. They are few, as the next ones may come slowly, each after compiled
# code in which nobody looks.
_QUICK_SECONDS = 0.005
_MOST_SKIPS = 16
_NO_PROGRESS = "report_progress(progress) takes a number from 0 to 100, not {}."


class Throttle:
    """Lets one value pass a period of 0.3 s, always the last, in order.

    The first call passes at once and starts a period. At the end of each period the last value that
    came within it passes and starts the next; where none came, the next call is a first one again.
    Whoever owns this calls `look` now and then, as Python may compute without its event loop.
    """

    def __init__(self, send: Callable[[float], None], now: Callable[[], float]) -> None:
        """Pass values to `send`; `now` gives seconds."""
        self._send = send
        self._now = now
        self._start = self._end_of_period = float("-inf")
        self._waiting: float | None = None
        self._last_reading = float("-inf")
        self._skips = 0
        self._is_busy = False
        self._is_closed = False

    def take(self, progress: object) -> None:
        """Take a progress; scripts call this in their innermost loops.

        Raises:
            TypeError: it is no number.
        """
        kind = type(progress)
        if (kind is float or kind is int) and progress == progress:  # noqa: PLR0124 - NaN
            # From here to `return` nothing is called, and so no regular look comes in between.
            if self._skips:
                self._skips -= 1
                self._waiting = progress  # type: ignore[assignment] # it is a number
                return
            now = self._now()
            if self._waiting is not None and self._start <= now < self._end_of_period:
                self._waiting = progress  # type: ignore[assignment] # as above
                if 0 <= now - self._last_reading < _QUICK_SECONDS:
                    self._skips = _MOST_SKIPS
                self._last_reading = now
                return
        value = percent_of(progress)
        # A regular look that comes in between would see half of this.
        self._is_busy = True
        try:
            self._take(value, self._now())
        finally:
            self._is_busy = False

    def look(self) -> None:
        """Let the last value pass if its period is over."""
        if self._waiting is None or self._is_busy or self._is_closed:
            return
        now = self._now()
        if self._is_due(now):
            self._pass(self._waiting, now)

    def close(self) -> None:
        """Let the last value pass in any case."""
        self._is_closed = True
        if self._waiting is not None:
            self._pass(self._waiting, self._now())

    def _take(self, value: float, now: float) -> None:
        if self._is_due(now):
            if self._waiting is None:
                self._pass(value, now)
                return
            self._pass(self._waiting, now)
        if self._waiting is None:
            self._look_later(now)
        self._waiting = value

    def _pass(self, value: float, now: float) -> None:
        self._start = now
        self._end_of_period = now + _PERIOD_SECONDS
        self._waiting = None
        self._skips = 0
        self._send(percent_of(value))

    def _is_due(self, now: float) -> bool:
        # Clocks are set back as well.
        return not self._start <= now < self._end_of_period

    def _look_later(self, now: float) -> None:
        """Have the event loop look when the period is over, if there is one."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        loop.call_later(self._end_of_period - now, self._end, self._start)

    def _end(self, start: float) -> None:
        """Let the last value of the period that began then pass; clocks are not exact enough."""
        is_same = self._start == start
        if is_same and self._waiting is not None and not self._is_busy and not self._is_closed:
            self._pass(self._waiting, self._now())


def percent_of(progress: object) -> float:
    """Give the percentage of a progress, 0 to 100; what lies beyond is taken as the nearer end.

    Raises:
        TypeError: it is no number, or NaN.
    """
    if isinstance(progress, (int, float)):
        # A giant integer is no float.
        number = float(min(max(progress, 0), 100)) if progress == progress else math.nan  # noqa: PLR0124 - NaN
    elif hasattr(progress, "__float__"):
        number = min(max(float(progress), 0.0), 100.0)
    else:
        raise TypeError(_NO_PROGRESS.format(type(progress).__name__))
    if math.isnan(number):
        raise TypeError(_NO_PROGRESS.format("NaN"))
    return number
