"""The Python files that are kept with a notebook: its cells import them, and each other."""

from __future__ import annotations

import ast
import sys
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from cahier.imports import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_DYNAMIC_IMPORTS = ("import_module", "__import__")


class _LoadedModules:
    """Which modules are loaded from the folder, by the jobs of one session."""

    def __init__(self) -> None:
        self.session: tuple[str, str | None] | None = None
        self.names: set[str] = set()
        self.names_before: frozenset[str] = frozenset()


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
    _loaded.names_before = frozenset(sys.modules)
    try:
        yield
    finally:
        _loaded.names |= _new_modules(folder)


def imported_files(sources: list[str], folder: str) -> list[str]:
    """Give the files that the sources of a job that has run import, also through each other.

    They are paths relative to the folder, with slashes, sorted: those that imports name, those
    that the job has loaded, and where modules are imported by names that a script makes up, all
    that the session has loaded. What does not parse names nothing.
    """
    root = Path(folder)
    new_modules = _new_modules(folder)
    found: set[Path] = set()
    named = [path for source in sources for path in _files_of(source, root, root)]
    waiting = [*named, *_files_of_modules(new_modules, root)]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
        waiting += _files_of(text, root, path.parent)
    return sorted(path.relative_to(root).as_posix() for path in found)


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


def _files_of(source: str, root: Path, here: Path) -> Iterator[Path]:
    """Give the files that a source in the folder `here` imports itself."""
    for node in nodes_of(source):
        match node:
            case ast.Import():
                for alias in node.names:
                    yield from _files_named(root, alias.name)
            case ast.ImportFrom(module=str(module), level=0):
                yield from _files_from(root, module, node.names)
            case ast.ImportFrom():
                for base in [here, *here.parents][node.level - 1 : node.level]:
                    if base.is_relative_to(root):
                        yield from _files_from(base, node.module or "", node.names)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _DYNAMIC_IMPORTS:
                yield from _files_of_modules(_loaded.names, root)


def _files_from(base: Path, module: str, names: list[ast.alias]) -> Iterator[Path]:
    """Give the files of `from module import names`, in which a name can be a module as well."""
    yield from _files_named(base, module)
    for alias in names:
        yield from _files_named(base, f"{module}.{alias.name}".lstrip("."))


def _files_named(base: Path, module: str) -> Iterator[Path]:
    """Give the file of a module, and those of the packages that it is in."""
    place = base
    for part in filter(None, module.split(".")):
        place = place / part
        for path in (place / "__init__.py", place.with_name(f"{part}.py")):
            if path.is_file():
                yield path
                break
