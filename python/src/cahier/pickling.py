r"""Pickles of variables, with large buffers beside the pickle and not copied into it.

The layout, all numbers little-endian and of 8 bytes: the magic b"cahier1\\n", the count of parts,
the length of each, and then the parts, each at the next place that is a multiple of 64. The first
part is a pickle of protocol 5, the others are its out-of-band buffers
(https://peps.python.org/pep-0574/).
"""

from __future__ import annotations

import pickle
import struct
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from cahier.nesting import is_graph_deeper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cahier._wire import Token
    from cahier.host import Buffer, Host

_MAGIC = b"cahier1\n"
_ALIGNMENT = 64
_PROTOCOL = 5
# Pickling goes down as many levels in code that is compiled, which has little room in a browser.
MOST_DEPTH = 500
_LONGEST_REASON = 1_000


class Pickled(NamedTuple):
    """The kept pickle, or why there is none."""

    data: Token | None
    reason: str | None


class _Parts:
    """A file that keeps what is written in pieces as they come."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.length = 0

    def write(self, piece: bytes, /) -> int:
        self.pieces.append(piece)
        self.length += len(piece)
        return len(piece)


def pickled(value: object, host: Host, cell_modules: Iterable[str]) -> Pickled:
    """Pickle a value and keep that; large arrays are copied once, out of Python's memory.

    What is defined in one of the `cell_modules`, which are gone with the job, cannot be pickled.
    """
    if is_graph_deeper(value, MOST_DEPTH):
        return Pickled(None, "It is nested too deeply to be pickled.")
    stream = _Parts()
    buffers: list[memoryview] = []

    def keep_beside(buffer: pickle.PickleBuffer) -> None:
        buffers.append(buffer.raw())

    try:
        with hidden_modules(cell_modules):
            pickle.Pickler(stream, _PROTOCOL, buffer_callback=keep_beside).dump(value)
    except Exception as error:  # noqa: BLE001 - objects say themselves how they are pickled
        return Pickled(None, _reason(error, cell_modules))
    return Pickled(host.keep_all(list(_laid_out(stream, buffers))), None)


def unpickled(data: Buffer) -> object:
    """Read what `pickled` has kept, or a plain pickle.

    Raises:
        Exception: whatever the pickle or a class in it raises.
    """
    view = memoryview(data)  # type: ignore[arg-type] # numpy's arrays are buffers
    if view[: len(_MAGIC)].tobytes() != _MAGIC:
        return pickle.loads(view)  # noqa: S301 - the page gives the notebook's own values alone
    start = len(_MAGIC)
    (count,) = struct.unpack_from("<Q", view, start)
    lengths = struct.unpack_from(f"<{count}Q", view, start + 8)
    if view.readonly:
        # Arrays are to be as writable as they were.
        view = memoryview(bytearray(view))
    place = start + 8 + 8 * count
    parts: list[memoryview] = []
    for length in lengths:
        place = _aligned(place)
        parts.append(view[place : place + length])
        place += length
    return pickle.loads(parts[0], buffers=parts[1:])  # noqa: S301 - as above


def _laid_out(stream: _Parts, buffers: Sequence[memoryview]) -> Iterator[Buffer]:
    lengths = [stream.length, *(buffer.nbytes for buffer in buffers)]
    head = _MAGIC + struct.pack(f"<{1 + len(lengths)}Q", len(lengths), *lengths)
    yield head
    place = len(head)
    parts: list[Sequence[Buffer]] = [stream.pieces, *([buffer] for buffer in buffers)]
    for pieces, length in zip(parts, lengths, strict=True):
        yield bytes(_aligned(place) - place)
        yield from pieces
        place = _aligned(place) + length


def _aligned(place: int) -> int:
    return -(-place // _ALIGNMENT) * _ALIGNMENT


@contextmanager
def hidden_modules(names: Iterable[str]) -> Iterator[None]:
    """Let nothing be found in these modules."""
    modules = {name: sys.modules[name] for name in names if name in sys.modules}
    sys.modules.update({name: ModuleType(name) for name in modules})
    try:
        yield
    finally:
        sys.modules.update(modules)


def _reason(error: Exception, cell_modules: Iterable[str]) -> str:
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - __str__ may be the script's own
        text = ""
    if isinstance(error, (pickle.PicklingError, AttributeError)) and any(
        name in text for name in cell_modules
    ):
        return (
            f"It needs a class or function that is defined in the cell itself ({text}). Put that "
            "into a Python file of the notebook and import it, and the value outlives Python."
        )[:_LONGEST_REASON]
    if isinstance(error, RecursionError):
        return "It is nested too deeply to be pickled."
    return f"{type(error).__name__}: {text}"[:_LONGEST_REASON]
