"""Tells how deeply values are nested, without recursion.

What is nested too deeply must not reach code of Python that is compiled and recurses: in a browser
that ends the whole interpreter, and no RecursionError comes of it.
"""

from __future__ import annotations

import re
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CONTAINERS = (dict, list, tuple)
_ATOMS = frozenset({str, int, float, bool, bytes, type(None)})
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')


def is_flat(value: object) -> bool:
    """Whether this is a dict or a list that holds nothing but texts, numbers and the like."""
    if type(value) is dict:
        return _ATOMS.issuperset(map(type, value.values()))
    return type(value) is list and _ATOMS.issuperset(map(type, value))


def is_nested_deeper(value: object, most_levels: int) -> bool:
    """Whether dicts, lists and tuples in each other have more levels, as those of a cycle have."""
    level = [value] if isinstance(value, _CONTAINERS) else []
    for _ in range(most_levels):
        if not level:
            return False
        inner = (each for container in level for each in _items(container))
        level = list({id(each): each for each in inner if isinstance(each, _CONTAINERS)}.values())
    return bool(level)


def is_written_larger(value: object, most_parts: int, most_levels: int) -> bool:
    """Whether a text with all that dicts, lists and tuples hold has more parts, or no end.

    What is held at several places counts there each time, but is looked at once a level.
    """
    level: dict[int, tuple[object, int]] = {id(value): (value, 1)}
    parts = 1
    for _ in range(most_levels):
        inner: dict[int, tuple[object, int]] = {}
        for container, times in level.values():
            if isinstance(container, _CONTAINERS):
                parts += times * len(container)
                for each in _items(container):
                    if isinstance(each, _CONTAINERS):
                        _, before = inner.get(id(each), (each, 0))
                        inner[id(each)] = each, before + times
        if parts > most_parts:
            return True
        if not inner:
            return False
        level = inner
    return True


def is_graph_deeper(value: object, most_levels: int) -> bool:
    """Whether walking through all that a value refers to, each once, goes down more levels."""
    seen: set[int] = set()
    slots: dict[type, list[str]] = {}
    path: list[Iterator[Any]] = [iter([value])]
    while path:
        for item in path[-1]:
            walked = _members(item, slots)
            # What refers to nothing further is soon looked at once more, and need not be known.
            if walked and id(item) not in seen:
                if len(path) > most_levels:
                    return True
                seen.add(id(item))
                path.append(iter(walked))
                break
        else:
            path.pop()
    return False


def is_text_deeper(text: str, most_levels: int) -> bool:
    """Whether a JSON text has objects and lists in each other of more levels."""
    if text.count("[") + text.count("{") <= most_levels:
        return False
    brackets = text.encode("utf-8", "replace").translate(None, _NO_BRACKETS)
    # Each time the innermost ones go.
    while len(brackets) > most_levels:
        fewer = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(fewer) == len(brackets):
            # Those in strings are in the way.
            return _is_deeper_token_by_token(text, most_levels)
        brackets = fewer
    return False


def _is_deeper_token_by_token(text: str, most_levels: int) -> bool:
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first in "[{":
            depth += 1
            if depth > most_levels:
                return True
        elif first in "]}":
            depth -= 1
    return False


def _items(container: Any) -> Iterable[object]:  # noqa: ANN401 - a dict, a list or a tuple
    items: Iterable[object] = container.values() if isinstance(container, dict) else container
    return items


def _members(item: object, slots: dict[type, list[str]]) -> list[object]:
    """Give what an object refers to that may refer to more itself; there may be millions of both.

    `slots` are those of the classes that were met so far.
    """
    try:
        return _members_of(item, type(item), slots)
    except Exception:  # noqa: BLE001 - a class may define what it likes; this one tells nothing
        return []


def _members_of(item: Any, kind: type, slots: dict[type, list[str]]) -> list[object]:  # noqa: ANN401 - any object
    # Its class is what it is, whatever it says when it is asked for its __class__.
    if kind is list or kind is tuple:
        return [] if _ATOMS.issuperset(map(type, item)) else _walked(item)
    if issubclass(kind, dict):
        members = _walked(item.values())
        return members if _ATOMS.issuperset(map(type, item)) else members + _walked(item)
    if issubclass(kind, (list, tuple, set, frozenset, deque)):
        return _walked(item)
    if issubclass(kind, type) or callable(item):
        return []
    if kind not in slots:
        slots[kind] = _slots_of(kind)
    return _walked(_attributes(item, slots[kind]))


def _walked(members: Iterable[object]) -> list[object]:
    return [each for each in members if type(each) not in _ATOMS]


def _attributes(item: object, slots: list[str]) -> list[object]:
    members: list[object] = []
    # A class may define what it likes.
    with suppress(Exception):
        members += [getattr(item, name) for name in slots if hasattr(item, name)]
    with suppress(Exception):
        members += vars(item).values()
    return members


def _slots_of(kind: type) -> list[str]:
    names: list[str] = []
    for each in kind.__mro__:
        slots = vars(each).get("__slots__", ())
        names += (
            [slots] if isinstance(slots, str) else [name for name in slots if type(name) is str]
        )
    return [name for name in names if name not in ("__dict__", "__weakref__")]
