"""The wait for the end of a block whose `main` has returned `context.keepAlive`."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from cahier.leftover_tasks import pending_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

_NOTHING_LEFT = (
    "main returned context.keepAlive, and none of the tasks and timers that it began is left to "
    "call context.done() or context.finish(). The job waits until its timeout, unless a callback "
    "of JavaScript calls one of them."
)
_LOOKS_UNTIL_WARNING = 2


class KeptWait:
    """Waits until the block is finished, or until its tasks have failed and none is left.

    In the browser there are no threads: where the event loop has nothing to run and no task waits,
    only JavaScript could still call the script, which few scripts have it do.
    """

    def __init__(self, warn: Callable[[str], None]) -> None:
        """Tell through `warn`, once, that nothing is left."""
        self._warn = warn
        self._end: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._vain_looks = 0

    async def wait(self) -> None:
        """Wait for `end`, or raise the failure after which nothing was left."""
        self._end = asyncio.get_running_loop().create_future()
        self._task = asyncio.current_task()
        await self._end

    def end(self) -> None:
        """End the wait, if there is one."""
        if self._end is not None and not self._end.done():
            self._end.set_result(None)

    def look(self, failure: BaseException | None) -> None:
        """Look whether anything goes on; to be called when the event loop has nothing to run.

        `failure` is the last one of a task or callback that nothing awaits.
        """
        if self._end is None or self._end.done():
            return
        loop = self._end.get_loop()
        if pending_tasks(loop) - {self._task}:
            return
        if failure is not None:
            self._end.set_exception(failure)
            return
        self._vain_looks += 1
        if self._vain_looks == 1:
            # The failure of a task that others look at is told when the task goes.
            gc.collect()
            loop.call_soon(lambda: None)
        elif self._vain_looks == _LOOKS_UNTIL_WARNING:
            self._warn(_NOTHING_LEFT)
