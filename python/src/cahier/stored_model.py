"""Unpickles the models that a job loads, and says what is wrong with one that cannot be."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

from cahier.loaded_models import UnreadModel
from cahier.model_packages import changed_packages
from cahier.notebook_files import is_of_notebook
from cahier.texts import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

    from cahier._wire import LoadedModelPayload
    from cahier.host import Host

_PART_BYTES = 16 * 1024 * 1024
_BUFFER_BYTES = 1024 * 1024
_LONGEST_REASON = 500


class _Pickle(io.RawIOBase):
    """A file that reads a model's pickle from where the page keeps it."""

    def __init__(self, name: str, host: Host) -> None:
        super().__init__()
        self._name = name
        self._host = host
        self._place = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer).cast("B")[:_PART_BYTES]
        count = self._host.read_model(self._name, self._place, target)
        self._place += count
        return count


class _Unpickler(pickle.Unpickler):
    """Notes the modules that a pickle names, and which name of which was not there."""

    def __init__(self, file: io.BufferedReader) -> None:
        super().__init__(file)
        self.modules: set[str] = set()
        self.missing: tuple[str, str] | None = None

    def find_class(self, module_name: str, global_name: str, /) -> Any:  # noqa: ANN401 - as typeshed
        try:
            found = super().find_class(module_name, global_name)
        except (ImportError, AttributeError):
            self.missing = module_name, global_name
            raise
        self.modules.add(module_name)
        return found


class StoredModel(UnreadModel):
    """A model that is not unpickled yet."""

    def __init__(self, payload: LoadedModelPayload, host: Host) -> None:
        """Read it through the host."""
        self._payload = payload
        self._host = host
        self._modules: set[str] = set()

    def __repr__(self) -> str:
        """Show what it is without reading it."""
        return f"<{self._payload['typeName']}, version {self._payload['number']}, not read yet>"

    def load(self, warn: Callable[[str], None]) -> object:
        """Unpickle it, and warn of packages that were others when it was saved.

        Raises:
            pickle.UnpicklingError: it cannot be; the text says why and what can be done.
            MemoryError: there is no room for it.
        """
        name = self._payload["name"]
        reader = _Unpickler(io.BufferedReader(_Pickle(name, self._host), _BUFFER_BYTES))
        try:
            model = reader.load()
        except MemoryError as error:
            message = f"{self._what} cannot be loaded: Python has no memory left for it."
            raise MemoryError(message) from error
        except Exception as error:
            raise pickle.UnpicklingError(self._explain(reader, error)) from error
        self._modules = reader.modules
        if changes := changed_packages(self._payload):
            warn(
                f"{self._what} was saved with other versions than are here: {'; '.join(changes)}. "
                "It was loaded all the same, and may do something else. Save it anew to be sure."
            )
        return model

    def notebook_modules(self) -> list[str]:
        """Give the modules among the notebook's files that it is made of, if it was loaded."""
        return sorted(name for name in self._modules if is_of_notebook(name))

    @property
    def _what(self) -> str:
        return (
            f'od_models: version {self._payload["number"]} of the model "{self._payload["name"]}"'
        )

    def _explain(self, reader: _Unpickler, error: Exception) -> str:
        if isinstance(error, ModuleNotFoundError) and error.name and reader.missing:
            return (
                f'{self._what} cannot be loaded: the module "{error.name}" that it needs is not '
                f"here. {self._origin} {self._host.explain_missing_module(error.name)}"
            )
        if isinstance(error, AttributeError) and reader.missing:
            module, name = reader.missing
            return (
                f'{self._what} cannot be loaded: the module "{module}" has no "{name}" any more. '
                f"{self._origin} Bring that back, or save the model anew."
            )
        text = cut(f"{type(error).__name__}: {_text_of(error)}", _LONGEST_REASON)
        changes = changed_packages(self._payload)
        why = f" Since it was saved these changed: {'; '.join(changes)}." if changes else ""
        return (
            f"{self._what} cannot be loaded: reading its pickle fails ({text}).{why} Load another "
            "version of it, or save the model anew."
        )

    @property
    def _origin(self) -> str:
        origin = self._payload["origin"]
        packages = ", ".join(
            f"{package['name']} {package['version']}" for package in self._payload["packages"]
        )
        text = f"It was saved with Python {self._payload['pythonVersion']}"
        if packages:
            text += f" and {packages}"
        if origin is None:
            return f"{text}."
        return (
            f"{text}, {origin}: where the module is a Python file of that notebook, this one needs "
            "it too."
        )


def _text_of(error: Exception) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - __str__ may be the script's own
        return ""
