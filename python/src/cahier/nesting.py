"""Tells how deeply values are nested, without recursion.

What is nested too deeply must not reach code of Python that is compiled and recurses: in a browser
that ends the whole interpreter, and no RecursionError comes of it.
"""

from __future__ import annotations

import re
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
        item = next(path[-1], path)
        if item is path:
            path.pop()
        elif id(item) not in seen:
            seen.add(id(item))
            members = [each for each in _members(item, slots) if type(each) not in _ATOMS]
            if members:
                if len(path) > most_levels:
                    return True
                path.append(iter(members))
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


def _members(item: Any, slots: dict[type, list[str]]) -> Iterable[object]:  # noqa: ANN401 - any object
    """Give what an object refers to; `slots` are those of the classes that were met so far."""
    if isinstance(item, dict):
        return [*item.keys(), *item.values()]
    if isinstance(item, (list, tuple, set, frozenset)):
        return list(item)
    if isinstance(item, type) or callable(item):
        return ()
    kind = type(item)
    if kind not in slots:
        slots[kind] = _slots_of(kind)
    members: list[object] = []
    try:
        members += [getattr(item, name) for name in slots[kind] if hasattr(item, name)]
        members += vars(item).values()
    except Exception:  # noqa: BLE001 - a class may define what it likes
        return members
    return members


def _slots_of(kind: type) -> list[str]:
    names: list[str] = []
    for each in kind.__mro__:
        slots = vars(each).get("__slots__", ())
        names += (
            [slots] if isinstance(slots, str) else [name for name in slots if type(name) is str]
        )
    return [name for name in names if name not in ("__dict__", "__weakref__")]
