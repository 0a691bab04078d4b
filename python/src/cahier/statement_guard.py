"""What stands between a Statement and the attributes that its source does not show."""

from __future__ import annotations

import builtins
import importlib
import operator
import sys
from typing import TYPE_CHECKING, Any

from cahier.statement_language import (
    FORBIDDEN_NAMES,
    describe_attribute_rule,
    describe_import_rule,
    is_allowed_module,
    is_forbidden_attribute,
)
from cahier.statement_reach import PLAIN_TYPES, check_changed, check_holder, check_result
from cahier.statement_stand_ins import GUARDED_ATTRIBUTES, stand_in

if TYPE_CHECKING:
    from types import ModuleType

_original_getattr = getattr


def read_attribute(value: object, name: str) -> Any:  # noqa: ANN401 - any attribute
    """Give an attribute whose name was checked already.

    Raises:
        AttributeError: there is none, or it is kept from Statements.
    """
    if type(value) in PLAIN_TYPES:
        return _original_getattr(value, name)
    check_holder(value)
    result = _original_getattr(value, name)
    if type(result) not in PLAIN_TYPES:
        check_result(value, name, result)
    return result


def read_guarded_attribute(value: object, name: str) -> Any:  # noqa: ANN401 - as above
    """Give an attribute of one of `GUARDED_ATTRIBUTES`, or what stands in for it.

    Raises:
        AttributeError: as above.
    """
    check_holder(value)
    result = _original_getattr(value, name)
    replaced = stand_in(value, name, result, read_attribute_by_name)
    if replaced is result:
        check_result(value, name, result)
    return replaced


def read_super_method(value: object, name: str) -> Any:  # noqa: ANN401 - as above
    """Give a harmless special method of what `super()` gave.

    Raises:
        AttributeError: there is none, or this is something else that the source calls super.
    """
    if type(value) is not super:
        raise AttributeError(describe_attribute_rule(name))
    return _original_getattr(value, name)


def changeable(value: object, name: str) -> object:
    """Give the object itself, an attribute of which is to be written or deleted.

    Raises:
        AttributeError: it outlives the Statement.
    """
    check_changed(value, name)
    return value


def read_attribute_by_name(value: object, name: str, *default: object) -> Any:  # noqa: ANN401 - as above
    """Stand in for `getattr`."""
    _check_text(name)
    read = read_guarded_attribute if name in GUARDED_ATTRIBUTES else read_attribute
    if not default:
        return read(value, name)
    try:
        return read(value, name)
    except AttributeError:
        return default[0]


def import_package(name: str) -> ModuleType:
    """Give what `import name` binds: of a dotted name the outermost package.

    Raises:
        ImportError: the module is none of those that are allowed.
    """
    import_module(name)
    return sys.modules[name.partition(".")[0]]


def import_module(name: str) -> ModuleType:
    """Give what `import name as ...` binds.

    Raises:
        ImportError: the module is none of those that are allowed.
    """
    if not is_allowed_module(name):
        raise ImportError(describe_import_rule(name), name=name)
    return importlib.import_module(name)


def import_name(module: str, name: str) -> Any:  # noqa: ANN401 - as above
    """Give what `from module import name` binds.

    Raises:
        ImportError: there is none, or it is a module that is not allowed.
    """
    import_module(module)
    found = __import__(module, fromlist=[name])
    read = read_guarded_attribute if name in GUARDED_ATTRIBUTES else read_attribute
    try:
        return read(found, name)
    except AttributeError as error:
        message = f"cannot import name {name!r} from {module!r}: {error}"
        raise ImportError(message, name=module) from None


def change_in_place(operator_name: str, value: object, name: str, change: object) -> object:
    """Give what `value.name += change` puts back, which is read as any attribute is."""
    return _original_getattr(operator, operator_name)(read_attribute_by_name(value, name), change)


def guarded_builtins() -> dict[str, object]:
    """Give the builtins that a Statement sees.

    No source can spell `__import__`; compiled modules look it up here for imports of their own.
    """
    allowed = {
        name: value
        for name, value in vars(builtins).items()
        if name not in FORBIDDEN_NAMES and (not name.startswith("_") or name == "__build_class__")
    }
    return allowed | {
        "__import__": builtins.__import__,
        "__name__": "builtins",
        "getattr": read_attribute_by_name,
        "hasattr": _has_attribute,
        "setattr": _set_attribute,
        "delattr": _delete_attribute,
        "type": _GuardedType,
    }


class _TypeOfTypes(type):
    """Makes `isinstance(value, type)` mean what it always does."""

    __module__ = "builtins"

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, type)

    def __subclasscheck__(cls, value: type) -> bool:
        return issubclass(value, type)


class _GuardedType(metaclass=_TypeOfTypes):
    """Stands in for `type`: a class is made by `class`, whose source can be looked at."""

    __module__ = "builtins"
    __qualname__ = "type"

    def __new__(cls, *values: object) -> Any:  # noqa: ANN401 - as type itself does
        if len(values) != 1:
            message = "A Statement makes classes with the statement class, not with type()."
            raise TypeError(message)
        # Of a class it is this again: what makes classes makes them without a look at them.
        found = type(values[0])
        return _GuardedType if issubclass(found, type) else found


def _has_attribute(value: object, name: str) -> bool:
    try:
        read_attribute_by_name(value, name)
    except AttributeError:
        return False
    return True


def _set_attribute(value: object, name: str, content: object) -> None:
    _check_text(name)
    check_changed(value, name)
    setattr(value, name, content)


def _delete_attribute(value: object, name: str) -> None:
    _check_text(name)
    check_changed(value, name)
    delattr(value, name)


def _check_text(name: object) -> None:
    # A text of a class of its own could be another one at the second look.
    if type(name) is not str:
        message = f"attribute name must be string, not '{type(name).__name__}'"
        raise TypeError(message)
    if is_forbidden_attribute(name):
        raise AttributeError(describe_attribute_rule(name))
