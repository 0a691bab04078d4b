"""Requests to other hosts, by what the browser has for them.

The worker has put its own `XMLHttpRequest` and `fetch` in the place of the browser's: they ask the
network's policy, and the reader, before anything is sent.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pyodide.ffi import JsException, jsnull, to_js

from cahier.http_requests import (
    HttpAnswer,
    HttpRequest,
    NoAnswerError,
    SlowAnswerError,
    StreamedAnswer,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


def send(request: HttpRequest) -> HttpAnswer:
    """Send a request and block the worker until its answer is there.

    Raises:
        NoAnswerError: there is none; its message says why.
        SlowAnswerError: it did not come in time.
    """
    from js import XMLHttpRequest  # noqa: PLC0415 - a snapshot holds no objects of JavaScript

    exchange = XMLHttpRequest.new()
    exchange.open(request.method, request.url, False)  # noqa: FBT003 - JavaScript has no names
    exchange.responseType = "arraybuffer"
    if request.timeout_seconds is not None:
        exchange.timeout = _milliseconds(request.timeout_seconds)
    for name, value in request.headers:
        exchange.setRequestHeader(name, value)
    try:
        exchange.send(_body(request))
    except JsException as error:
        raise _error(error) from None
    lines = str(exchange.getAllResponseHeaders()).splitlines()
    pairs = [line.partition(": ") for line in lines]
    headers = [(name, value) for name, _, value in pairs]
    content = exchange.response.to_bytes() if exchange.response else b""
    return HttpAnswer(exchange.status, exchange.statusText, headers, content)


async def send_and_wait(request: HttpRequest) -> StreamedAnswer:
    """Send a request and wait for the beginning of its answer; whoever waits may be cancelled.

    Raises:
        NoAnswerError, SlowAnswerError: as `send` does.
    """
    from js import AbortController, Headers, fetch  # noqa: PLC0415 - as above

    controller = AbortController.new()
    try:
        response = await asyncio.wait_for(
            fetch(
                request.url,
                method=request.method,
                headers=Headers.new(to_js([list(pair) for pair in request.headers])),
                body=_body(request),
                signal=controller.signal,
            ),
            request.timeout_seconds,
        )
    except JsException as error:
        raise _error(error) from None
    except TimeoutError:
        controller.abort()
        raise SlowAnswerError from None
    except asyncio.CancelledError:
        controller.abort()
        raise
    headers = [(str(pair[0]), str(pair[1])) for pair in response.headers]
    return StreamedAnswer(response.status, response.statusText, headers, _parts(response.body))


async def _parts(body: Any) -> AsyncGenerator[bytes, None]:  # noqa: ANN401 - a stream of JavaScript
    if body is None or body is jsnull:
        return
    reader = body.getReader()
    try:
        while not (part := await reader.read()).done:
            yield part.value.to_bytes()
    except JsException as error:
        raise _error(error) from None
    finally:
        # Nothing of what was read to its end is left to cancel.
        await reader.cancel()


def _body(request: HttpRequest) -> object:
    return to_js(memoryview(request.content)) if request.content else None


def _milliseconds(seconds: float) -> int:
    # 0 would mean that there is no limit.
    return max(1, round(seconds * 1_000))


def _error(error: JsException) -> NoAnswerError | SlowAnswerError:
    if error.name == "TimeoutError":
        return SlowAnswerError()
    return NoAnswerError(str(error.message))
