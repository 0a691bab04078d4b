"""Where sources look for modules among the Python files of a notebook."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cahier.imports import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DYNAMIC_IMPORTS = ("import_module", "__import__", "find_spec")


class ModuleSearch:
    """Finds the files that sources name, and notes where there are none.

    `absent` are places relative to the root, as in "helpers/deep". `is_dynamic` tells whether a
    source imports modules by names that it may make up.
    """

    def __init__(self, root: Path) -> None:
        """Look below a folder that modules are imported from."""
        self.absent: set[str] = set()
        self.is_dynamic = False
        self._root = root

    def files_of(self, source: str, here: Path) -> Iterator[Path]:
        """Give the files that a source in the folder `here` imports itself."""
        for node in nodes_of(source):
            self.is_dynamic = self.is_dynamic or _is_dynamic(node)
            match node:
                case ast.Import():
                    for alias in node.names:
                        yield from self._files_named(self._root, alias.name)
                case ast.ImportFrom(module=str(module), level=0):
                    yield from self._files_from(self._root, module, node.names)
                case ast.ImportFrom():
                    for base in [here, *here.parents][node.level - 1 : node.level]:
                        if base.is_relative_to(self._root):
                            yield from self._files_from(base, node.module or "", node.names)
                case ast.Call(func=function, args=[ast.Constant(value=str(module)), *_]):
                    if _is_dynamic(function) and _is_module_name(module):
                        yield from self._files_named(self._root, module)

    def has_file(self, place: str) -> bool:
        """Whether there is a module at a place."""
        return any((self._root / f"{place}{end}").is_file() for end in (".py", "/__init__.py"))

    def _files_from(self, base: Path, module: str, names: list[ast.alias]) -> Iterator[Path]:
        """Give the files of `from module import names`, in which a name can be a module as well."""
        yield from self._files_named(base, module)
        for alias in names:
            if alias.name != "*":
                yield from self._files_named(base, f"{module}.{alias.name}".lstrip("."))

    def _files_named(self, base: Path, module: str) -> Iterator[Path]:
        """Give the file of a module, and those of the packages that it is in."""
        place = base
        can_hold_modules = True
        for part in filter(None, module.split(".")):
            place = place / part
            package, file = place / "__init__.py", place.with_name(f"{part}.py")
            if package.is_file():
                yield package
                continue
            if file.is_file():
                yield file
            if can_hold_modules:
                # A package comes before a file of its name.
                absent = package.with_suffix("") if file.is_file() else place
                self.absent.add(absent.relative_to(self._root).as_posix())
            can_hold_modules = can_hold_modules and not file.is_file()


def _is_dynamic(node: ast.AST) -> bool:
    """Whether it names one of the functions that take names of modules."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name in _DYNAMIC_IMPORTS
    return False


def _is_module_name(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))
