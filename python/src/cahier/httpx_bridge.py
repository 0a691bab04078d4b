"""Has httpx, and what stands on it such as openai, send its requests by the browser.

What httpx itself sends by needs sockets, which no browser opens.
"""

from __future__ import annotations

import inspect
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cahier.http_requests import (
    Headers,
    HttpAnswer,
    HttpRequest,
    NoAnswerError,
    SlowAnswerError,
    StreamedAnswer,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Self

    Send = Callable[[HttpRequest], HttpAnswer]
    SendAndWait = Callable[[HttpRequest], Awaitable[StreamedAnswer]]

_MODULE = "httpx"
# What the browser itself decides on, and what would have it ask the host beforehand.
_OWN_HEADERS = {"accept-encoding", "connection", "content-length", "host", "user-agent"}
# Of an answer whose content the browser has unpacked.
_UNDONE_HEADERS = {"content-encoding", "content-length", "transfer-encoding"}
_PROXY = "A browser goes to other hosts in the way that it is set up for: leave out the proxy."
_TOO_SLOW = "The answer did not come in time. Give the client a longer timeout."


@contextmanager
def bridged_httpx() -> Iterator[None]:
    """Bridge httpx within, whether it is loaded already or will be."""
    if sys.platform != "emscripten":
        yield
        return
    if loaded := sys.modules.get(_MODULE):
        _bridge_to_browser(loaded)
    finder = _Finder(_bridge_to_browser)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)


def bridge(httpx: Any, send: Send, send_and_wait: SendAndWait) -> None:  # noqa: ANN401 - a module
    """Let the standard transports of the module send by these functions."""
    _put(httpx.HTTPTransport, _Blocking, handle_request=_blocking_way(httpx, send))
    _put(
        httpx.AsyncHTTPTransport,
        _Waiting,
        handle_async_request=_waiting_way(httpx, send_and_wait),
    )


class _Blocking:
    """What a transport has beside its way to send: it keeps no connections."""

    def __init__(self, *_values: object, proxy: object = None, **_named: object) -> None:
        if proxy is not None:
            raise ValueError(_PROXY)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def close(self) -> None:
        pass


class _Waiting:
    """The same for clients that wait."""

    def __init__(self, *_values: object, proxy: object = None, **_named: object) -> None:
        if proxy is not None:
            raise ValueError(_PROXY)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        pass

    async def aclose(self) -> None:
        pass


def _put(transport: type, common: type, **ways: object) -> None:
    methods = {name: each for name, each in vars(common).items() if inspect.isfunction(each)}
    for name, method in (methods | ways).items():
        setattr(transport, name, method)


def _blocking_way(httpx: Any, send: Send) -> object:  # noqa: ANN401 - a module
    def handle(_self: object, request: Any) -> object:  # noqa: ANN401 - one of httpx
        with _errors(httpx, request):
            answer = send(_request(httpx, request, request.read()))
        return httpx.Response(**_described(answer), content=answer.content)

    return handle


def _waiting_way(httpx: Any, send_and_wait: SendAndWait) -> object:  # noqa: ANN401 - as above
    class Parts(httpx.AsyncByteStream):  # type: ignore[misc] # its type is not known
        """The content of an answer as it comes."""

        def __init__(self, parts: AsyncGenerator[bytes, None], request: object) -> None:
            self._parts = parts
            self._request = request

        async def __aiter__(self) -> AsyncIterator[bytes]:
            with _errors(httpx, self._request):
                async for part in self._parts:
                    yield part

        async def aclose(self) -> None:
            await self._parts.aclose()

    async def handle(_self: object, request: Any) -> object:  # noqa: ANN401 - as above
        content = await request.aread()
        with _errors(httpx, request):
            answer = await send_and_wait(_request(httpx, request, content))
        return httpx.Response(**_described(answer), stream=Parts(answer.parts, request))

    return handle


def _bridge_to_browser(httpx: ModuleType) -> None:
    from cahier._host_requests import send, send_and_wait  # noqa: PLC0415 - few scripts need it

    bridge(httpx, send, send_and_wait)


@contextmanager
def _errors(httpx: Any, request: object) -> Iterator[None]:  # noqa: ANN401 - a module
    """Raise those of httpx for those of a request."""
    try:
        yield
    except NoAnswerError as error:
        raise httpx.ConnectError(str(error), request=request) from None
    except SlowAnswerError:
        raise httpx.ReadTimeout(_TOO_SLOW, request=request) from None


def _request(httpx: Any, request: Any, content: bytes) -> HttpRequest:  # noqa: ANN401 - as above
    headers = [
        (name, value)
        for name, value in request.headers.multi_items()
        if name.lower() not in _OWN_HEADERS
    ]
    timeout = _timeout(httpx.Client, request.extensions.get("timeout"))
    return HttpRequest(request.method, str(request.url), headers, content, timeout)


def _timeout(client: type, given: dict[str, float | None] | None) -> float | None:
    """Give the seconds that an answer may take.

    The 5 s of httpx, which nobody wrote, are not taken: the reader may be asked for the host, and
    takes as long as it takes to read a question. httpx hands that very number on, so that another
    5 is one that somebody wrote.
    """
    seconds = None if given is None else given.get("read")
    standard = inspect.signature(client).parameters["timeout"].default
    return None if seconds is standard.read else seconds


def _described(answer: HttpAnswer | StreamedAnswer) -> dict[str, object]:
    headers: Headers = [
        (name, value) for name, value in answer.headers if name.lower() not in _UNDONE_HEADERS
    ]
    reason = {"reason_phrase": answer.reason.encode("ascii", "ignore")} if answer.reason else {}
    return {"status_code": answer.status, "headers": headers, "extensions": reason}


class _Finder:
    """Finds httpx as the other finders do, and has something done once it is loaded."""

    def __init__(self, on_load: Callable[[ModuleType], None]) -> None:
        self._on_load = on_load

    def find_spec(
        self, name: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _MODULE:
            return None
        others: list[Any] = [finder for finder in sys.meta_path if finder is not self]
        for finder in others:
            spec: ModuleSpec | None = finder.find_spec(name, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _Loader(spec.loader, self._on_load)  # type: ignore[assignment] # it is one
                return spec
        return None


class _Loader:
    """Loads as another loader does, and says when a module is loaded."""

    def __init__(self, loader: Any, on_load: Callable[[ModuleType], None]) -> None:  # noqa: ANN401 - any
        self._loader = loader
        self._on_load = on_load

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._on_load(module)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any attribute
        return getattr(self._loader, name)
