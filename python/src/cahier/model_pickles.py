"""Pickles of models, which leave Python's memory in parts while they are made."""

from __future__ import annotations

import io
import pickle
import platform
from types import BuiltinFunctionType, FunctionType
from typing import TYPE_CHECKING, Any

from cahier.model_packages import packages_behind
from cahier.nesting import is_graph_deeper
from cahier.pickling import MOST_DEPTH, hidden_modules
from cahier.secrets_mask import SecretsWatch
from cahier.unpicklable import class_name, unpicklable_part

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from cahier._wire import PickledModel, Token
    from cahier.host import Keep
    from cahier.secrets_mask import SecretsMask

_PROTOCOL = 5
# What a script defines itself is gone with its job.
_CELL_MODULES = ("__main__",)
_PART_BYTES = 16 * 1024 * 1024
# These are pickled by their names.
_NAMED = (type, FunctionType, BuiltinFunctionType)
_BUFFER_BYTES = 4 * 1024 * 1024


class _SecretError(Exception):
    """A pickle holds what is to be kept nowhere."""


class _Parts(io.RawIOBase):
    """A file whose content leaves Python's memory as it comes: all bytes of a pickle pass here."""

    def __init__(self, keep: Keep, mask: SecretsMask) -> None:
        super().__init__()
        self.tokens: list[Token] = []
        self.is_given_up = False
        self._keep = keep
        self._watch = SecretsWatch(mask)

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        part = memoryview(data).cast("B")[:_PART_BYTES]
        if self.is_given_up:
            # The buffer before it writes its rest when it goes: nobody wants that.
            return len(part)
        if self._watch.sees_one_in(part):
            raise _SecretError
        try:
            self.tokens.append(self._keep(part))
        except Exception as error:
            # It copies and does nothing else: there is no room.
            raise MemoryError from error
        return len(part)


class _Pickler(pickle.Pickler):
    """Notes the modules that a pickle names, and the object that was looked at last."""

    def __init__(self, file: io.BufferedWriter) -> None:
        super().__init__(file, _PROTOCOL)
        self.last: object = None
        self.modules: set[object] = set()
        self._classes: set[type] = set()

    def reducer_override(self, value: Any) -> object:  # noqa: ANN401 - any object
        """Look at all but texts, numbers, lists and the like; leave them to be pickled as ever."""
        self.last = value
        kind = type(value)
        if kind not in self._classes:
            self._classes.add(kind)
            self.modules.add(kind.__module__)
        # Not isinstance, which asks the object for its class.
        if issubclass(kind, _NAMED):
            self.modules.add(value.__module__)
        return NotImplemented


def pickled_model(model: object, what: str, keep: Keep, mask: SecretsMask) -> PickledModel:
    """Pickle a model as it is now; `what` stands for it in what is said of it.

    Large arrays are copied once, out of Python's memory.

    Raises:
        pickle.PicklingError: it cannot be pickled; the text names the part of it that cannot.
        ValueError: it holds a secret that the mask knows.
        MemoryError: there is no room for a part.
    """
    if is_graph_deeper(model, MOST_DEPTH):
        message = (
            f"{what} cannot be saved: its objects hold each other more than {MOST_DEPTH} levels "
            "deep, as a long chain does. Keep what it is made of in a list instead."
        )
        raise pickle.PicklingError(message)
    parts = _Parts(keep, mask)
    file = io.BufferedWriter(parts, _BUFFER_BYTES)
    pickler = _Pickler(file)
    try:
        with hidden_modules(_CELL_MODULES):
            try:
                pickler.dump(model)
                file.flush()
            except BaseException:
                parts.is_given_up = True
                raise
    except _SecretError:
        message = (
            f"{what} holds the token of od_authorization, which would be kept with it. Take it out "
            "of the model."
        )
        raise ValueError(message) from None
    except MemoryError as error:
        message = f"{what} cannot be saved: Python has no memory left for its pickle. {_ROOM}"
        raise MemoryError(message) from error
    except Exception as error:
        with hidden_modules(_CELL_MODULES):
            reason = unpicklable_part(model, pickler.last, error)
        message = f"{what} cannot be saved: {reason}"
        raise pickle.PicklingError(message) from error
    modules = [name for name in pickler.modules if isinstance(name, str)]
    return {
        "parts": parts.tokens,
        "typeName": mask(class_name(type(model))),
        "pythonVersion": platform.python_version(),
        "packages": packages_behind(modules),
    }


_ROOM = "Make the model smaller, or let go of what else the script holds, before it is added."
