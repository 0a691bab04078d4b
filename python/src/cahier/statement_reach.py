"""What a Statement may hold and change, whatever way it came by it."""

from __future__ import annotations

import builtins
import dataclasses
import enum
import functools
import importlib
import inspect
import io
import re
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import (
    BuiltinFunctionType,
    FunctionType,
    GeneratorType,
    MethodDescriptorType,
    MethodType,
    ModuleType,
    NoneType,
)
from typing import TYPE_CHECKING, Any

from cahier.library_state import OPENAI_SETTINGS
from cahier.statement_language import (
    FORBIDDEN_NAMES,
    describe_attribute_rule,
    is_foreign_module,
    is_reachable_module,
)
from cahier.statement_libraries import is_registry

if TYPE_CHECKING:
    from collections.abc import Sequence

# Nothing of their attributes leads anywhere.
PLAIN_TYPES = frozenset(
    {
        *(bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, range),
        *(date, datetime, time, timedelta, Decimal, NoneType),
    }
)
# What a Statement could change in place: Python's own kinds, which can be copied.
CONTAINERS = frozenset({list, dict, set})
# Values of these types need no look, neither what is read nor what it is read of.
_harmless_results: set[type] = {*PLAIN_TYPES}
_harmless_holders: set[type] = {*PLAIN_TYPES, FunctionType, GeneratorType, MethodType}
_MOST_TYPES = 1_000
# Objects that libraries hold for everybody, by their ids.
_shared: dict[int, object] = {}
_MOST_SHARED = 10_000
_OF_STATEMENTS = "__main__"
# Named tuples have them for everybody.
_OF_NAMED_TUPLES = re.compile(r"_(asdict|field_defaults|fields|make|replace|\d+)")
# Whose columns are attributes, of any name.
_WITH_COLUMNS = ("numpy", "pandas")
# What people set in modules before they use them.
_SETTINGS = {"openai": OPENAI_SETTINGS}
_CALLED = (FunctionType, BuiltinFunctionType, MethodType, MethodDescriptorType)

# Builtins that some library may have put under another name, or into a class of its own. A job may
# have wrapped them for its time.
_FORBIDDEN = tuple(
    inspect.unwrap(each)
    for each in (
        *(vars(builtins)[name] for name in FORBIDDEN_NAMES if name in vars(builtins)),
        *(builtins.__import__, importlib.import_module, io.open_code, io.FileIO),
        *(inspect.currentframe, sys._getframe),  # noqa: SLF001 - it is not called
        # They read attributes by names that they are given, or make classes with any.
        *(functools.wraps, functools.update_wrapper, dataclasses.make_dataclass),
        *(each for each in vars(enum).values() if type(each) is enum.EnumType),
    )
)
# They live as long as these do.
_FORBIDDEN_IDS = frozenset(map(id, _FORBIDDEN))


def check_holder(value: object) -> None:
    """Look at the object of which an attribute is to be read.

    Raises:
        AttributeError: it is kept from Statements, such as a module or an event loop.
    """
    kind = type(value)
    if kind in _harmless_holders:
        return
    if isinstance(value, ModuleType):
        check_module(value)
        return
    _check_origin(kind)
    if isinstance(value, type):
        _check_origin(value)
    elif _module_of(kind) != _OF_STATEMENTS:
        _remember(kind, _harmless_holders)


def check_result(value: object, name: str, result: object) -> None:
    """Look at what was read of a value.

    Raises:
        AttributeError: it is kept from Statements.
    """
    kind = type(result)
    if kind in _harmless_results and not _is_of_library(value):
        return
    if id(result) in _FORBIDDEN_IDS:
        raise AttributeError(describe_attribute_rule(name))
    if isinstance(result, ModuleType):
        check_module(result)
    if isinstance(result, type):
        _check_class(name, result)
    elif isinstance(result, _CALLED):
        # Methods of what a Statement holds are those of its class, which has been looked at.
        if isinstance(value, ModuleType):
            _check_origin(result)
    elif not isinstance(result, ModuleType):
        _check_origin(kind)
        if _is_of_library(value):
            _note_shared(result)
        elif _module_of(kind) != _OF_STATEMENTS:
            _remember(kind, _harmless_results)


def _is_of_library(value: object) -> bool:
    """Say whether a value is a module, or a class that no Statement has made."""
    is_class = isinstance(value, type) and _module_of(value) != _OF_STATEMENTS
    return is_class or isinstance(value, ModuleType)


def _note_shared(found: object) -> None:
    """Remember what a module or a class of a library holds, for `check_changed`."""
    if len(_shared) >= _MOST_SHARED:
        _shared.clear()
    _shared[id(found)] = found


def _check_class(name: str, found: type) -> None:
    if issubclass(found, type):
        message = f"A Statement cannot use {name}: it makes classes with the statement class."
        raise AttributeError(message)  # noqa: TRY004 - none is to be read
    _check_origin(found)


def check_private(value: object, name: str) -> None:
    """Look at an attribute that a value has, and whose name libraries keep to themselves.

    Raises:
        AttributeError: it is that of a library.
    """
    kind = value if isinstance(value, type) else type(value)
    if issubclass(kind, tuple):
        fields: tuple[str, ...] = getattr(kind, "_fields", ())
        if _OF_NAMED_TUPLES.fullmatch(name) or name in fields:
            return
    owner = next((each for each in _holders(value, kind) if name in vars(each)), None)
    if owner is None and is_of(kind, *_WITH_COLUMNS) and name not in getattr(value, "__dict__", ()):
        return
    is_own = _module_of(owner or kind) in (_OF_STATEMENTS, "builtins")
    if not is_own or isinstance(value, ModuleType):
        raise AttributeError(describe_attribute_rule(name))


def _holders(value: Any, kind: type) -> Sequence[type]:  # noqa: ANN401 - any object
    """Give the classes in which an attribute of a value is looked for."""
    if kind is not super:
        return kind.__mro__
    # What it stands for has no class before this one.
    holders: tuple[type, ...] = getattr(value.__self_class__, "__mro__", ())
    return holders[holders.index(value.__thisclass__) + 1 :] if holders else ()


def own_container(value: object, name: str, found: Any) -> Any:  # noqa: ANN401 - one of them
    """Give a container that is an attribute; of one that belongs to a library, a copy."""
    if isinstance(value, ModuleType):
        return found.copy()
    kind: Any = value if isinstance(value, type) else type(value)
    if kind is not super and getattr(kind, name, None) is not found:
        return found
    for each in _holders(value, kind):
        if vars(each).get(name) is found:
            is_kept = _module_of(each) == _OF_STATEMENTS or is_registry(each, name)
            return found if is_kept else found.copy()
    return found


def check_changed(value: object, name: str) -> None:
    """Look at the object of which an attribute is to be written or deleted.

    Raises:
        AttributeError: it outlives the Statement.
    """
    check_holder(value)
    if name == "backend" and is_of(type(value), "pandas"):
        raise AttributeError(describe_attribute_rule(f"{name} of the options of pandas"))
    if isinstance(value, ModuleType):
        module = str(vars(value).get("__name__"))
        if name in _SETTINGS.get(module, ()):
            return
        message = f"A Statement cannot change the module {module}: keep the value in a variable."
        raise AttributeError(message)
    is_made_elsewhere = isinstance(value, (type, *_CALLED)) and _module_of(value) != _OF_STATEMENTS
    if is_made_elsewhere or _shared.get(id(value)) is value:
        label = getattr(value, "__qualname__", type(value).__name__)
        message = (
            f"A Statement cannot change {label}, which other cells use too: "
            "derive a class from it, or write a function of its own."
        )
        raise AttributeError(message)


def check_module(module: ModuleType) -> None:
    """Look at a module that a Statement came by.

    Raises:
        AttributeError: it is none of the allowed ones.
    """
    name = str(vars(module).get("__name__"))
    if not is_reachable_module(name):
        message = f"A Statement cannot use the module {name}."
        raise AttributeError(message)


def is_of(value: object, *roots: str) -> bool:
    """Say whether a function or a class is defined below one of these packages."""
    return _module_of(value).partition(".")[0] in roots


def _check_origin(value: object) -> None:
    if is_foreign_module(module := _module_of(value)):
        label = getattr(value, "__qualname__", type(value).__name__)
        message = f"A Statement cannot use {module}.{label}."
        raise AttributeError(message)


def _module_of(value: Any) -> str:  # noqa: ANN401 - a function or a class
    return str(getattr(value, "__module__", None))


def _remember(kind: type, known: set[type]) -> None:
    # Libraries make classes too.
    if len(known) >= _MOST_TYPES:
        known.clear()
        known.update(PLAIN_TYPES)
    known.add(kind)
