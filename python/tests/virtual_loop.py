"""An event loop under a clock that moves only when all else waits, in Pyodide too."""

from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterator

    from clock import Clock

    from cahier.host import IdleListener


class _WatchedTask(asyncio.Task[Any]):
    """Tells its loop at once of a failure that nothing else waits for, as Pyodide's do."""

    callback_count = 0

    @classmethod
    def create(cls, loop: asyncio.AbstractEventLoop, run: Any, **options: Any) -> _WatchedTask:  # noqa: ANN401 - as asyncio has it
        task = cls(run, loop=loop, **options)
        asyncio.Task.add_done_callback(task, cls._tell_of_failure)
        return task

    def add_done_callback(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as above
        self.callback_count += 1
        super().add_done_callback(*args, **options)

    def _tell_of_failure(self) -> None:
        if self.callback_count == 0 and not self.cancelled() and self.exception() is not None:
            self.get_loop().call_exception_handler({"exception": self.exception()})


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs tasks and timers at once; where nothing is left that could happen it fails."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._selector = self
        # Seconds of this century have no nanoseconds as floats.
        self._clock_resolution = 1e-6
        self._ready: deque[asyncio.Handle]
        self.idle_listener: IdleListener | None = None
        self._failure: BaseException | None = None
        self.set_task_factory(_WatchedTask.create)

    def time(self) -> float:
        return self._clock.seconds

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None and self.idle_listener is not None:
            self.idle_listener(self._failure)
        if timeout is None and not self._ready:
            message = "the script waits for something that never happens"
            raise AssertionError(message)
        self._clock.seconds += timeout or 0
        return []

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        self._failure = context.get("exception") or self._failure
        super().call_exception_handler(context)

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
