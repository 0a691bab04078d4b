"""The page as seen from Python: the only file that knows JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from js import Object, Uint8Array
from pyodide.ffi import JsProxy, jsnull, to_js

if TYPE_CHECKING:
    from cahier._wire import JobEvent, JobRequest, Token
    from cahier.host import Buffer


class BrowserHost:
    """A host over the JavaScript object `{emit(event), explainMissingModule(name)}`."""

    def __init__(self, host: JsProxy) -> None:
        """Wrap the object that the worker gives."""
        self._host = host

    def emit(self, event: JobEvent) -> None:
        """Call `emit` with the event as a plain object; kept buffers are its Uint8Arrays."""
        self._host.emit(
            to_js(_with_nulls(event), dict_converter=Object.fromEntries, create_pyproxies=False)
        )

    def keep(self, buffer: Buffer) -> Token:
        """Copy a contiguous buffer into a Uint8Array with an ArrayBuffer of its own."""
        view = memoryview(buffer)  # type: ignore[arg-type] # numpy's arrays are buffers
        return to_js(view.cast("B")) if view.nbytes else Uint8Array.new(0)

    def explain_missing_module(self, name: str) -> str:
        """Call `explainMissingModule`, which returns a text."""
        return str(self._host.explainMissingModule(name))


def read_request(request: JsProxy) -> JobRequest:
    """Turn the request object into dicts."""
    plain: JobRequest = request.to_py()
    return plain


def _with_nulls(value: object) -> object:
    """Put `null` for None, which would arrive as `undefined`."""
    if value is None:
        return jsnull
    if isinstance(value, dict):
        return {key: _with_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_nulls(item) for item in value]
    return value
