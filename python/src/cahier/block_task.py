"""The task that runs a block for another one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oocana.blocks import BlockExecuteException

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator


@dataclass
class BlockEnd:
    """How the run of a block ended: why it failed, if it did, and whether a script was told."""

    failure: str | None = None
    is_heard: bool = False


class BlockTask(asyncio.Task[None]):
    """A task that knows whether its end was awaited or asked for.

    Its failure counts as retrieved, so that the event loop does not print it whole; whoever makes
    the task looks at `end`.
    """

    def __init__(
        self, run: Coroutine[Any, Any, None], loop: asyncio.AbstractEventLoop, depth: int
    ) -> None:
        """Run this on the loop; `depth` is how many blocks run one another, this one included."""
        super().__init__(run, loop=loop)
        self.depth = depth
        self.end = BlockEnd()
        self.add_done_callback(self._note_failure)

    def __await__(self) -> Generator[Any, None, None]:
        """Wait for the end."""
        self.end.is_heard = True
        return super().__await__()

    def result(self) -> None:
        """Give None, or raise the failure."""
        self.end.is_heard |= self.done()
        super().result()

    def exception(self) -> BaseException | None:
        """Give the failure, or None."""
        self.end.is_heard |= self.done()
        return super().exception()

    def _note_failure(self, _: asyncio.Task[None]) -> None:
        error = None if self.cancelled() else super().exception()
        if isinstance(error, BlockExecuteException):
            self.end.failure = error.message
