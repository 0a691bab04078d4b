"""The page as seen from Python: beside `_host_*.py` the only file that knows JavaScript.

A snapshot of Python's memory holds this module, but cannot hold objects of JavaScript: those are
imported when a job begins.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from pyodide.ffi import JsException, JsProxy, create_proxy, jsnull, to_js

from cahier._host_waits import JobWaits
from cahier.library_imports import is_importing_library

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from pyodide.ffi import JsBuffer

    from cahier._wire import JobEvent, JobRequest, Token
    from cahier.host import Buffer, IdleListener
    from cahier.log import Log


class BrowserHost:
    """A host over the JavaScript object `JobHost`."""

    def __init__(self, host: JsProxy) -> None:
        """Wrap the object that the worker gives."""
        from js import Object, Uint8Array  # noqa: PLC0415 - see above
        from pyodide_js import FS  # noqa: PLC0415 - see above

        self._to_object = Object.fromEntries
        self._uint8_array = Uint8Array
        self._files = FS
        self._host = host
        self._waits = JobWaits(host)

    def emit(self, event: JobEvent) -> None:
        """Call `emit` with the event as a plain object; kept buffers are its Uint8Arrays."""
        self._host.emit(
            to_js(_with_nulls(event), dict_converter=self._to_object, create_pyproxies=False)
        )

    def keep(self, buffer: Buffer) -> Token:
        """Copy a contiguous buffer into a Uint8Array with an ArrayBuffer of its own."""
        view = memoryview(buffer)  # type: ignore[arg-type] # numpy's arrays are buffers
        return to_js(view.cast("B")) if view.nbytes else self._uint8_array.new(0)

    def keep_all(self, buffers: Sequence[Buffer]) -> Token:
        """Copy contiguous buffers into one Uint8Array, each once."""
        views = [memoryview(buffer).cast("B") for buffer in buffers if len(buffer)]  # type: ignore[arg-type] # as above
        kept = self._uint8_array.new(sum(map(len, views)))
        place = 0
        for view in views:
            kept.subarray(place, place + len(view)).assign(view)
            place += len(view)
        return kept

    def keep_file(self, path: str) -> Token:
        """Have the file system of Pyodide copy the content into a Uint8Array."""
        with open(path, "rb"):  # noqa: PTH123 - it says what is wrong in the words of Python
            pass
        return self._files.readFile(path)

    def read_model(self, name: str, start: int, target: memoryview) -> int:
        """Call `readModel`, which reads a part of the pickle, and copy that into the buffer."""
        try:
            part = self._host.readModel(name, start, len(target))
        except JsException as error:
            raise OSError(error.message) from None
        count: int = part.length
        try:
            part.assign_to(target[:count])
        except JsException as error:
            # Pyodide copies from JavaScript into the first 2 GB of Python's memory alone.
            raise MemoryError(error.message) from None
        return count

    def explain_missing_module(self, name: str) -> str:
        """Call `explainMissingModule`, which returns a text."""
        return str(self._host.explainMissingModule(name))

    def attend(self, log: Log) -> AsyncExitStack:
        """Give the job an event loop of its own, and have `log.flush_if_idle` called regularly."""
        ends = AsyncExitStack()
        calls = create_proxy(log.flush_if_idle), create_proxy(lambda: not is_importing_library())
        for call in calls:
            ends.callback(call.destroy)
        self._host.startJob(*calls)
        ends.callback(self._host.endJob)
        self._waits.begin(log, ends)
        return ends

    def start_script(self) -> None:
        """Call `startScript`, which says whether the stop was asked for already."""
        if self._host.startScript():
            raise KeyboardInterrupt

    def end_script(self) -> None:
        """Call `endScript`, which says whether a stop had to wait until now."""
        if self._host.endScript():
            raise KeyboardInterrupt

    def is_stopped(self) -> bool:
        """Ask whether the stop has raised its KeyboardInterrupt."""
        return bool(self._host.isStopped())

    def sleep(self, seconds: float) -> None:
        """Wait for a promise where Python can be paused; else block the worker."""
        self._waits.sleep(seconds)

    async def wait_for(self, awaitable: Awaitable[object]) -> object:
        """Pause Python; where it cannot be paused, wait as a task of the worker's own loop."""
        return await self._waits.wait_for(awaitable)

    def call_when_idle(self, listener: IdleListener) -> None:
        """Have the event loop of the job call it."""
        self._waits.call_when_idle(listener)

    def can_ask(self) -> bool:
        """Say whether Python can be paused, or the worker be blocked until there is an answer."""
        return self._waits.can_ask()

    def ask(self, prompt: str) -> str | None:
        """Wait as `sleep` does."""
        return self._waits.ask(prompt)


class PageBytes:
    """Bytes that stay in the page's memory until Python takes them: a buffer, copied when asked."""

    def __init__(self, content: JsBuffer) -> None:
        """Take a Uint8Array."""
        self._content = content

    def __buffer__(self, flags: int, /) -> memoryview:
        """Copy them into memory of their own."""
        view: memoryview = self._content.to_memoryview()
        return view

    def copy_into(self, target: memoryview) -> None:
        """Copy them to where they are wanted: as many bytes as the target has."""
        self._content.assign_to(target)


def read_request(request: JsProxy) -> JobRequest:
    """Turn the request object into dicts; buffers are memoryviews or PageBytes, `null` is None."""
    plain: JobRequest = _without_nulls(request.to_py())
    return plain


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - any part of a request
    """Put None for `null`, which arrives as a value of its own."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if value is jsnull:
        return None
    # Of all that a request has, only a `HeldBytes` is not converted.
    return PageBytes(value.bytes) if isinstance(value, JsProxy) else value


def _with_nulls(value: object) -> object:
    """Put `null` for None, which would arrive as `undefined`."""
    if value is None:
        return jsnull
    if isinstance(value, dict):
        return {key: _with_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_nulls(item) for item in value]
    return value
