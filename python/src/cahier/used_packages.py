"""Tells which of the packages that a notebook brings along a job has used."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from cahier.requirements import name_of, normalised

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from cahier._wire import OwnPackage

_MODULE = re.compile(
    r"(?:[^/,]+\.data/(?:purelib|platlib)/)?([^\W\d]\w*)(?:/[^,]*\.(?:py|so)|(?:\.[\w-]+)?\.so|\.py),"
)


class _Package(NamedTuple):
    """An installed package, with the outermost names of its modules.

    `needs` are the normalised names of the packages that it says it needs, whatever is asked of it.
    """

    modules: frozenset[str]
    needs: frozenset[str]
    is_of_index: bool


# What is installed stays as it is, for as long as this Python lives.
_installed: dict[str, _Package] = {}


def used_packages(own: list[OwnPackage], imported: AbstractSet[str]) -> list[str]:
    """Give the names of those packages of the notebook that are behind imported modules, sorted.

    `imported` are outermost names. A requirement is used as well where only something is imported
    that was installed because of it. What a used package needs is used where it is loaded, be it by
    an earlier job, in which case it is not told as imported by this one.
    """
    modules = {package["name"]: package["modules"] for package in own}
    brought = {name: _brought_by(name, modules.keys()) for name in modules}

    def modules_of(name: str, package: _Package) -> Iterable[str]:
        return modules.get(name) or package.modules

    def is_behind(name: str, names: Iterable[str]) -> bool:
        package = _find(name)
        return package is not None and any(each in names for each in modules_of(name, package))

    waiting = [name for names in brought.values() for name in names if is_behind(name, imported)]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        package = _find(name)
        if name not in used and package is not None:
            used.add(name)
            waiting += [need for need in package.needs if is_behind(need, sys.modules)]
    return sorted(name for name, names in brought.items() if names & used)


def _brought_by(name: str, own: AbstractSet[str]) -> set[str]:
    """Give a package of the notebook with all that was installed because of it."""
    found = {name}
    waiting = [name]
    while waiting:
        package = _find(waiting.pop())
        for need in package.needs if package else ():
            needed = _find(need)
            if need not in found and need not in own and needed and needed.is_of_index:
                found.add(need)
                waiting.append(need)
    return found


def _find(name: str) -> _Package | None:
    if name in _installed:
        return _installed[name]
    try:
        distribution = importlib.metadata.distribution(name)
        record = distribution.read_text("RECORD") or ""
        requires = distribution.requires or []
        installer = distribution.read_text("INSTALLER") or ""
    except Exception:  # noqa: BLE001 - it is not there, or what it says of itself is broken
        return None
    lines = map(_MODULE.match, record.splitlines())
    _installed[name] = _Package(
        frozenset(line[1] for line in lines if line),
        frozenset(normalised(name_of(each)) for each in requires if not _is_of_extra(each)),
        installer.strip() == "micropip",
    )
    return _installed[name]


def _is_of_extra(requirement: str) -> bool:
    return re.search(r"\bextra\b", requirement.partition(";")[2]) is not None
