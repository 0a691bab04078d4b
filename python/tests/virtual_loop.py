"""An event loop under a clock that moves only when all else waits, in Pyodide too."""

from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clock import Clock


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs tasks and timers at once; where nothing is left that could happen it fails."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._selector = self
        # Seconds of this century have no nanoseconds as floats.
        self._clock_resolution = 1e-6

    def time(self) -> float:
        return self._clock.seconds

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            message = "the script waits for something that never happens"
            raise AssertionError(message)
        self._clock.seconds += timeout
        return []

    def _process_events(self, _events: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


@contextmanager
def virtual_loop(clock: Clock) -> Iterator[VirtualLoop]:
    """Put such a loop in the place of the one that runs, if one does."""
    running = asyncio._get_running_loop()  # noqa: SLF001 - the only way to look without an error
    hooks = sys.get_asyncgen_hooks()
    policy = asyncio.get_event_loop_policy()
    loop = VirtualLoop(clock)
    asyncio._set_running_loop(None)  # noqa: SLF001 - that of Pyodide always runs
    try:
        yield loop
    finally:
        sys.set_asyncgen_hooks(*hooks)
        loop.close()
        asyncio.set_event_loop_policy(policy)
        asyncio._set_running_loop(running)  # noqa: SLF001 - as above
