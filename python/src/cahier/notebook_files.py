"""The Python files that are kept with a notebook: its cells import them, and each other."""

from __future__ import annotations

import ast
import importlib
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# For each folder: the size and the time of every Python file in it, as a job found them.
_seen: dict[str, dict[str, tuple[int, int]]] = {}


def forget_changed_modules(folder: str) -> None:
    """Have the folder's modules loaded anew, all of them, if a Python file in it has changed.

    Otherwise they stay loaded from job to job, so that an object made by one cell is an instance of
    the same class in the next.
    """
    state = {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in Path(folder).rglob("*.py")
    }
    seen = _seen.get(folder, {})
    _seen[folder] = state
    if seen == state:
        return
    if seen:
        modules = list(sys.modules.items())
        for name in [name for name, module in modules if _is_from(module, folder)]:
            del sys.modules[name]
    importlib.invalidate_caches()


def imported_files(source: str, folder: str) -> list[str]:
    """Give the files that a source imports, directly and through each other, sorted.

    They are paths relative to the folder, with slashes. What does not parse imports nothing.
    """
    root = Path(folder)
    found: set[Path] = set()
    waiting = list(_files_of(source, root, root))
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


def _is_from(module: object, folder: str) -> bool:
    try:
        places = [getattr(module, "__file__", None), *(getattr(module, "__path__", None) or [])]
    except Exception:  # noqa: BLE001 - any object can be among the modules
        return False
    return any(isinstance(place, str) and place.startswith(f"{folder}/") for place in places)


def _files_of(source: str, root: Path, here: Path) -> Iterator[Path]:
    """Give the files that a source in the folder `here` imports itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    for node in nodes:
        match node:
            case ast.Import():
                for alias in node.names:
                    yield from _files_named(root, alias.name)
            case ast.ImportFrom(module=str(module), level=0):
                yield from _files_from(root, module, node.names)
            case ast.ImportFrom():
                base = here
                for _ in range(node.level - 1):
                    base = base.parent
                if base.is_relative_to(root):
                    yield from _files_from(base, node.module or "", node.names)


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
