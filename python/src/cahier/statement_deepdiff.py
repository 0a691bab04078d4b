"""Has deepdiff look into data, and into objects of a Statement's own classes, alone.

It looks for attributes of whatever it is given, by ways of its own, and hands out what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OF_STATEMENTS = "__main__"


def deepdiff_methods(deepdiff: Any) -> Iterator[tuple[type, str, Callable[..., Any]]]:  # noqa: ANN401 - a module
    """Give the methods that look into objects: their class, their name, and what to put there.

    Raises:
        ImportError: this deepdiff has others.
    """
    for kind, name, make in (
        (deepdiff.DeepDiff, "_diff_obj", _compared),
        (deepdiff.DeepHash, "_prep_obj", _hashed),
        (deepdiff.DeepSearch, "_DeepSearch__search_obj", _searched),
    ):
        method = vars(kind).get(name)
        if method is None:
            message = "A Statement cannot use this version of deepdiff."
            raise ImportError(message, name="deepdiff")
        yield kind, name, make(method)


def _is_own(value: object) -> bool:
    return type(value).__module__ == _OF_STATEMENTS


def _compared(look: Callable[..., Any]) -> Callable[..., Any]:
    def compare(self: Any, level: Any, *values: object, **named: Any) -> object:  # noqa: ANN401 - those of deepdiff
        if named.get("is_namedtuple") or (_is_own(level.t1) and _is_own(level.t2)):
            return look(self, level, *values, **named)
        if level.t1 != level.t2:
            self._report_result("values_changed", level, local_tree=named.get("local_tree"))
        return None

    return compare


def _hashed(look: Callable[..., Any]) -> Callable[..., Any]:
    def digest(self: object, obj: object, *values: object, **named: Any) -> object:  # noqa: ANN401 - as above
        if _is_own(obj) or named.get("is_namedtuple"):
            return look(self, obj, *values, **named)
        return f"obj{type(obj).__qualname__}:{obj!r}", 1

    return digest


def _searched(look: Callable[..., Any]) -> Callable[..., Any]:
    def search(self: object, obj: object, *values: object, **named: Any) -> None:  # noqa: ANN401 - as above
        if _is_own(obj) or named.get("is_namedtuple"):
            look(self, obj, *values, **named)

    return search
