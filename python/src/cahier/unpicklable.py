"""Says which part of an object cannot be pickled, and why."""

from __future__ import annotations

import copyreg
from collections import deque
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from cahier.texts import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROTOCOL = 5
# More is not searched: the answer is to come soon.
_MOST_OBJECTS = 200_000
_LONGEST_KEY = 40
_LONGEST_PATH = 300
_LONGEST_REASON = 500
_ATOMS = frozenset({str, int, float, complex, bool, bytes, bytearray, type(None)})
_REDUCED_WITH_STATE = 3
_REDUCED_WITH_ITEMS = 4
_REDUCED_WITH_PAIRS = 5
_TO_FILE = "Put it into a Python file of the notebook and import it from there."
_AS_FUNCTION = "Define it with def in a Python file of the notebook and import it from there."
_LEAVE_OUT = (
    "Leave it out: set it to None before the model is added, or in the __getstate__ of its class."
)


class _Found(NamedTuple):
    """An object within a model, and how it is reached from there."""

    path: str
    value: object


def unpicklable_part(model: object, culprit: object, error: Exception) -> str:
    """Say where in a model the object is that pickle stumbled over, what it is, and what to do.

    `culprit` is the object that pickle looked at last. Where no way to it is found, as it is made
    while the model is pickled, the class alone is named.
    """
    path = path_to(model, culprit)
    reason, remedy = _reason(culprit, error)
    place = "a part of it" if path is None else cut(path, _LONGEST_PATH)
    return f"{place} is {reason}. {remedy}"


def class_name(kind: type) -> str:
    """Give the name of a class as "package.module.Class"; no metaclass is asked for it."""
    return f"{_own(kind, '__module__')}.{_own(kind, '__qualname__')}"


def path_to(model: object, wanted: object) -> str | None:
    """Give the shortest way to an object, such as "model.steps[1].callback"; None without one.

    The way to a class is that to the first object of it. Objects are asked once more how they are
    pickled.
    """
    # Things that are made on the way are kept: another could get the id of one that is gone.
    seen: dict[int, object] = {id(model): model}
    waiting = deque([_Found("model", model)])
    while waiting and len(seen) < _MOST_OBJECTS:
        path, value = waiting.popleft()
        if value is wanted or (issubclass(type(wanted), type) and type(value) is wanted):
            return path
        for part in _parts(path, value):
            if type(part.value) not in _ATOMS and id(part.value) not in seen:
                seen[id(part.value)] = part.value
                waiting.append(part)
    return None


def _parts(path: str, value: Any) -> Iterator[_Found]:  # noqa: ANN401 - any object
    kind = type(value)
    if kind in (list, tuple):
        yield from (_Found(f"{path}[{place}]", each) for place, each in enumerate(value))
    elif kind is dict:
        yield from _pairs(path, value.items())
    elif kind in (set, frozenset):
        yield from (_Found(f"an element of {path}", each) for each in value)
    elif not issubclass(kind, (type, FunctionType, BuiltinFunctionType, ModuleType)):
        yield from _reduced(path, value)


def _pairs(path: str, pairs: Any) -> Iterator[_Found]:  # noqa: ANN401 - pairs of any objects
    for key, each in pairs:
        if type(key) in _ATOMS:
            yield _Found(f"{path}[{cut(repr(key), _LONGEST_KEY)}]", each)
        else:
            yield _Found(f"a key of {path}", key)
            yield _Found(f"a value of {path}", each)


def _reduced(path: str, value: object) -> Iterator[_Found]:
    """Give what pickle would go on with: state, items and arguments."""
    try:
        reduce = copyreg.dispatch_table.get(type(value))
        reduced: Any = reduce(value) if reduce else value.__reduce_ex__(_PROTOCOL)
        if not isinstance(reduced, tuple):
            return
        _, arguments, *rest = reduced
        rest += [None] * _REDUCED_WITH_PAIRS
        state, items, pairs = rest[:_REDUCED_WITH_STATE]
        yield from _state(path, state)
        for place, each in enumerate(items or ()):
            yield _Found(f"{path}[{place}]", each)
        yield from _pairs(path, pairs or ())
        for each in arguments or ():
            yield _Found(f"what {path} is made of", each)
    except Exception:  # noqa: BLE001 - a class may define what it likes; this one tells nothing
        return


def _state(path: str, state: Any) -> Iterator[_Found]:  # noqa: ANN401 - any object
    # Attributes, or a pair of those in __dict__ and those in __slots__.
    parts = state if type(state) is tuple and len(state) == 2 else (state,)  # noqa: PLR2004
    for part in parts:
        if type(part) is dict and all(isinstance(name, str) for name in part):
            yield from (_Found(f"{path}.{name}", each) for name, each in part.items())
        elif part is not None:
            yield _Found(f"the state of {path}", part)


def _reason(culprit: Any, error: Exception) -> tuple[str, str]:  # noqa: ANN401 - any object
    # It may raise an error when it is asked for its __class__, as isinstance does.
    kind = type(culprit)
    if kind is FunctionType and culprit.__name__ == "<lambda>":
        return "a lambda, which has no name to find it by", _AS_FUNCTION
    if issubclass(kind, (type, FunctionType)) and (why := _unreachable(culprit)):
        what = "an object of the class" if issubclass(kind, type) else "the function"
        return f'{what} "{_own(culprit, "__qualname__")}", {why}', _TO_FILE
    if issubclass(kind, ModuleType):
        return f'the module "{_own(culprit, "__name__")}", which cannot be pickled', _LEAVE_OUT
    text = cut(f"{type(error).__name__}: {_text_of(error)}", _LONGEST_REASON)
    return f"of the class {class_name(kind)} ({text})", _LEAVE_OUT


def _unreachable(culprit: type | FunctionType) -> str | None:
    if "<locals>" in _own(culprit, "__qualname__"):
        return "which only exists within a function"
    if _own(culprit, "__module__") == "__main__":
        return "which is defined in the cell itself, where no other cell finds it"
    return None


def _own(value: object, name: str) -> str:
    """Give an attribute past a __getattribute__ that somebody has written."""
    get = type.__getattribute__ if issubclass(type(value), type) else object.__getattribute__
    return str(get(value, name))


def _text_of(error: Exception) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - __str__ may be the script's own
        return ""
