"""The way of httpx to the browser, with a stand-in for httpx and for the browser."""

from __future__ import annotations

import importlib
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest import mock

from cahier.http_requests import (
    HttpAnswer,
    HttpRequest,
    NoAnswerError,
    SlowAnswerError,
    StreamedAnswer,
)
from cahier.httpx_bridge import _Finder, bridge

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Coroutine

STANDARD: dict[str, float | None] = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}


class ConnectError(Exception):
    def __init__(self, message: str, *, request: object) -> None:
        super().__init__(message)
        self.request = request


class ReadTimeout(ConnectError):  # noqa: N818 - httpx calls it so
    pass


class Client:
    def __init__(self, *, timeout: object = SimpleNamespace(**STANDARD)) -> None:
        pass


class Request:
    """A request of httpx, as far as transports look at it."""

    method = "POST"
    url = "https://example.org/a?b=c"

    def __init__(self, timeout: dict[str, float | None] | None = None) -> None:
        pairs = [("Host", "example.org"), ("User-Agent", "httpx"), ("X-Key", "1"), ("X-Key", "2")]
        self.headers = SimpleNamespace(multi_items=lambda: pairs)
        self.extensions = {} if timeout is None else {"timeout": timeout}

    def read(self) -> bytes:
        return b"sent"

    async def aread(self) -> bytes:
        return b"sent"


def make_httpx() -> Any:  # noqa: ANN401 - stands in for a module
    """Make what of httpx the bridge touches, anew for each test."""
    return SimpleNamespace(
        AsyncByteStream=object,
        AsyncHTTPTransport=type("AsyncHTTPTransport", (), {}),
        ConnectError=ConnectError,
        HTTPTransport=type("HTTPTransport", (), {}),
        ReadTimeout=ReadTimeout,
        Response=SimpleNamespace,
        Client=Client,
    )


class Browser:
    """Answers with what it is given, and notes what it was asked."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.asked: list[HttpRequest] = []
        self.failure = failure

    def send(self, request: HttpRequest) -> HttpAnswer:
        self._note(request)
        headers = [("content-type", "text/plain"), ("Content-Encoding", "gzip")]
        return HttpAnswer(404, "Not Found", headers, b"got")

    async def send_and_wait(self, request: HttpRequest) -> StreamedAnswer:
        self._note(request)
        return StreamedAnswer(200, "", [("a", "1"), ("a", "2")], self._parts())

    def _note(self, request: HttpRequest) -> None:
        self.asked.append(request)
        if self.failure:
            raise self.failure

    async def _parts(self) -> AsyncGenerator[bytes, None]:
        yield b"go"
        yield b"t"


def bridged(browser: Browser) -> Any:  # noqa: ANN401 - as above
    """Make it, bridged."""
    httpx = make_httpx()
    bridge(httpx, browser.send, browser.send_and_wait)
    return httpx


def finish(coroutine: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever it returns
    """Run what awaits nothing that is not there, which no event loop is needed for."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    message = "it waits for something"
    raise AssertionError(message)


class HttpxBridge(unittest.TestCase):
    def test_sends_what_a_client_asks_for_without_what_is_the_browsers_own(self) -> None:
        browser = Browser()
        httpx = bridged(browser)
        with httpx.HTTPTransport(verify=False, limits=None) as transport:
            answer = transport.handle_request(Request(STANDARD))
        headers = [("X-Key", "1"), ("X-Key", "2")]
        expected = HttpRequest("POST", "https://example.org/a?b=c", headers, b"sent", None)
        self.assertEqual(browser.asked, [expected])
        self.assertEqual(
            vars(answer),
            {
                "status_code": 404,
                "headers": [("content-type", "text/plain")],
                "extensions": {"reason_phrase": b"Not Found"},
                "content": b"got",
            },
        )

    def test_hands_an_answer_on_in_parts_to_a_client_that_waits(self) -> None:
        httpx = bridged(Browser())

        async def ask() -> tuple[object, list[bytes]]:
            async with httpx.AsyncHTTPTransport() as transport:
                answer = await transport.handle_async_request(Request())
            parts = [part async for part in answer.stream]
            await answer.stream.aclose()
            return (answer.status_code, answer.headers, answer.extensions), parts

        self.assertEqual(finish(ask()), ((200, [("a", "1"), ("a", "2")], {}), [b"go", b"t"]))

    def test_takes_the_timeout_that_somebody_wrote_and_not_the_standard_one(self) -> None:
        five = float("5")
        cases: tuple[tuple[dict[str, float | None] | None, float | None], ...] = (
            (None, None),
            (STANDARD, None),
            ({**STANDARD}, None),
            (STANDARD | {"read": 2.5}, 2.5),
            (STANDARD | {"read": None}, None),
            (dict.fromkeys(STANDARD, 5), 5),
            (dict.fromkeys(STANDARD, five), 5),
        )
        for given, seconds in cases:
            browser = Browser()
            bridged(browser).HTTPTransport().handle_request(Request(given))
            self.assertEqual(browser.asked[0].timeout_seconds, seconds)

    def test_fails_as_httpx_does_and_says_why(self) -> None:
        for failure, error, text in (
            (NoAnswerError("b.example is not allowed."), ConnectError, "b.example is not allowed."),
            (
                SlowAnswerError(),
                ReadTimeout,
                "The answer did not come in time. Give the client a longer timeout.",
            ),
        ):
            httpx = bridged(Browser(failure))
            with self.assertRaises(error) as caught:
                httpx.HTTPTransport().handle_request(Request())
            self.assertIs(type(caught.exception), error)
            self.assertEqual(str(caught.exception), text)
            with self.assertRaises(error):
                finish(httpx.AsyncHTTPTransport().handle_async_request(Request()))

    def test_refuses_a_proxy(self) -> None:
        httpx = bridged(Browser())
        for transport in (httpx.HTTPTransport, httpx.AsyncHTTPTransport):
            with self.assertRaisesRegex(ValueError, "leave out the proxy"):
                transport(proxy="http://proxy.example")


class Finder(unittest.TestCase):
    def test_has_the_module_bridged_once_it_is_loaded_and_no_other(self) -> None:
        loaded: list[tuple[str, object]] = []
        with tempfile.TemporaryDirectory() as folder:
            for name in ("httpx", "httpx_other"):
                Path(folder, f"{name}.py").write_text("ready = True\n")
            finder = _Finder(lambda module: loaded.append((module.__name__, module.ready)))
            with (
                mock.patch.dict(sys.modules),
                mock.patch.object(sys, "path", [folder, *sys.path]),
                mock.patch.object(sys, "meta_path", [finder, *sys.meta_path]),
            ):
                sys.modules.pop("httpx", None)
                importlib.import_module("httpx_other")
                module = importlib.import_module("httpx")
                self.assertEqual(
                    module.__loader__.get_source("httpx"),  # type: ignore[union-attr] # it has one
                    "ready = True\n",
                )
        self.assertEqual(loaded, [("httpx", True)])
