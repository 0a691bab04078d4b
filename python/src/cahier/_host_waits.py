"""What makes Python wait in a browser, so that a stop reaches it.

Where the browser has JavaScript Promise Integration, `run_sync` pauses Python until a promise
settles, and the worker goes on to hear messages. Elsewhere what a Scriptlet's `main` awaits runs in
its event loop while the job itself is a task that waits; all else blocks the worker.

Longer than most modules: the ways of waiting share what a stop has to reach.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Coroutine
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import _pyodide_core
import pyodide.ffi
import pyodide.webloop
from pyodide.ffi import JsProxy, can_run_sync, create_proxy, jsnull

from cahier.cell_tracebacks import traceback_text
from cahier.leftover_tasks import cancel_tasks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from contextlib import AsyncExitStack
    from contextvars import Context

    from cahier.host import IdleListener
    from cahier.log import Log

_pause = pyodide.ffi.run_sync
_original_sleep = pyodide.webloop._orig_sleep  # noqa: SLF001 - the other one pauses Python
_at_work: list[JobWaits] = []
# Tasks that did not let themselves be cancelled. Python would run them once more to collect them.
_frozen: list[asyncio.Task[Any]] = []
# Shorter waits leave it to the regular calls to send what was printed.
_NOTICEABLE_SECONDS = 0.05
_MOST_CLEANING_SECONDS = 1.0
_NO_PAUSE = (
    "This has to pause Python, which is not possible here: asyncio.run() and run_sync() need a "
    "browser with JavaScript Promise Integration, such as Chrome, Edge or Firefox, and a function "
    "that was not called by JavaScript. What an async main of a Scriptlet awaits works everywhere."
)
_UNAWAITED = "A task or callback has failed, and nothing awaits it."


class JobWaits:
    """The waits of one job, over the JavaScript object `JobHost`."""

    def __init__(self, host: JsProxy) -> None:
        """Wait through the host."""
        self._host = host
        self._flush: Callable[[], None] = _do_nothing

    def begin(self, log: Log, ends: AsyncExitStack) -> None:
        """Answer for all waits of Python; at the end the tasks that are left are cancelled."""
        self._flush = log.flush
        ends.callback(self._let_go)
        self._outer_loop = asyncio.get_running_loop()
        self._loop = loop = ends.enter_context(_job_loop(self._interrupt_waits))
        _at_work.append(self)
        ends.callback(_at_work.remove, self)
        ends.push_async_callback(self._end_tasks, loop, log)

    def _let_go(self) -> None:
        # Log and loop refer to this: what holds each other would stay with all later jobs.
        self._flush = _do_nothing
        del self._loop, self._outer_loop

    def run_sync(self, awaitable: Awaitable[Any]) -> object:
        """Wait as `pyodide.ffi.run_sync`; a stop cancels what is awaited.

        A task that goes on in spite of that is awaited further, as `asyncio.run` does.
        """
        if not can_run_sync():
            if isinstance(awaitable, Coroutine):
                awaitable.close()
            raise RuntimeError(_NO_PAUSE)
        with self._stoppable(awaitable) as (awaited, wait):
            _paused(wait)
            return awaited.result()

    async def wait_for(self, awaitable: Awaitable[Any]) -> object:
        """Wait as `run_sync`, or where Python cannot be paused as a task of the outer loop."""
        if can_run_sync():
            return self.run_sync(awaitable)
        self._flush()
        with self._stoppable(awaitable) as (awaited, wait):
            try:
                await self._until_done(awaited)
            finally:
                is_stopped = wait.finish()
            if is_stopped:
                raise KeyboardInterrupt
            return awaited.result()

    def sleep(self, seconds: float) -> None:
        """Wait, and raise KeyboardInterrupt if the job is stopped meanwhile."""
        if seconds >= _NOTICEABLE_SECONDS:
            self._flush()
        if can_run_sync():
            if _paused(self._host.startSleep(seconds)) is None:
                raise KeyboardInterrupt
            return
        end = self._host.block(seconds)
        if end == "stopped":
            raise KeyboardInterrupt
        if end == "unable":
            _original_sleep(seconds)

    def call_when_idle(self, listener: IdleListener) -> None:
        """Call this from now on whenever the event loop of the job has nothing to run."""
        self._loop.idle_listener = listener

    def can_ask(self) -> bool:
        """Say whether an answer can be awaited."""
        return can_run_sync() or bool(self._host.canBlockForAnswer())

    def ask(self, prompt: str) -> str | None:
        """Wait for a line; None where the reader closed the input."""
        self._flush()
        if can_run_sync():
            answer = _paused(self._host.startQuestion(prompt))
        else:
            answer = self._host.blockForAnswer(prompt)
        if answer is None:
            raise KeyboardInterrupt
        return None if answer is jsnull else str(answer)

    @contextmanager
    def _stoppable(
        self, awaitable: Awaitable[Any]
    ) -> Iterator[tuple[asyncio.Future[Any], JsProxy]]:
        """Have a stop cancel what is awaited, and raise its KeyboardInterrupt where that ends."""
        awaited = asyncio.ensure_future(awaitable)
        was_stopped = self._host.isStopped()
        cancel = create_proxy(awaited.cancel)
        wait = self._host.startWait(cancel)
        # Only that it is done goes through JavaScript: an exception on its way would be printed.
        awaited.add_done_callback(lambda _: wait.settle(None))
        try:
            yield awaited, wait
        except asyncio.CancelledError:
            if self._host.isStopped() and not was_stopped:
                raise KeyboardInterrupt from None
            raise
        finally:
            cancel.destroy()

    async def _until_done(self, awaited: asyncio.Future[Any]) -> None:
        """Wait in the loop that the job runs in for what is done in the loop of the job."""
        done = self._outer_loop.create_future()

        def end(_awaited: object) -> None:
            if not done.done():
                done.set_result(None)

        awaited.add_done_callback(end)
        await done

    def _interrupt_waits(self) -> None:
        """Pass on a KeyboardInterrupt that has ended no more than a task, if it is the stop's."""
        if self._host.isStopped():
            self._host.endWaits()

    async def _end_tasks(self, loop: asyncio.AbstractEventLoop, log: Log) -> None:
        # Where a stop has left them, it is clear why.
        warn: Callable[[str], None] = log.warn
        if self._host.isStopped():
            warn = _say_nothing
        tasks = cancel_tasks(loop, warn)
        if not tasks:
            return
        self._host.endWaits()
        end = asyncio.wait(tasks, timeout=_MOST_CLEANING_SECONDS)
        if can_run_sync():
            _pause(end)
        else:
            await self._until_done(asyncio.ensure_future(end))
        _frozen.extend(task for task in tasks if not task.done())


class _JobLoop(pyodide.webloop.WebLoop):  # type: ignore[misc] # it has no types
    """The event loop of one job; nothing of it runs any more once the job is over."""

    def __init__(self, interrupt_waits: Callable[[], None]) -> None:
        super().__init__()
        # Both exceptions end the task they come from, whose result is awaited somewhere. Raised
        # further, they would end nothing but be taken for a fault of the worker.
        self._keyboard_interrupt_handler = interrupt_waits
        self._system_exit_handler = lambda _: None
        self.is_over = False
        self.idle_listener: IdleListener | None = None
        self._failure: BaseException | None = None
        self._numbers = itertools.count()
        # What the loop is to call. Those that are cancelled go with whoever holds them.
        self._handles: WeakValueDictionary[int, asyncio.Handle] = WeakValueDictionary()

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: object,
        context: Context | None = None,
    ) -> asyncio.Handle:
        number = next(self._numbers)
        handle: asyncio.Handle = super().call_later(
            delay, self._call, number, callback, *args, context=context
        )
        self._handles[number] = handle
        return handle

    def _call(self, number: int, callback: Callable[..., object], *args: object) -> None:
        if self.is_over:
            return
        try:
            callback(*args)
        finally:
            self._handles.pop(number, None)
            if self._is_idle():
                # Only after this the loop is told that the callback has failed.
                super().call_later(0, self._tell_if_idle)

    def end(self) -> None:
        """Run nothing any more, and let go of what was to be run.

        Timers of JavaScript hold the loop until they are due, and Pyodide holds for ever the one of
        a job that it has paused.
        """
        self.is_over = True
        self.idle_listener = self._failure = None
        self._keyboard_interrupt_handler = _do_nothing
        for handle in [*self._handles.values()]:
            handle.cancel()

    def _is_idle(self) -> bool:
        return self.idle_listener is not None and all(
            handle.cancelled() for handle in self._handles.values()
        )

    def _tell_if_idle(self) -> None:
        if not self.is_over and self.idle_listener is not None and self._is_idle():
            self.idle_listener(self._failure)

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, KeyboardInterrupt) or self.is_over:
            return
        self._failure = error or self._failure
        super().call_exception_handler(context)

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is None:
            super().default_exception_handler(context)
        else:
            sys.stderr.write(f"{_UNAWAITED}\n{traceback_text(error)}")


@contextmanager
def _job_loop(interrupt_waits: Callable[[], None]) -> Iterator[_JobLoop]:
    """Put an event loop in the place of the worker's own."""
    loop_before = asyncio.get_running_loop()
    policy = asyncio.get_event_loop_policy()
    hooks = sys.get_asyncgen_hooks()
    loop = _JobLoop(interrupt_waits)
    policy.set_event_loop(loop)
    try:
        yield loop
    finally:
        loop.end()
        sys.set_asyncgen_hooks(*hooks)
        asyncio.set_event_loop_policy(policy)
        policy.set_event_loop(loop_before)
        asyncio._set_running_loop(loop_before)  # noqa: SLF001 - as Pyodide's own loop does


def _say_nothing(_text: str) -> None:
    pass


def _do_nothing() -> None:
    pass


def _paused(wait: JsProxy) -> object:
    """Pause until the wait settles; a stop that came too late to end it takes effect here."""
    try:
        value: object = _pause(wait.promise)
    finally:
        is_stopped = wait.finish()
    if is_stopped:
        raise KeyboardInterrupt
    return value


def _run_sync(awaitable: Awaitable[Any]) -> object:
    return _at_work[-1].run_sync(awaitable) if _at_work else _pause(awaitable)


_run_sync.__name__ = _run_sync.__qualname__ = "run_sync"
_run_sync.__doc__ = _pause.__doc__
for _module in (_pyodide_core, pyodide.ffi, pyodide.webloop):
    _module.run_sync = _run_sync
