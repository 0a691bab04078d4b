"""Modules that a session looked for and that nobody has found."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

from cahier.texts import without_half_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

_MOST_PLACES = 1_000
_LONGEST_PLACE = 200


class MissedModules:
    """Finds nothing, and notes what it is asked for: what those before it have not found.

    Noted is the place in a folder where a module could have been, as in "helpers/deep".
    """

    def __init__(self, folder: str) -> None:
        """Note places in the folder, from which modules are imported."""
        self.places: set[str] = set()
        self._folder = folder

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,  # noqa: ARG002 - finders have it
    ) -> None:
        """Note the place, of a module that is not in a package of somewhere else."""
        place = without_half_characters(self._place_of(fullname, path))
        if 0 < len(place) <= _LONGEST_PLACE and len(self.places) < _MOST_PLACES:
            self.places.add(place)

    def _place_of(self, fullname: str, path: Sequence[str] | None) -> str:
        """Give the place in the folder; "" where it is none."""
        if path is None:
            return fullname
        for each in path:
            if isinstance(each, str) and each.startswith(f"{self._folder}/"):
                package = each.removeprefix(f"{self._folder}/")
                return f"{package}/{fullname.rpartition('.')[2]}"
        return ""


@contextmanager
def asked_after_others(finder: MissedModules) -> Iterator[None]:
    """Have Python ask the finder for what is in no folder; before those that explain what is not.

    Pyodide's own last finders raise errors that say how a package can be had.
    """
    finders = sys.meta_path
    finders.insert(finders.index(PathFinder) + 1 if PathFinder in finders else len(finders), finder)
    try:
        yield
    finally:
        finders.remove(finder)
