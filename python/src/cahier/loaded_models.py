"""`od_models`: the models that a script is given, each unpickled when it is first asked for."""

from __future__ import annotations

from collections.abc import ItemsView, Mapping, ValuesView
from typing import TYPE_CHECKING, Any, SupportsIndex

from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_NAMED = 20
# As the script's own, but that its text is not put into quotes.
_NoModel = type(
    "KeyError", (KeyError,), {"__str__": lambda error: error.args[0], "__module__": "builtins"}
)


class UnreadModel:
    """A model that is not unpickled yet; `StoredModel` is what there are of them."""

    def load(self, warn: Callable[[str], None]) -> object:
        """Unpickle it, and warn of what the reader should know of that.

        Raises:
            pickle.UnpicklingError: it cannot be; the text says why and what can be done.
            MemoryError: there is no room for it.
        """
        raise NotImplementedError


class LoadedModels(dict[str, Any]):
    """A dict of models by their names.

    It reads as any dict does. What a script puts into it is the script's own and not saved.
    """

    def __init__(self, stored: Mapping[str, UnreadModel], warn: Callable[[str], None]) -> None:
        """Hold these; each is loaded when it is first asked for."""
        super().__init__(stored)
        self._warn = warn

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any model
        """Give the model.

        Raises:
            KeyError: there is none of the name; the text lists those that there are.
            pickle.UnpicklingError: it cannot be loaded; the text says why.
        """
        if name not in self:
            raise _NoModel(self._explain(name))
        found = super().__getitem__(name)
        if isinstance(found, UnreadModel):
            found = found.load(self._warn)
            self[name] = found
        return found

    # With an __iter__ of its own `dict(od_models)` and `{**od_models}` ask for each item.
    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return super().__iter__()

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - any model
        """Give the model, or the default where there is none of the name."""
        if name not in self:
            return default
        return self[name]

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override] # a view that loads
        """Give names and models."""
        return ItemsView(self)

    def values(self) -> ValuesView[Any]:  # type: ignore[override] # as above
        """Give the models."""
        return ValuesView(self)

    def pop(self, name: str, *default: Any) -> Any:  # noqa: ANN401 - as get
        """Take the model out."""
        if name not in self and default:
            return default[0]
        model = self[name]
        del self[name]
        return model

    def popitem(self) -> tuple[str, Any]:
        """Take the last model out."""
        name = next(reversed(self), None)
        if name is None:
            message = "popitem(): there are no models left in od_models."
            raise _NoModel(message)
        return name, self.pop(name)

    def setdefault(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as get
        """Give the model; where there is none of the name, put the default there."""
        if name not in self:
            self[name] = default
        return self[name]

    def copy(self) -> dict[str, Any]:
        """Give a plain dict of all models."""
        return dict(self)

    def __reduce_ex__(self, protocol: SupportsIndex, /) -> tuple[type, tuple[dict[str, Any]]]:
        """Be pickled, and copied by `copy`, as a plain dict of all models."""
        del protocol
        return dict, (self.copy(),)

    def __eq__(self, other: object) -> bool:
        """Compare the models, which are loaded for it."""
        return isinstance(other, Mapping) and dict(self) == dict(other)

    __hash__ = None  # as of any dict

    def __ne__(self, other: object) -> bool:
        """Say whether they are not equal."""
        return not self == other

    def __or__(self, other: Any) -> Any:  # noqa: ANN401 - as dict
        """Give a plain dict of all models and of what the other one has."""
        return dict(self) | dict(other) if isinstance(other, Mapping) else NotImplemented

    def __ror__(self, other: Any) -> Any:  # noqa: ANN401 - as dict
        """Give a plain dict of what the other one has and of all models."""
        return dict(other) | dict(self) if isinstance(other, Mapping) else NotImplemented

    def _explain(self, name: object) -> str:
        what = f'"{name}"' if isinstance(name, str) else f"{name!r} of type {type_name(type(name))}"
        if not self:
            return (
                f"there is no model {what} in od_models, as the configuration of the cell loads "
                'none. Choose it there under "Load One or More Models".'
            )
        names = [f'"{each}"' for each in self]
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        similar = self._similar(name) if isinstance(name, str) else None
        are = "; there are" if similar is None else f'. Did you mean "{similar}"? There are'
        return (
            f"there is no model {what} in od_models{are}: "
            f"{', '.join(names[:_MOST_NAMED])}{more}. Ask for one of these, or choose others in "
            'the configuration of the cell, under "Load One or More Models" or by a model group.'
        )

    def _similar(self, name: str) -> str | None:
        """Find the name that was probably meant."""
        from difflib import get_close_matches  # noqa: PLC0415 - for a mistake alone

        # A script may have put in what has no text for a key.
        names = {each.casefold(): each for each in self if isinstance(each, str)}
        found = get_close_matches(name.casefold(), names, 1)
        return names[found[0]] if found else None
