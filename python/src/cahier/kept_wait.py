"""The wait for the end of a block whose `main` has returned `context.keepAlive`."""

from __future__ import annotations

import asyncio
import gc
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, NamedTuple

from cahier.block_task import BlockTask
from cahier.leftover_tasks import pending_tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_NOTHING_LEFT = (
    "main{} returned context.keepAlive, and none of the tasks and timers that it began is left to "
    "call context.done() or context.finish(). {} waits until {} timeout, unless a callback "
    "of JavaScript calls one of them."
)
_LOOKS_UNTIL_WARNING = 2
# Coroutines of these modules are of another cell, or of what runs cells.
_KNOWN_MODULES = ("__main__", "cahier")


class KeptPart(NamedTuple):
    """A block that another one runs: the title of its cell, its module, how deep it runs."""

    title: str
    module_name: str
    depth: int

    def may_go_on_with(self, task: asyncio.Task[Any]) -> bool:
        """Say whether a task that is pending may be of this block; one of a library may be."""
        if isinstance(task, BlockTask):
            return task.depth > self.depth
        name = _module_of(getattr(task.get_coro(), "cr_frame", None))
        return name == self.module_name or not name.startswith(_KNOWN_MODULES)

    def has_raised(self, failure: BaseException) -> bool:
        """Say whether a failure came through the code of this block."""
        frames = walk_tb(failure.__traceback__)
        return any(_module_of(frame) == self.module_name for frame, _ in frames)


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
        self._part: KeptPart | None = None
        self._vain_looks = 0

    async def wait(self, part: KeptPart | None) -> None:
        """Wait for `end`, or raise the failure after which nothing was left.

        Without a `part` this is the block of the job, and all tasks and failures are its own.
        """
        self._end = asyncio.get_running_loop().create_future()
        self._task = asyncio.current_task()
        self._part = part
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
        part = self._part
        others = pending_tasks(loop) - {self._task}
        if any(part is None or part.may_go_on_with(task) for task in others):
            return
        if failure is not None and (part is None or part.has_raised(failure)):
            self._end.set_exception(failure)
            return
        self._vain_looks += 1
        if self._vain_looks == 1:
            # The failure of a task that others look at is told when the task goes.
            gc.collect()
            loop.call_soon(lambda: None)
        elif self._vain_looks == _LOOKS_UNTIL_WARNING:
            self._warn(_note(part))


def _note(part: KeptPart | None) -> str:
    if part is None:
        return _NOTHING_LEFT.format("", "The job", "its")
    return _NOTHING_LEFT.format(f' of the cell "{part.title}"', "It", "the job's")


def _module_of(frame: FrameType | None) -> str:
    return "" if frame is None else str(frame.f_globals.get("__name__"))
