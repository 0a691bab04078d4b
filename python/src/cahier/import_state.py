"""Puts the import system back as a job found it, except for what the job imported."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_Finder = TypeVar("_Finder")


@contextmanager
def restored_imports() -> Iterator[None]:
    """Restore the modules, finders and path hooks that were there; drop those a script made.

    Imported modules stay loaded, and so do the finders that came with them: parts of six, which
    pandas needs, are found by a finder of its own only.
    """
    modules, modules_before = sys.modules, dict(sys.modules)
    finders, finders_before = sys.meta_path, list(sys.meta_path)
    hooks, hooks_before = sys.path_hooks, list(sys.path_hooks)
    cache, cache_before = sys.path_importer_cache, dict(sys.path_importer_cache)
    try:
        yield
    finally:
        imported = _restore_modules(modules, modules_before)
        finders[:] = _restored(finders_before, getattr(sys, "meta_path", None), imported)
        hooks[:] = _restored(hooks_before, getattr(sys, "path_hooks", None), imported)
        cache.clear()
        cache.update(cache_before)


def _restore_modules(modules: dict[str, ModuleType], before: dict[str, ModuleType]) -> set[str]:
    """Give the names of the modules that are new and stay."""
    # Hundreds may be there, and most jobs change none.
    if list(modules) == list(before) and _ids(modules) == _ids(before):
        return set()
    for name, module in before.items():
        if modules.get(name) is not module:
            modules[name] = module
    imported = modules.keys() - before.keys()
    for name in list(imported):
        if not _is_imported(name, modules):
            del modules[name]
            imported.remove(name)
    return imported


def _ids(modules: dict[str, ModuleType]) -> list[int]:
    return list(map(id, modules.values()))


def _is_imported(name: str, modules: dict[str, ModuleType]) -> bool:
    """Whether an import made this entry; a script's own entries have no spec.

    Compiled libraries make modules without a spec, too: Cython those that all its modules share,
    others submodules, which are attributes of their parents.
    """
    module = modules[name]
    if _attribute(module, "__spec__") is not None:
        return True
    if module is None or not isinstance(name, str):
        return False
    parent, _, child = name.rpartition(".")
    is_attribute = parent in modules and _attribute(modules[parent], child) is module
    return is_attribute or name.startswith(("_cython_", "cython_runtime"))


def _attribute(module: object, name: str) -> object:
    try:
        return getattr(module, name, None)
    except Exception:  # noqa: BLE001 - a script's entry can be any object
        return None


def _restored(before: list[_Finder], after: object, imported: set[str]) -> list[_Finder]:
    """Give those from before, and beside them what the imported modules have added."""
    known = {id(finder) for finder in before}
    first: list[_Finder] = []
    last: list[_Finder] = []
    side = first
    for finder in after if isinstance(after, list) else []:
        if id(finder) in known:
            side = last
        elif _attribute(finder, "__module__") in imported:
            side.append(finder)
    return [*first, *before, *last]
