"""What stands between a Statement and the attributes that its source does not show."""

from __future__ import annotations

import builtins
import importlib
import operator
import sys
from types import ModuleType
from typing import Any

from cahier.notebook_files import is_of_notebook
from cahier.statement_language import (
    FORBIDDEN_NAMES,
    describe_attribute_rule,
    describe_import_rule,
    is_allowed_module,
    is_forbidden_attribute,
    is_kept_by_libraries,
)
from cahier.statement_libraries import prepare_library
from cahier.statement_modules import ModuleFaces
from cahier.statement_reach import (
    CONTAINERS,
    PLAIN_TYPES,
    check_changed,
    check_holder,
    check_private,
    check_result,
    own_container,
)
from cahier.statement_stand_ins import GUARDED_ATTRIBUTES, stand_in

_original_getattr = getattr


def read_attribute(value: object, name: str) -> Any:  # noqa: ANN401 - any attribute
    """Give an attribute whose name was checked already, and is none that is to be guarded.

    Raises:
        AttributeError: there is none, or it is kept from Statements.
    """
    kind = type(value)
    if kind in PLAIN_TYPES:
        return _original_getattr(value, name)
    if kind is _FACE:
        value = _module_of(value)
    else:
        check_holder(value)
    return _given(value, name, _original_getattr(value, name))


def read_guarded_attribute(value: object, name: str) -> Any:  # noqa: ANN401 - as above
    """Give an attribute of a name for which `is_guarded` is true, or what stands in for it.

    Raises:
        AttributeError: as above.
    """
    if type(value) is _FACE:
        value = _module_of(value)
    else:
        check_holder(value)
    result = _original_getattr(value, name)
    if name in GUARDED_ATTRIBUTES:
        replaced = stand_in(value, name, result, read_attribute_by_name)
        if replaced is not result:
            return replaced
    given = _given(value, name, result)
    if is_kept_by_libraries(name):
        check_private(value, name)
    return given


def is_guarded(name: str) -> bool:
    """Say whether attributes of this name are read by `read_guarded_attribute`."""
    return name in GUARDED_ATTRIBUTES or is_kept_by_libraries(name)


def _given(value: object, name: str, result: Any) -> Any:  # noqa: ANN401 - as above
    kind = type(result)
    if kind in PLAIN_TYPES:
        return own_container(value, name, result) if kind in CONTAINERS else result
    check_result(value, name, result)
    return _faces.face_of(result) if isinstance(result, ModuleType) else result


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
    return _changed(value, name)


def read_attribute_by_name(value: object, name: str, *default: object) -> Any:  # noqa: ANN401 - as above
    """Stand in for `getattr`."""
    _check_text(name)
    read = read_guarded_attribute if is_guarded(name) else read_attribute
    if not default:
        return read(value, name)
    try:
        return read(value, name)
    except AttributeError:
        return default[0]


def import_package(name: str) -> object:
    """Give what `import name` binds: of a dotted name the outermost package.

    Raises:
        ImportError: the module is none of those that are allowed.
    """
    _imported(name)
    return _face_of(sys.modules[name.partition(".")[0]])


def import_module(name: str) -> object:
    """Give what `import name as ...` binds.

    Raises:
        ImportError: the module is none of those that are allowed.
    """
    return _face_of(_imported(name))


def _imported(name: str) -> ModuleType:
    if not is_allowed_module(name):
        raise ImportError(describe_import_rule(name), name=name)
    _refuse_file(name)
    module = importlib.import_module(name)
    _refuse_file(name)
    prepare_library(name)
    return module


def _refuse_file(name: str) -> None:
    if is_of_notebook(name):
        message = (
            f'"{name}" is a file of this notebook. A Statement imports the library of that name: '
            "rename the file."
        )
        raise ImportError(message, name=name)


def _face_of(module: object) -> object:
    # A library may put something else in the place of its module.
    return _faces.face_of(module) if isinstance(module, ModuleType) else module


def import_name(module: str, name: str) -> Any:  # noqa: ANN401 - as above
    """Give what `from module import name` binds.

    Raises:
        ImportError: there is none, or it is a module that is not allowed.
    """
    _imported(module)
    found = __import__(module, fromlist=[name])
    read = read_guarded_attribute if is_guarded(name) else read_attribute
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
    setattr(_changed(value, name), name, content)


def _delete_attribute(value: object, name: str) -> None:
    _check_text(name)
    delattr(_changed(value, name), name)


def _changed(value: object, name: str) -> object:
    found = _module_of(value) if type(value) is _FACE else value
    check_changed(found, name)
    return found


def _check_text(name: object) -> None:
    # A text of a class of its own could be another one at the second look.
    if type(name) is not str:
        message = f"attribute name must be string, not '{type(name).__name__}'"
        raise TypeError(message)
    if is_forbidden_attribute(name):
        raise AttributeError(describe_attribute_rule(name))


_faces = ModuleFaces(read_attribute_by_name)
_FACE, _module_of = _faces.kind, _faces.module_of
