"""What `od_output.add_model` has taken, and what the configuration of the cell lets be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.loaded_models import LoadedModels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cahier._wire import ModelConfiguration, ModelPayload
    from cahier.host import Keep
    from cahier.secrets_mask import SecretsMask

_MOST_NAMED = 20
_ALONE = " The model is saved without the group."


class SavedModels:
    """Collects the models that a script adds, each pickled as it is at the call."""

    def __init__(
        self,
        configuration: ModelConfiguration | None,
        keep: Keep,
        warn: Callable[[str], None],
        mask: SecretsMask,
    ) -> None:
        """Let be saved what the configuration names; `keep` moves bytes out of Python.

        No pickle may hold what the mask knows.
        """
        self._names = [row["name"] for row in configuration["save"]] if configuration else []
        rows = configuration["saveGroups"] if configuration else []
        self._groups = {row["name"]: row["models"] for row in rows}
        self._keep = keep
        self._warn = warn
        self._mask = mask
        self._models: dict[str, ModelPayload] = {}

    def add(self, name: str, model: object, group: str | None) -> None:
        """Pickle a model that may be saved; warn of one that may not, or not into the group.

        Raises:
            pickle.PicklingError, ValueError, MemoryError: as `pickled_model` says.
            pickle.UnpicklingError: it is `od_models`, and one of those cannot be loaded.
        """
        what = f'od_output.add_model: the model "{name}"'
        problem = self._problem(name, group)
        if problem is not None:
            is_saved_alone = group is not None and name in self._names
            self._warn(f"{what} is not saved{problem}{_ALONE if is_saved_alone else ''}")
            if not is_saved_alone:
                return
            group = None
        if type(model) is LoadedModels:
            # It is read as the dict that it stands for.
            model = model.copy()
        from cahier.model_pickles import pickled_model  # noqa: PLC0415 - few scripts save models

        pickled = pickled_model(model, what, self._keep, self._mask)
        before = self._models.get(name)
        if before is not None:
            self._warn(f"{what} was added before and is replaced.")
        groups = before["groups"] if before else []
        if group is not None and group not in groups:
            groups = [*groups, group]
        self._models[name] = {
            "name": name,
            "groups": groups,
            "parts": pickled["parts"],
            "typeName": pickled["typeName"],
            "pythonVersion": pickled["pythonVersion"],
            "packages": pickled["packages"],
        }

    def payloads(self) -> list[ModelPayload]:
        """Give the models in the order in which their names were first added."""
        return list(self._models.values())

    def missing(self) -> list[str]:
        """Tell, in sentences, what the configuration names and the script has not added."""
        alone = [f'"{name}" be saved' for name in self._names if name not in self._models]
        grouped = [
            f'"{name}" be saved into the group "{group}"'
            for group, models in self._groups.items()
            for name in models
            if name not in self._models or group not in self._models[name]["groups"]
        ]
        return [
            f"The configuration lets the model {what}, but the script has not added it."
            for what in (*alone, *grouped)
        ]

    def _problem(self, name: str, group: str | None) -> str | None:
        """Say what follows "is not saved"; None where the model may be saved."""
        if group is None:
            if name in self._names:
                return None
            known = _listed(self._names) or "no model"
            return (
                f': under "Save One or More Models" the configuration of the cell names {known}. '
                "Add it there."
            )
        where = (
            f' into the group "{group}": under "Save One or More Model Groups With Assigned Models"'
            " the configuration of the cell"
        )
        if group not in self._groups:
            return f"{where} names {_listed(self._groups) or 'no group'}. Add the group there."
        if name not in self._groups[group]:
            known = _listed(self._groups[group]) or "no model"
            return f"{where} has {known} in that group. Add the model there."
        return None


def _listed(names: Iterable[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    more = f" and {len(quoted) - _MOST_NAMED} more" if len(quoted) > _MOST_NAMED else ""
    return f"{', '.join(quoted[:_MOST_NAMED])}{more}"
