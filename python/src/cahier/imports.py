"""Which packages a source needs before it runs."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from cahier.source_depth import check_depth

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRAWING_ATTRIBUTES = {"plot", "hist", "boxplot"}
# What hashes of passlib.hash are computed by, where it does not do so itself.
_HASHING_MODULES = {"argon2": "argon2", "bcrypt": "bcrypt", "bcrypt_sha256": "bcrypt"}


def nodes_of(source: str) -> list[ast.AST]:
    """Give the parts of a source that imports something; none of one that does not, or not parse.

    Every import has its word in it, which spares parsing the others; but names, such as
    `__import__`, Python reads in other letters than ASCII's, too.
    """
    if source.isascii() and "import" not in source:
        return []
    try:
        check_depth(source, "<source>")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []


def find_imports(source: str) -> list[str]:
    """Give the top-level names of all modules imported anywhere in the source, sorted.

    With pandas, "matplotlib" is among them where the source seems to draw, since pandas imports it
    only then; with passlib what it computes the hashes by that the source names. A source that does
    not parse has no imports.
    """
    nodes = nodes_of(source)
    names = {name.partition(".")[0] for node in nodes for name in _imported(node)}
    if "pandas" in names and any(_draws(node) for node in nodes):
        names.add("matplotlib")
    if "passlib" in names:
        names.update(module for node in nodes for module in _hashing_modules(node))
    return sorted(names)


def _imported(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import():
            yield from (alias.name for alias in node.names)
        case ast.ImportFrom(module=str(module), level=0):
            yield module


def _draws(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in _DRAWING_ATTRIBUTES


def _hashing_modules(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute(attr=name) | ast.alias(name=name) if name in _HASHING_MODULES:
            yield _HASHING_MODULES[name]
