"""What the runtime needs of the place it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cahier._wire import JobEvent, Token

Buffer: TypeAlias = "bytes | bytearray | memoryview | array[int] | array[float] | NDArray[Any]"
Keep: TypeAlias = "Callable[[Buffer], Token]"


class Host(Protocol):
    """The page, or whatever stands for it in a test."""

    def emit(self, event: JobEvent) -> None:
        """Send an event now."""

    def keep(self, buffer: Buffer) -> Token:
        """Copy the bytes of a contiguous buffer out of Python's memory, once."""

    def explain_missing_module(self, name: str) -> str:
        """Say why a top-level module cannot be had, and what can be done."""
