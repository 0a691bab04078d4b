"""What the runtime needs of the place it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from array import array
    from collections.abc import Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from numpy.typing import NDArray

    from cahier._wire import JobEvent, Token
    from cahier.log import Log

Buffer: TypeAlias = "bytes | bytearray | memoryview | array[int] | array[float] | NDArray[Any]"
Keep: TypeAlias = "Callable[[Buffer], Token]"
# It is given the last exception of a task or a callback that nothing awaits, if there was one.
IdleListener: TypeAlias = "Callable[[BaseException | None], None]"


class Host(Protocol):
    """The page, or whatever stands for it in a test."""

    def emit(self, event: JobEvent) -> None:
        """Send an event now."""

    def keep(self, buffer: Buffer) -> Token:
        """Copy the bytes of a contiguous buffer out of Python's memory, once."""

    def keep_all(self, buffers: Sequence[Buffer]) -> Token:
        """Copy the bytes of contiguous buffers, one after the other, into one."""

    def keep_file(self, path: str) -> Token:
        """Copy the content of a file, which does not pass through Python's memory.

        Raises:
            OSError: it cannot be read.
        """

    def read_model(self, name: str, start: int, target: memoryview) -> int:
        """Copy bytes of the pickle of a model that the job loads, from a place on, into a buffer.

        Gives how many: fewer than the buffer takes at the end of the pickle alone.

        Raises:
            OSError: it cannot be read.
            MemoryError: the buffer cannot be reached.
        """

    def explain_missing_module(self, name: str) -> str:
        """Say why a top-level module cannot be had, and what can be done."""

    def attend(self, log: Log) -> AbstractAsyncContextManager[object]:
        """Take care of a job from here to there.

        What the log has gathered is sent now and then, whether the script computes or waits. What
        is left in the event loop at the end is cancelled, and never runs again.
        """

    def start_script(self) -> None:
        """Let a stop that is asked for raise KeyboardInterrupt, from here on and only once."""

    def end_script(self) -> None:
        """Let it be raised no more after this. To be called again where it came in between."""

    def is_stopped(self) -> bool:
        """Say whether a stop has raised its KeyboardInterrupt."""

    def sleep(self, seconds: float) -> None:
        """Wait, at least 0 seconds; a stop ends it with its KeyboardInterrupt."""

    def can_ask(self) -> bool:
        """Say whether there is a way to ask the reader for a line."""

    def ask(self, prompt: str) -> str | None:
        """Wait for a line, without a newline at its end; None where the reader closed the input."""

    async def wait_for(self, awaitable: Awaitable[object]) -> object:
        """Run the event loop until this is done and give its result; a stop ends it.

        Where Python can be paused, this coroutine itself never waits.
        """

    def call_when_idle(self, listener: IdleListener) -> None:
        """Call this from now on whenever the event loop of the job has nothing to run.

        No callback waits in it then, and no timer; what tasks await is of JavaScript, or never
        happens.
        """
