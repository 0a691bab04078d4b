"""What stands between a Statement and the attributes that its source does not show."""

from __future__ import annotations

import builtins
import importlib
import operator
import re
import string
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from cahier.statement_language import (
    FORBIDDEN_NAMES,
    describe_attribute_rule,
    describe_import_rule,
    is_allowed_module,
    is_forbidden_attribute,
    is_reachable_module,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Names of attributes that get a guarded stand-in.
GUARDED_ATTRIBUTES = frozenset({"format", "format_map", "Formatter", "eval", "query", "open"})

_original_getattr = getattr
_FORMAT_NAMES = ("format", "format_map")
_ATTRIBUTE_OF_VARIABLE = re.compile(r"@\s*\w+[\s)\]]*\.\s*[^\W\d]")


def read_attribute(value: object, name: str) -> Any:  # noqa: ANN401 - any attribute
    """Give an attribute whose name was checked already.

    Raises:
        AttributeError: there is none, or a module would be reached that is not allowed.
    """
    result = _original_getattr(value, name)
    if isinstance(result, ModuleType):
        _check_module(result)
    if isinstance(value, ModuleType):
        _check_module(value)
    return result


def read_guarded_attribute(value: object, name: str) -> Any:  # noqa: ANN401 - as above
    """Give an attribute of one of `GUARDED_ATTRIBUTES`, or what stands in for it.

    Raises:
        AttributeError: as above.
    """
    if name in _FORMAT_NAMES and (isinstance(value, str) or value is str):
        return _guarded_format(value, name)
    result = read_attribute(value, name)
    if isinstance(value, ModuleType):
        if name == "Formatter" and result is string.Formatter:
            return _Formatter
        if name in ("open", "eval"):
            raise AttributeError(describe_attribute_rule(f"{value.__name__}.{name}"))
    if name in ("eval", "query") and callable(result):
        return _guarded_expression(result, name)
    return result


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

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, type)

    def __subclasscheck__(cls, value: type) -> bool:
        return issubclass(value, type)


class _GuardedType(metaclass=_TypeOfTypes):
    """Stands in for `type`: a class is made by `class`, whose source can be looked at."""

    def __new__(cls, *values: object) -> Any:  # noqa: ANN401 - as type itself does
        if len(values) != 1:
            message = "A Statement makes classes with the statement class, not with type()."
            raise TypeError(message)
        # Of a class that makes classes it is this again.
        found = type(values[0])
        return _GuardedType if found in (type, _TypeOfTypes) else found


def _has_attribute(value: object, name: str) -> bool:
    try:
        read_attribute_by_name(value, name)
    except AttributeError:
        return False
    return True


def _set_attribute(value: object, name: str, content: object) -> None:
    _check_text(name)
    setattr(value, name, content)


def _delete_attribute(value: object, name: str) -> None:
    _check_text(name)
    delattr(value, name)


def _check_text(name: object) -> None:
    # A text of a class of its own could be another one at the second look.
    if type(name) is not str:
        message = f"attribute name must be string, not '{type(name).__name__}'"
        raise TypeError(message)
    if is_forbidden_attribute(name):
        raise AttributeError(describe_attribute_rule(name))


def _check_module(module: ModuleType) -> None:
    name = str(vars(module).get("__name__"))
    if not is_reachable_module(name):
        message = f"A Statement cannot use the module {name}."
        raise AttributeError(message)


class _Formatter(string.Formatter):
    """Formats as `str.format` does, and looks at each attribute that a field names."""

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, str | int]:
        """Give the value of a field such as "0.name[1]", and its first part."""
        first, rest = _split(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, part in rest:
            value = read_attribute_by_name(value, str(part)) if is_attribute else value[part]
        return value, first


_split: Callable[[str], tuple[Any, Any]] = __import__("_string").formatter_field_name_split


def _guarded_format(value: object, name: str) -> Callable[..., str]:
    def format_text(template: str, *values: object, **named: object) -> str:
        return _Formatter().vformat(template, values, named)

    def format_by_map(template: str, named: Mapping[str, object]) -> str:
        return _Formatter().vformat(template, (), named)

    formats: dict[str, Callable[..., str]] = {"format": format_text, "format_map": format_by_map}
    guarded = formats[name]
    if value is str:
        return guarded
    return lambda *values, **named: guarded(value, *values, **named)


def _guarded_expression(function: Callable[..., object], name: str) -> Callable[..., object]:
    """Let `eval` and `query` of pandas have expressions without attributes."""

    def evaluate(expression: object, *values: object, **named: object) -> object:
        if isinstance(expression, str) and (problem := _expression_problem(expression)):
            message = f"{name}() of a Statement {problem}."
            raise ValueError(message)
        # pandas looks for the names in the frame of whoever calls it.
        level = named.pop("level", 0)
        return function(expression, *values, level=int(str(level)) + 1, **named)

    return evaluate


def _expression_problem(expression: str) -> str | None:
    if "__" in expression:
        return "cannot have two underscores in a row in its expression"
    if _ATTRIBUTE_OF_VARIABLE.search(expression):
        return "cannot use attributes of @names: put the value into a variable of its own"
    return None
