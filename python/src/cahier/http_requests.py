"""What an HTTP client asks of the browser, and gets from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

Headers = list[tuple[str, str]]


class HttpRequest(NamedTuple):
    """A request; without `timeout_seconds` its answer may take any time."""

    method: str
    url: str
    headers: Headers
    content: bytes
    timeout_seconds: float | None


class HttpAnswer(NamedTuple):
    """An answer, with redirects followed and compression undone."""

    status: int
    reason: str
    headers: Headers
    content: bytes


class StreamedAnswer(NamedTuple):
    """An answer whose content comes in parts."""

    status: int
    reason: str
    headers: Headers
    parts: AsyncGenerator[bytes, None]


class NoAnswerError(Exception):
    """The host was not reached, or what it said may not be read."""


class SlowAnswerError(Exception):
    """The answer did not come in time."""
