"""The text that stands for a value of any size, made in bounded time and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_DEPTH = 20
_MOST_BITS = 10_000
_BRACKETS: dict[Any, str] = {list.__repr__: "[]", tuple.__repr__: "()", dict.__repr__: "{}"}
_SLICED: tuple[Any, ...] = (str.__repr__, bytes.__repr__)


def bounded_text(value: object, most_characters: int) -> str:
    """Give the beginning of what `repr` gives; what is left out is marked by "…".

    Of lists, tuples, dicts, texts and bytes no more is looked at than is shown.
    """
    parts: list[str] = []
    left = most_characters
    for part in _parts(value, most_characters, _MOST_DEPTH):
        parts.append(part)
        left -= len(part)
        if left < 0:
            return "".join(parts)[:most_characters] + "…"
    return "".join(parts)


def _parts(value: Any, most: int, depth: int) -> Iterator[str]:  # noqa: ANN401 - any value
    # Classes that are derived from these may show themselves in another way.
    shown_by: object = type(value).__repr__
    if shown_by in _SLICED:
        yield repr(value[:most]) if len(value) <= most else f"{value[:most]!r}…"
    elif shown_by is int.__repr__ and int.bit_length(value) > _MOST_BITS:
        yield f"<int of {int.bit_length(value):,} bits>"
    elif shown_by in _BRACKETS:
        yield from _parts_of_container(value, _BRACKETS[shown_by], most, depth)
    else:
        try:
            yield repr(value)
        except Exception:  # noqa: BLE001 - __repr__ may be the script's own
            yield f"<{type(value).__name__} without a text>"


def _parts_of_container(
    value: Any,  # noqa: ANN401 - a list, a tuple or a dict
    brackets: str,
    most: int,
    depth: int,
) -> Iterator[str]:
    yield brackets[0]
    if depth == 0:
        yield "…"
    elif isinstance(value, dict):
        for number, (key, each) in enumerate(dict.items(value)):
            yield ", " if number else ""
            yield from _parts(key, most, depth - 1)
            yield ": "
            yield from _parts(each, most, depth - 1)
    else:
        walk: Any = list.__iter__ if isinstance(value, list) else tuple.__iter__
        # Its own way to walk through it may have no end.
        for number, each in enumerate(walk(value)):
            yield ", " if number else ""
            yield from _parts(each, most, depth - 1)
        if isinstance(value, tuple) and tuple.__len__(value) == 1:
            yield ","
    yield brackets[1]
