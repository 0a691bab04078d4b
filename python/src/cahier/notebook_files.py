"""The Python files that are kept with a notebook: its cells import them, and each other."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from cahier.missed_modules import MissedModules, asked_after_others
from cahier.module_search import ModuleSearch
from cahier.source_loading import depth_checked_below

if TYPE_CHECKING:
    from collections.abc import Iterator

# For what is loaded before any script runs no file of a notebook can stand in.
_LOADED_FIRST = {*sys.builtin_module_names, *sys.modules, "cahier", "oocana", "onelogic"}
_MOST_ABSENT = 1_000
_LONGEST_PLACE = 200


class ImportedModules(NamedTuple):
    """What sources import from the folder of a notebook's files; sorted.

    `files` are paths relative to the folder, with slashes. `absent` are places in it where modules
    were looked for and are none, such as "helpers/deep": a file "helpers/deep.py" or
    "helpers/deep/__init__.py" would be imported, be it in place of an installed package. `places`
    are those in which a file would change nothing as well. `is_dynamic` tells whether modules are
    imported by names that a script makes up.
    """

    files: list[str]
    absent: list[str]
    places: frozenset[str]
    is_dynamic: bool


class _Looks(NamedTuple):
    """The files that a module names, and the places where it looked for more in vain."""

    files: list[Path]
    absent: set[str]
    is_dynamic: bool


class _LoadedModules:
    """Which modules are loaded from the folder, by the jobs of one session, and which it lacks."""

    def __init__(self) -> None:
        self.session: tuple[str, str | None] | None = None
        self.names: set[str] = set()
        self.names_before: frozenset[str] = frozenset()
        self.missed = MissedModules("")
        self.looks: dict[Path, _Looks] = {}


_loaded = _LoadedModules()


@contextmanager
def modules_of_session(folder: str, session_id: str | None) -> Iterator[None]:
    """Run a job of a session, for which each of the folder's modules is loaded once.

    They stay loaded from job to job, so that an object made by one cell is an instance of the same
    class in the next, though their files may change; the first job of another session loads them
    anew.
    """
    if _loaded.session != (folder, session_id):
        for name in _loaded.names:
            sys.modules.pop(name, None)
        _loaded.session = folder, session_id
        _loaded.names = set()
        _loaded.missed = MissedModules(folder)
        _loaded.looks = {}
    _loaded.names_before = frozenset(sys.modules)
    try:
        with asked_after_others(_loaded.missed), depth_checked_below(folder):
            yield
    finally:
        _loaded.names |= _new_modules(folder)


def is_of_notebook(name: str) -> bool:
    """Say whether a module is one of the notebook's files, or would be if it was imported."""
    if _loaded.session is None:
        return False
    folder, _ = _loaded.session
    outermost = name.partition(".")[0]
    for loaded in (outermost, name):
        if loaded in sys.modules and _is_from(sys.modules[loaded], folder):
            return True
    found = None if outermost in sys.modules else PathFinder.find_spec(outermost, [folder])
    # A folder alone gives way to a library.
    return found is not None and found.origin is not None


def imported_modules(sources: list[str], folder: str) -> ImportedModules:
    """Tell what the sources of a job that has run import, also through each other.

    These are the modules that imports name, those that the job has loaded, and where modules are
    imported by names that a script makes up, all that the session has loaded or has not found. What
    does not parse names nothing.
    """
    root = Path(folder)
    search = ModuleSearch(root)
    found: set[Path] = set()
    absent: set[str] = set()
    waiting = [path for source in sources for path in search.files_of(source, root)]
    new_modules = _new_modules(folder)
    waiting += _files_of_modules(new_modules, root)
    loaded = set(_files_of_modules(_loaded.names | new_modules, root))
    was_dynamic = False
    while waiting or search.is_dynamic != was_dynamic:
        if search.is_dynamic != was_dynamic:
            waiting += _files_of_modules(_loaded.names, root)
            was_dynamic = True
            continue
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        looks = _loaded.looks[path] if path in _loaded.looks else _look_into(path, root)
        if path in loaded:
            # It stays as it was loaded, and so does what it found: a file that comes is not for it.
            _loaded.looks[path] = looks
        waiting += looks.files
        absent |= looks.absent
        search.is_dynamic |= looks.is_dynamic
    missed = _loaded.missed.places if search.is_dynamic else set()
    absent |= {place for place in search.absent | missed if not search.has_file(place)}
    return ImportedModules(
        sorted(path.relative_to(root).as_posix() for path in found),
        sorted(_absent_places(absent, folder))[:_MOST_ABSENT],
        frozenset(absent),
        search.is_dynamic,
    )


def modules_elsewhere(imported: ImportedModules, folder: str) -> set[str]:
    """Give the outermost names of what a job that has run imports from outside of the folder.

    These are the modules that its sources name and those that it has loaded; where modules are
    imported by names that a script makes up, all that are loaded.
    """
    modules = dict(sys.modules)
    loaded = modules.keys() if imported.is_dynamic else modules.keys() - _loaded.names_before
    names = {name.partition(".")[0] for name in loaded if isinstance(name, str)}
    names |= {place.partition("/")[0] for place in imported.places}
    return {name for name in names if not _is_from(modules.get(name), folder)}


def _look_into(path: Path, root: Path) -> _Looks:
    """Look where a module of the folder finds others; nowhere if it cannot be read."""
    search = ModuleSearch(root)
    try:
        files = list(search.files_of(path.read_text(encoding="utf-8"), path.parent))
    except (OSError, ValueError):
        files = []
    absent = {place for place in search.absent if not search.has_file(place)}
    return _Looks(files, absent, search.is_dynamic)


def _absent_places(places: set[str], folder: str) -> set[str]:
    """Leave out places at which a file would change nothing, and those that are too long."""
    told: set[str] = set()
    for place in places:
        top = place.partition("/")[0]
        if top in _LOADED_FIRST or len(place) > _LONGEST_PLACE:
            continue
        module = sys.modules.get(top)
        # The modules of an installed package are found in it alone.
        is_installed = module is not None and not _is_from(module, folder)
        told.add(top if is_installed else place)
    return told


def _new_modules(folder: str) -> set[str]:
    """Give the names of the folder's modules that this job has loaded."""
    modules = dict(sys.modules)
    names = modules.keys() - _loaded.names_before
    return {name for name in names if _is_from(modules[name], folder)}


def _files_of_modules(names: set[str], root: Path) -> Iterator[Path]:
    for name in names:
        file = getattr(sys.modules.get(name), "__file__", None)
        if isinstance(file, str) and file.endswith(".py") and Path(file).is_relative_to(root):
            yield Path(file)


def _is_from(module: object, folder: str) -> bool:
    if not isinstance(module, ModuleType):
        return False
    # A module that is loaded when it is first asked for something is not to be asked.
    names = ModuleType.__getattribute__(module, "__dict__")
    try:
        places = [names.get("__file__"), *(names.get("__path__") or [])]
    except Exception:  # noqa: BLE001 - any object can be there
        return False
    return any(isinstance(place, str) and place.startswith(f"{folder}/") for place in places)
