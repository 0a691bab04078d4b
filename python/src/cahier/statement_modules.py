"""Modules as Statements have them: something in their place, which holds no names of its own.

A library that is given a module may look into its names, and hand out what is kept from Statements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


class ModuleFaces:
    """Makes one face for each module, of which all attributes are read through the guard."""

    def __init__(self, read: Callable[[ModuleType, str], object]) -> None:
        """Let `read` give an attribute of a module, or refuse it."""
        kind = _face_of(read)
        slot: Any = vars(kind)["module"]
        # Nothing that a face is asked for by name leads to its module.
        del kind.module
        self.kind: type = kind
        self.module_of: Callable[[object], ModuleType] = slot.__get__
        self._put: Callable[[object, ModuleType], None] = slot.__set__
        self._faces: dict[int, object] = {}

    def face_of(self, module: ModuleType) -> object:
        """Give the face of a module."""
        found = self._faces.get(id(module))
        if found is None:
            found = object.__new__(self.kind)
            self._put(found, module)
            self._faces[id(module)] = found
        return found


def _face_of(read: Callable[[ModuleType, str], object]) -> Any:  # noqa: ANN401 - a class
    class Face:
        """A module."""

        __module__ = "builtins"
        __qualname__ = "module"
        __slots__ = ("module",)

        def __new__(cls, *_values: object) -> Any:  # noqa: ANN401 - none at all
            message = "A Statement cannot make modules."
            raise TypeError(message)

        def __init_subclass__(cls) -> None:
            message = "A Statement cannot derive a class from that of modules."
            raise TypeError(message)

        def __getattribute__(self, name: str) -> object:
            if name.startswith("__"):
                return object.__getattribute__(self, name)
            return read(module_of(self), name)

        def __setattr__(self, name: str, _value: object) -> None:
            message = f"A Statement cannot change {self!r}: {name} is for all cells."
            raise AttributeError(message)

        def __delattr__(self, name: str) -> None:
            setattr(self, name, None)

        def __dir__(self) -> list[str]:
            return [name for name in dir(module_of(self)) if not name.startswith("_")]

        def __repr__(self) -> str:
            return repr(module_of(self))

        def __reduce__(self) -> Any:  # noqa: ANN401 - none at all
            message = "cannot pickle 'module' object"
            raise TypeError(message)

    module_of = vars(Face)["module"].__get__
    return Face
